"""Claim × reference set → judgement with evidence and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from claims.concepts import ConceptKind, lexicon
from claims.confidence import confidence_of
from claims.cues import CueGroup
from claims.data import HERE, toml_at
from claims.errors import DataError
from claims.extraction import Reading
from claims.matching import Match, matches_for
from claims.model import (
    Claim,
    Evidence,
    Frame,
    Judgement,
    Polarity,
    Sense,
    Stance,
    Status,
    Strength,
    Topic,
    Verdict,
)
from claims.references import Reference, Stands, reference_set
from claims.relations import relations

NEARLY = 1.0  # a second reference within this score of the first is shown beside it
STRONG = frozenset({CueGroup.ABSOLUTE.value, CueGroup.PERMANENT.value})
TARGETS = frozenset({ConceptKind.CONDITION, ConceptKind.SYMPTOM, ConceptKind.STRUCTURE})
REMEDIES = frozenset({ConceptKind.INTERVENTION, ConceptKind.PRODUCT})
SUBSTANCE_REFERENCE, NOURISHES_REFERENCE = "nerve-root-is-a-substance", "nerve-root-nourishes"

Ruling = tuple[Verdict, str]
UNCLEAR_DENIAL: Ruling = (Verdict.UNVERIFIED, "unverified-denial")


@cache
def _messages() -> Mapping[str, Mapping[str, str]]:
    return toml_at(HERE / "messages.toml")


def judgement_on(claim: Claim, reading: Reading) -> Judgement:
    """How a claim stands to the reference set, and why."""
    if claim.stance is not Stance.ASSERTED:
        return _unjudged(claim)
    if claim.sense is Sense.SUBSTANCE and claim.topic is Topic.NERVE_ROOT:
        return _category_error(claim, reading)
    matches = matches_for(reading)
    if matches:
        return _by_reference(claim, matches)
    return _without_reference(claim, reading)


def _unjudged(claim: Claim) -> Judgement:
    because = _messages()["because"][claim.stance.value]
    return Judgement(claim, Verdict.NOT_JUDGED, confidence_of(Verdict.NOT_JUDGED, None), because)


def _category_error(claim: Claim, reading: Reading) -> Judgement:
    nourishes = any(frame.relation == "nourishes" for frame in reading.frames)
    name = NOURISHES_REFERENCE if nourishes else SUBSTANCE_REFERENCE
    reference = _reference_named(name)
    template = _messages()["because"]["category_error-back" if claim.refers_to else "category_error"]
    return Judgement(
        claim,
        Verdict.CATEGORY_ERROR,
        confidence_of(Verdict.CATEGORY_ERROR, None),
        template.format(refers_to=claim.refers_to),
        (_evidence(reference),),
        reference.fair_wording,
    )


def _reference_named(name: str) -> Reference:
    references = reference_set().references
    if name not in references:
        raise DataError(f"claims/references/: {name}: is missing; category errors are judged by it")
    return references[name]


def _by_reference(claim: Claim, matches: Sequence[Match]) -> Judgement:
    nearest = matches[0]
    verdict, reason = ruling_on(nearest)
    shown = [match for match in matches[:3] if match.score >= nearest.score - NEARLY]
    return Judgement(
        claim,
        verdict,
        confidence_of(verdict, nearest.score),
        _because(reason, nearest),
        tuple(_evidence(match.reference) for match in shown),
        None if verdict is Verdict.SUPPORTED else nearest.reference.fair_wording,
        nearest.contributions,
    )


def _without_reference(claim: Claim, reading: Reading) -> Judgement:
    promised = any(_promises(frame, reading.concepts) for frame in reading.frames)
    verdict = Verdict.UNSUPPORTED if promised else Verdict.UNVERIFIED
    because = _messages()["because"]["unsupported-no-reference" if promised else "unverified"]
    return Judgement(claim, verdict, confidence_of(verdict, None), because)


def _promises(frame: Frame, named: frozenset[str]) -> bool:
    """True where a remedy that the sentence names is said to do good to something that it names."""
    if frame.relation not in relations().benefits or frame.polarity is not Polarity.POSITIVE:
        return False
    return bool(_kinds(frame.subjects & named) & REMEDIES and _kinds(frame.objects & named) & TARGETS)


def _kinds(concepts: Iterable[str]) -> set[ConceptKind]:
    return {lexicon().concepts[concept].kind for concept in concepts}


def ruling_on(match: Match) -> Ruling:
    """The verdict on a claim by the reference that speaks to it, with the key of its reason."""
    if match.stands is not Stands.AGREES:
        return _ruling_on_departure(match)
    table = {
        Status.SUPPORTED: _ruling_by_support,
        Status.MIXED: _ruling_by_mixed,
        Status.UNSUPPORTED: _ruling_by_lack,
        Status.REFUTED: _ruling_by_refutation,
    }
    return table[match.reference.status](match)


def _ruling_on_departure(match: Match) -> Ruling:
    wrong = match.reference.status in (Status.UNSUPPORTED, Status.REFUTED)
    if match.stands is Stands.CONTRADICTS and wrong:  # the opposite of what is wrong is right
        return (Verdict.SUPPORTED, "supported") if match.frame.polarity is Polarity.POSITIVE else UNCLEAR_DENIAL
    if match.frame.polarity is not Polarity.POSITIVE:
        return Verdict.SUPPORTED, "supported"
    numeric = match.pattern.number is not None
    if match.stands is Stands.EXCEEDS:
        return Verdict.OVERSTATED, "overstated-number" if numeric else "overstated-exceeds"
    return Verdict.REFUTED, "refuted-number" if numeric else "refuted"


def _ruling_by_support(match: Match) -> Ruling:
    frame, reference = match.frame, match.reference
    if frame.polarity is Polarity.LACKING or (frame.polarity is Polarity.NEGATIVE and not match.is_full):
        return UNCLEAR_DENIAL
    if frame.polarity is Polarity.NEGATIVE:
        return Verdict.REFUTED, "refuted"
    if frame.qualifiers & STRONG and not match.pattern.requires & STRONG:
        return Verdict.OVERSTATED, "overstated-qualifier"
    if reference.limits and frame.strength is Strength.DIRECT and not reference.limits & frame.qualifiers:
        return Verdict.OVERSTATED, "overstated-limit"
    if frame.strength > reference.bears and CueGroup.FREQUENCY not in frame.qualifiers:
        return Verdict.OVERSTATED, "overstated-strength"
    return Verdict.SUPPORTED, "supported"


def _ruling_by_mixed(match: Match) -> Ruling:
    frame = match.frame
    if frame.polarity is not Polarity.POSITIVE:
        return Verdict.SUPPORTED, "supported-lacking"
    reserved = frame.strength <= Strength.CONDITIONAL or bool(match.reference.limits & frame.qualifiers)
    if reserved and not frame.qualifiers & STRONG:
        return Verdict.SUPPORTED, "supported"
    return Verdict.OVERSTATED, "overstated-mixed"


def _ruling_by_lack(match: Match) -> Ruling:
    if match.frame.polarity is Polarity.POSITIVE:
        return Verdict.UNSUPPORTED, "unsupported"
    return Verdict.SUPPORTED, "supported-lacking"


def _ruling_by_refutation(match: Match) -> Ruling:
    if match.frame.polarity is Polarity.POSITIVE:
        return Verdict.REFUTED, "refuted-claim"
    return Verdict.SUPPORTED, "supported-lacking"


def _because(reason: str, match: Match) -> str:
    messages = _messages()
    reference = match.reference
    strong = sorted(match.frame.qualifiers & STRONG)
    return messages["because"][reason].format(
        statement=reference.statement,
        status=reference.status.value,
        certainty=f"certainty: {reference.certainty.value}",
        qualifier=messages["qualifier"].get(strong[0], strong[0]) if strong else "",
        limit="; ".join(messages["limit"].get(limit, limit) for limit in sorted(reference.limits)),
    )


def _evidence(reference: Reference) -> Evidence:
    return Evidence(reference.id, reference.status, reference.certainty)
