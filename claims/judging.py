"""Claim × reference set → judgement with evidence and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from claims.data import HERE, toml_at
from claims.errors import DataError
from claims.extraction import Reading
from claims.matching import Match
from claims.model import Claim, Evidence, Judgement, Polarity, Sense, Stance, Topic, Verdict
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
EMERGENCY_REFERENCE, URGENT_CARE, HARMS = "ces-emergency", "needs-urgent-care", "harms"
NEVER = 1.1  # no chance is as high
AGREED = 0.9  # below it half of the problems were none that a frame denied together with the encoder
HARM = 0.3  # of a problem, from which a frame that plays a warning sign down decides: 4 of 24 more found, none wrongly
HEARD = 0.2  # what the page makes a substance is none below it: 1 of 33 was on unseen pages, above it 107 of 112
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
    substance = claim.sense is Sense.SUBSTANCE and claim.topic is Topic.NERVE_ROOT
    if substance and chances.verdicts[Verdict.CATEGORY_ERROR] >= HEARD:
        return _category_error(claim, heard.reading, chances.verdicts)
    return _weighed(claim, heard, chances)


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
        raise DataError(f"claims/references/: {name}: is missing; claims are judged by its name")
    return references[name]


def _weighed(claim: Claim, heard: Heard, weighed: Weighed) -> Judgement:
    verdict, chances = _verdict_on(heard, weighed), weighed.verdicts
    if verdict is Verdict.CATEGORY_ERROR:
        return _category_error(claim, heard.reading, chances)
    perhaps = _spoken_of(heard.told, cuts().reference)
    surely = None if is_ruled_by_figure(heard.matches) else _spoken_of(heard.told, cuts().first)
    agreeing = [match for match in heard.matches if ruling_on(match)[0] is verdict]
    match = _nearest(heard.matches, agreeing, verdict, surely)
    reference = surely or (match.reference if match else None)
    if reference is None:
        lonely = verdict is Verdict.SUPPORTED and heard.matches and perhaps is None
        return _left_open(claim, heard) if lonely else _without_frame(claim, heard, perhaps, verdict, chances)
    beside = agreeing if verdict is Verdict.SUPPORTED else heard.matches
    near = [other.reference for other in beside[:3] if other.score >= beside[0].score - NEARLY]
    return Judgement(
        claim,
        verdict,
        _confidence(verdict, chances),
        _filled(_reason(verdict, heard.reading, reference, match), reference, heard.reading),
        _evidence_of([reference, *near, *([perhaps] if perhaps else [])]),
        None if verdict is Verdict.SUPPORTED else reference.fair_wording,
        match.contributions if match else (),
    )


def _spoken_of(told: Chances, cut: float) -> Reference | None:
    name = reference_heard(told, cut)
    return reference_set().references.get(name) if name else None


def _nearest(
    matches: Sequence[Match], agreeing: Sequence[Match], verdict: Verdict, surely: Reference | None
) -> Match | None:
    """The match to explain a verdict by: of the reference that the encoder is sure of, else the nearest that agrees.

    A problem that no match agrees with is explained by the nearest of all, a sound claim by none.
    """
    if surely is not None:
        return next((match for match in agreeing if match.reference.id == surely.id), None)
    others = () if verdict is Verdict.SUPPORTED else matches
    return next(iter((*agreeing, *others)), None)


def _left_open(claim: Claim, heard: Heard) -> Judgement:
    """Sound by its words, while the only reference near it rules otherwise: neither is shown as proof of the other."""
    nearest = heard.matches[0]
    evidence = (_evidence(nearest.reference),)
    because = _filled("unverified-disputed", nearest.reference, heard.reading)
    return Judgement(claim, Verdict.UNVERIFIED, UNSURE, because, evidence, None, nearest.contributions)


def _verdict_on(heard: Heard, weighed: Weighed) -> Verdict:
    if is_ruled_by_figure(heard.matches):
        return ruling_on(heard.matches[0])[0]
    if _endangers(heard):
        return Verdict.REFUTED
    verdict = likeliest(weighed.verdicts, _alarm_for(heard, weighed))
    return Verdict.REFUTED if verdict in MILDER and cannot_be_sound(heard, weighed) else verdict


def _endangers(heard: Heard) -> bool:
    """True where a reader would come to harm by a sentence that may be wrong, however calm its words.

    It contradicts an urgent reference in full and the encoder does not rule out a problem; or the encoder is sure of
    such a reference, finds the sentence likelier wrong than not, and no frame agrees with it.
    """
    urgent = [match for match in heard.matches if match.reference.urgent]
    if any(match.is_full and ruling_on(match)[0] is Verdict.REFUTED for match in urgent):
        return heard.told.verdicts[Verdict.SUPPORTED] < 1 - HARM
    spoken_of = _spoken_of(heard.told, cuts().first)
    agreed = any(ruling_on(match)[0] is Verdict.SUPPORTED for match in urgent) or _is_urgent(heard.reading)
    heard_of = spoken_of is not None and spoken_of.urgent and not agreed
    return heard_of and heard.told.verdicts[Verdict.REFUTED] > UNSURE


def _confidence(verdict: Verdict, chances: Mapping[Verdict, float]) -> float:
    """How sure a verdict is; one that is not the likeliest was decided by more than chances: no less sure than even."""
    share = confidence_in(verdict, chances)
    return share if chances[verdict] == max(chances.values()) else max(share, UNSURE)


def _alarm_for(heard: Heard, weighed: Weighed) -> float:
    """The chance of a problem from which one is named: a high one where there is reason to think the claim sound.

    In a denial none is named, unless its reference says what it denies.
    """
    ruling = ruling_on(heard.matches[0])[0] if heard.matches else None
    if is_denial(heard.reading) and ruling is not Verdict.REFUTED:
        return NEVER
    trusted = _agrees(heard, weighed) if ruling is Verdict.SUPPORTED else _is_urgent(heard.reading)
    return max(cuts().alarm, AGREED) if trusted and ruling is not Verdict.REFUTED else cuts().alarm


def _agrees(heard: Heard, weighed: Weighed) -> bool:
    """True where a frame agrees in full with the reference that the encoder thinks of first.

    Or where it takes for anatomy what the models take for a substance: “the nerve root feeds signals to the arm”.
    """
    match = heard.matches[0]
    same = match.reference.id == heard.told.reference[0]
    return match.is_full and (same or likeliest(weighed.verdicts, 0) is Verdict.CATEGORY_ERROR)


def _is_urgent(reading: Reading) -> bool:
    """True for a call to care, or the harm of doing without, beside a sign of cauda equina syndrome."""
    stated = {frame.relation for frame in reading.frames if frame.polarity is Polarity.POSITIVE}
    return not stated.isdisjoint((URGENT_CARE, HARMS)) and not _signs().isdisjoint(reading.concepts | reading.context)


@cache
def _signs() -> frozenset[str]:
    """The concepts that the reference on the emergency says need care at once."""
    frames = _reference_named(EMERGENCY_REFERENCE).frames
    return frozenset().union(*(frame.concepts for frame in frames if URGENT_CARE in frame.relation))


def is_ruled_by_figure(matches: Sequence[Match]) -> bool:
    """True where the nearest reference checks a figure: no model can count, so its ruling stands."""
    return bool(matches) and matches[0].pattern.number is not None


def _without_frame(
    claim: Claim, heard: Heard, spoken_of: Reference | None, verdict: Verdict, chances: Mapping[Verdict, float]
) -> Judgement:
    """No frame matches: the reference that the encoder finds is shown, else it stays unverified or unsupported."""
    if spoken_of is not None:
        suggestion = None if verdict is Verdict.SUPPORTED else spoken_of.fair_wording
        because = _filled(_reason(verdict, heard.reading, spoken_of, None), spoken_of, heard.reading)
        confidence = _confidence(verdict, chances)
        return Judgement(claim, verdict, confidence, because, (_evidence(spoken_of),), suggestion)
    verdict = Verdict.UNVERIFIED if verdict is Verdict.SUPPORTED else Verdict.UNSUPPORTED
    reason = "unverified" if verdict is Verdict.UNVERIFIED else "unsupported-no-reference"
    confidence = 1 - confidence_in(Verdict.SUPPORTED, chances) if verdict is Verdict.UNSUPPORTED else 0.5
    return Judgement(claim, verdict, round(confidence, 3), _messages()["because"][reason])


def _reason(verdict: Verdict, reading: Reading, reference: Reference, match: Match | None) -> str:
    """The key of the reason: the ruling of a match that agrees, else what an overstated claim shows too much of."""
    if match is not None and ruling_on(match)[0] is verdict:
        return ruling_on(match)[1]
    if verdict is Verdict.OVERSTATED and _strong_words(reading):
        return "overstated-qualifier"
    if verdict is Verdict.OVERSTATED and reference.limits and not reference.limits & {c.group for c in reading.cues}:
        return "overstated-limit"
    return f"weighed-{verdict.value}"


def _strong_words(reading: Reading) -> str:
    """The first word of the sentence that allows no exception or no end, such as “always”; or none."""
    strong = (cue for cue in reading.cues if cue.group in STRONG)
    return next((reading.sentence.text[cue.start : cue.end] for cue in strong), "")


def _filled(reason: str, reference: Reference, reading: Reading) -> str:
    messages = _messages()
    return messages["because"][reason].format(
        statement=reference.statement,
        status=reference.status.value,
        certainty=f"certainty: {reference.certainty.value}",
        qualifier=_strong_words(reading),
        limit="; ".join(messages["limit"].get(limit, limit) for limit in sorted(reference.limits)),
    )


def _evidence_of(references: Sequence[Reference]) -> tuple[Evidence, ...]:
    """Each reference once, the first first."""
    return tuple(_evidence(reference) for reference in {known.id: known for known in references}.values())


def _evidence(reference: Reference) -> Evidence:
    return Evidence(reference.id, reference.status, reference.certainty)
