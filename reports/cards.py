"""What stands beside the article: one numbered card for each claim, with its findings, and for each other finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from claims.model import Severity, Verdict
from reports.marking import Mark
from reports.model import AuditEntry, ClaimEntry, FindingEntry
from reports.wording import SEVERITIES


@dataclass(frozen=True, slots=True)
class Card:
    """A numbered claim or finding; `block` is None for the whole page."""

    number: int
    block: int | None
    start: int
    end: int
    quote: str
    claim: ClaimEntry | None
    findings: tuple[FindingEntry, ...]

    @property
    def severity(self) -> Severity | None:
        """The gravest severity of its findings."""
        found = {finding.severity for finding in self.findings}
        return next((severity for severity in SEVERITIES if severity in found), None)

    @property
    def tone(self) -> str:
        """How loudly to show it: a severity, else `supported`, else `quiet`."""
        if self.severity:
            return self.severity.value
        return "supported" if self.claim and self.claim.verdict == Verdict.SUPPORTED else "quiet"

    @property
    def marks(self) -> Iterator[Mark]:
        """Its stretches of the block: its own, and those of findings inside it."""
        yield Mark(self.number, self.start, self.end, self.tone, numbered=True)
        for finding in self.findings:
            if finding.start is not None and finding.end is not None and _place(finding) != _place(self):
                yield Mark(self.number, finding.start, finding.end, finding.severity.value, numbered=False)


def cards_of(audit: AuditEntry) -> tuple[Card, ...]:
    """Every claim and finding of a page on a card, in reading order; those about the whole page first."""
    return tuple(_numbered(sorted((*_claim_cards(audit), *_finding_cards(audit)), key=_reading_order)))


def _claim_cards(audit: AuditEntry) -> Iterator[Card]:
    for claim in audit.claims:
        findings = tuple(finding for finding in audit.findings if _is_about(finding, claim))
        yield Card(0, claim.block, claim.start, claim.end, claim.quote, claim, findings)


def _finding_cards(audit: AuditEntry) -> Iterator[Card]:
    claims = {claim.id: claim for claim in audit.claims}
    alone = [f for f in audit.findings if f.claim not in claims or not _is_about(f, claims[f.claim])]
    for (block, start, end), findings in groupby(sorted(alone, key=_reading_order), key=_place):
        group = tuple(findings)
        yield Card(0, block, start or 0, end or 0, group[0].quote, None, group)


def _is_about(finding: FindingEntry, claim: ClaimEntry) -> bool:
    return finding.claim == claim.id and finding.block == claim.block


def _place(entry: FindingEntry | Card) -> tuple[int | None, int | None, int | None]:
    return entry.block, entry.start, entry.end


def _reading_order(entry: FindingEntry | Card) -> tuple[int, int, int]:
    block = -1 if entry.block is None else entry.block
    return block, entry.start or 0, -(entry.end or 0)


def _numbered(cards: Iterable[Card]) -> Iterator[Card]:
    for number, card in enumerate(cards, 1):
        yield Card(number, card.block, card.start, card.end, card.quote, card.claim, card.findings)
