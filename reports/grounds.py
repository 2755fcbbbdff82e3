"""Why a claim got its verdict, in words that stand above the evidence."""

from __future__ import annotations

from collections.abc import Mapping

from reports.model import ClaimEntry, ReferenceEntry

_LABEL = "; nearest reference:"  # of the statement that is shown below it
_AGREES = "It agrees with the reference below."


def ground(claim: ClaimEntry, references: Mapping[str, ReferenceEntry]) -> str:
    """The reason of a judgement, without the statement of the reference that is shown with it anyway."""
    for evidence in claim.evidence:
        reference = references.get(evidence.reference)
        if reference and reference.statement and reference.statement in claim.because:
            return _before(claim.because, reference.statement)
    return claim.because


def _before(because: str, statement: str) -> str:
    said = because.partition(statement)[0].strip().replace(_LABEL, ":")
    return said.removesuffix(":") + "." if said.endswith(":") else said or _AGREES
