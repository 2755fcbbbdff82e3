"""Claim × reference set → judgement with evidence and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from claims.data import HERE, toml_at
from claims.errors import DataError
from claims.extraction import Reading
from claims.matching import Match, worded_like
from claims.model import Claim, Evidence, Judgement, Polarity, Sense, Stance, Topic, Verdict
from claims.references import Reference, reference_set
from claims.relations import relations
from claims.ruling import STRONG, ruling_on
from claims.weighing.models import confidence_in, likeliest, verdict_chances

NEARLY = 1.0  # a second reference within this score of the first is shown beside it
SUBSTANCE_REFERENCE, NOURISHES_REFERENCE = "nerve-root-is-a-substance", "nerve-root-nourishes"
MEASURED = frozenset({"refuted-number", "overstated-number"})
MEASURED_CONFIDENCE = 0.9
LIKELY, ALL_BUT_SURE = 0.7, 0.8
NOT_JUDGED_CONFIDENCE = 1.0  # that words are reported or rejected is read, not weighed


@cache
def _messages() -> Mapping[str, Mapping[str, str]]:
    return toml_at(HERE / "messages.toml")


def judgement_on(claim: Claim, reading: Reading, matches: Sequence[Match], features: frozenset[str]) -> Judgement:
    """How a claim stands to the reference set, and why; `features` are what the models look at in its sentence.

    A reference whose frame matches gives a ruling. The fitted model weighs that ruling with every other sign; where
    both agree the ruling's reason is given, where the model differs the reason says so.
    """
    if claim.stance is not Stance.ASSERTED:
        return Judgement(claim, Verdict.NOT_JUDGED, NOT_JUDGED_CONFIDENCE, _messages()["because"][claim.stance.value])
    chances = verdict_chances(features)
    if claim.sense is Sense.SUBSTANCE and claim.topic is Topic.NERVE_ROOT:
        return _category_error(claim, reading, chances)
    return _weighed(claim, reading, matches, chances)


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


def _weighed(claim: Claim, reading: Reading, matches: Sequence[Match], chances: Mapping[Verdict, float]) -> Judgement:
    if matches and ruling_on(matches[0])[1] in MEASURED:
        return _by_table(claim, matches)
    verdict = likeliest(chances, alarm=_alarm_for(reading, matches))
    if verdict is Verdict.CATEGORY_ERROR:
        return _category_error(claim, reading, chances)
    agreeing = next((match for match in matches if ruling_on(match)[0] is verdict), None)
    nearest = agreeing or (matches[0] if matches else None)
    if nearest is None:
        return _without_frame(claim, reading, verdict, chances)
    shown = [nearest, *(m for m in matches[:3] if m is not nearest and m.score >= nearest.score - NEARLY)]
    reason = ruling_on(nearest)[1] if agreeing else f"weighed-{verdict.value}"
    return Judgement(
        claim,
        verdict,
        confidence_in(verdict, chances),
        _because(reason, nearest),
        tuple(_evidence(match.reference) for match in shown),
        None if verdict is Verdict.SUPPORTED else nearest.reference.fair_wording,
        nearest.contributions,
    )


def _by_table(claim: Claim, matches: Sequence[Match]) -> Judgement:
    """A figure is right or wrong whatever the words around it: no model weighs it."""
    verdict, reason = ruling_on(matches[0])
    evidence = (_evidence(matches[0].reference),)
    suggestion = matches[0].reference.fair_wording
    because, parts = _because(reason, matches[0]), matches[0].contributions
    return Judgement(claim, verdict, MEASURED_CONFIDENCE, because, evidence, suggestion, parts)


def _alarm_for(reading: Reading, matches: Sequence[Match]) -> float | None:
    """The chance of a problem from which one is named: higher where nothing but words speaks for it."""
    if _is_ruled_sound(matches) or _is_denial(reading):
        return ALL_BUT_SURE
    return None if matches else LIKELY


def _is_ruled_sound(matches: Sequence[Match]) -> bool:
    return bool(matches) and matches[0].is_full and ruling_on(matches[0])[0] is Verdict.SUPPORTED


def _is_denial(reading: Reading) -> bool:
    """True where every promise that the sentence speaks of is denied or called unproven."""
    promises = [frame.polarity for frame in reading.frames if frame.relation in relations().benefits]
    return bool(promises) and Polarity.POSITIVE not in promises


def _without_frame(claim: Claim, reading: Reading, verdict: Verdict, chances: Mapping[Verdict, float]) -> Judgement:
    """No frame matches: the reference it is worded like is shown, else it stays unverified or unsupported."""
    if (alike := worded_like(reading)) is not None:
        suggestion = None if verdict is Verdict.SUPPORTED else alike.fair_wording
        because = _filled(f"weighed-{verdict.value}", alike)
        return Judgement(claim, verdict, confidence_in(verdict, chances), because, (_evidence(alike),), suggestion)
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


def _evidence(reference: Reference) -> Evidence:
    return Evidence(reference.id, reference.status, reference.certainty)
