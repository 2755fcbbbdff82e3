"""Claim × reference set → judgement with evidence and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from claims.data import HERE, toml_at
from claims.errors import DataError
from claims.extraction import Reading
from claims.matching import Match
from claims.model import Claim, Evidence, Judgement, Sense, Stance, Topic, Verdict
from claims.references import Reference, reference_set
from claims.ruling import STRONG, ruling_on
from claims.weighing.joining import (
    Heard,
    Weighed,
    cannot_be_sound,
    confidence_in,
    cuts,
    is_denial,
    likeliest,
    reference_heard,
)
from claims.weighing.pages import Chances

NEARLY = 1.0  # a second reference within this score of the first is shown beside it
SUBSTANCE_REFERENCE, NOURISHES_REFERENCE = "nerve-root-is-a-substance", "nerve-root-nourishes"
UNSURE = 0.5
NEVER = 1.1  # no chance is as high
MILDER = frozenset({Verdict.SUPPORTED, Verdict.OVERSTATED, Verdict.UNSUPPORTED})  # than refuted
NOT_JUDGED_CONFIDENCE = 1.0  # that words are reported or rejected is read, not weighed


@cache
def _messages() -> Mapping[str, Mapping[str, str]]:
    return toml_at(HERE / "messages.toml")


def judgement_on(claim: Claim, heard: Heard, chances: Weighed) -> Judgement:
    """How a claim stands to the reference set, and why.

    A reference whose frame matches gives a ruling, which the models weigh with every other sign; where both agree the
    ruling's reason is given, where the models differ the reason says so.
    """
    if claim.stance is not Stance.ASSERTED:
        return Judgement(claim, Verdict.NOT_JUDGED, NOT_JUDGED_CONFIDENCE, _messages()["because"][claim.stance.value])
    if claim.sense is Sense.SUBSTANCE and claim.topic is Topic.NERVE_ROOT:
        return _category_error(claim, heard.reading, chances.verdicts)
    return _weighed(claim, heard, chances, _also_spoken_of(heard.told))


def _category_error(claim: Claim, reading: Reading, chances: Mapping[Verdict, float]) -> Judgement:
    nourishes = any(frame.relation == "nourishes" for frame in reading.frames)
    reference = _reference_named(NOURISHES_REFERENCE if nourishes else SUBSTANCE_REFERENCE)
    template = _messages()["because"]["category_error-back" if claim.refers_to else "category_error"]
    return Judgement(
        claim,
        Verdict.CATEGORY_ERROR,
        max(confidence_in(Verdict.CATEGORY_ERROR, chances), 0.5),
        template.format(refers_to=claim.refers_to),
        (_evidence(reference),),
        reference.fair_wording,
    )


def _reference_named(name: str) -> Reference:
    references = reference_set().references
    if name not in references:
        raise DataError(f"claims/references/: {name}: is missing; category errors are judged by it")
    return references[name]


def _also_spoken_of(told: Chances) -> Reference | None:
    name = reference_heard(told)
    return reference_set().references.get(name) if name else None


def _weighed(claim: Claim, heard: Heard, weighed: Weighed, spoken_of: Reference | None) -> Judgement:
    matches, chances = heard.matches, weighed.verdicts
    verdict = _verdict_on(heard, weighed)
    if verdict is Verdict.CATEGORY_ERROR:
        return _category_error(claim, heard.reading, chances)
    agreeing = next((match for match in matches if ruling_on(match)[0] is verdict), None)
    nearest = agreeing or (matches[0] if matches else None)
    if verdict is Verdict.SUPPORTED and matches and agreeing is None and spoken_of is None:
        return _left_open(claim, matches[0])
    if nearest is None or (verdict is Verdict.SUPPORTED and agreeing is None):
        return _without_frame(claim, spoken_of, verdict, chances)
    shown = [nearest, *(m for m in matches[:3] if m is not nearest and m.score >= nearest.score - NEARLY)]
    reason = ruling_on(nearest)[1] if agreeing else f"weighed-{verdict.value}"
    return Judgement(
        claim,
        verdict,
        confidence_in(verdict, chances),
        _because(reason, nearest),
        _evidence_of([match.reference for match in shown], spoken_of),
        None if verdict is Verdict.SUPPORTED else nearest.reference.fair_wording,
        nearest.contributions,
    )


def _left_open(claim: Claim, nearest: Match) -> Judgement:
    """Sound by its words, while the only reference near it rules otherwise: neither is shown as proof of the other."""
    evidence = (_evidence(nearest.reference),)
    because = _because("unverified-disputed", nearest)
    return Judgement(claim, Verdict.UNVERIFIED, UNSURE, because, evidence, None, nearest.contributions)


def _verdict_on(heard: Heard, weighed: Weighed) -> Verdict:
    if is_ruled_by_figure(heard.matches):
        return ruling_on(heard.matches[0])[0]
    verdict = likeliest(weighed.verdicts, _alarm_for(heard))
    return Verdict.REFUTED if verdict in MILDER and cannot_be_sound(heard, weighed) else verdict


def _alarm_for(heard: Heard) -> float:
    """The chance of a problem from which one is named: in a denial never, unless its reference says what it denies."""
    refuted = bool(heard.matches) and ruling_on(heard.matches[0])[0] is Verdict.REFUTED
    return NEVER if is_denial(heard.reading) and not refuted else cuts().alarm


def is_ruled_by_figure(matches: Sequence[Match]) -> bool:
    """True where the nearest reference checks a figure: no model can count, so its ruling stands."""
    return bool(matches) and matches[0].pattern.number is not None


def _without_frame(
    claim: Claim, spoken_of: Reference | None, verdict: Verdict, chances: Mapping[Verdict, float]
) -> Judgement:
    """No frame matches: the reference that the encoder finds is shown, else it stays unverified or unsupported."""
    if spoken_of is not None:
        suggestion = None if verdict is Verdict.SUPPORTED else spoken_of.fair_wording
        because = _filled(f"weighed-{verdict.value}", spoken_of)
        return Judgement(claim, verdict, confidence_in(verdict, chances), because, (_evidence(spoken_of),), suggestion)
    verdict = Verdict.UNVERIFIED if verdict is Verdict.SUPPORTED else Verdict.UNSUPPORTED
    reason = "unverified" if verdict is Verdict.UNVERIFIED else "unsupported-no-reference"
    confidence = 1 - confidence_in(Verdict.SUPPORTED, chances) if verdict is Verdict.UNSUPPORTED else 0.5
    return Judgement(claim, verdict, round(confidence, 3), _messages()["because"][reason])


def _because(reason: str, match: Match) -> str:
    strong = sorted(match.frame.qualifiers & STRONG)
    return _filled(reason, match.reference, _messages()["qualifier"].get(strong[0], strong[0]) if strong else "")


def _filled(reason: str, reference: Reference, qualifier: str = "") -> str:
    messages = _messages()
    return messages["because"][reason].format(
        statement=reference.statement,
        status=reference.status.value,
        certainty=f"certainty: {reference.certainty.value}",
        qualifier=qualifier,
        limit="; ".join(messages["limit"].get(limit, limit) for limit in sorted(reference.limits)),
    )


def _evidence_of(references: Sequence[Reference], spoken_of: Reference | None) -> tuple[Evidence, ...]:
    """The references whose frames match, then the one that the encoder finds besides."""
    named = {reference.id: reference for reference in (*references, *([spoken_of] if spoken_of else []))}
    return tuple(_evidence(reference) for reference in named.values())


def _evidence(reference: Reference) -> Evidence:
    return Evidence(reference.id, reference.status, reference.certainty)
