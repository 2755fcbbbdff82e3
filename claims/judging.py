"""Claim × reference set → judgement with evidence and reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from claims.cues import CueGroup
from claims.data import HERE, toml_at
from claims.errors import DataError
from claims.extraction import Reading
from claims.facts.ruling import FactRuling
from claims.folding import folded
from claims.matching import Match
from claims.model import Claim, Evidence, Judgement, Polarity, Sense, Stance, Status, Topic, Verdict
from claims.references import Reference, reference_set
from claims.ruling import STRONG, UNCLEAR_DENIAL, ruling_on
from claims.urgency import endangers, excludes, warns
from claims.weighing.cuts import confidence_in, cuts, likeliest
from claims.weighing.hearing import Heard
from claims.weighing.pages import Chances

NEARLY = 1.0  # a second reference within this score of the first is shown beside it
SUBSTANCE_REFERENCE, NOURISHES_REFERENCE = "nerve-root-is-a-substance", "nerve-root-nourishes"
UNSURE = 0.5
WORD = re.compile(r"[\w%]+")
WARNED = 0.97  # of a problem, from which the encoder is believed against a warning, or a fact that is right
AGREED = 0.9  # the same, against a frame that agrees in full, a fact that holds, a denial of what is wrong
FACT_CONFIDENCE = 0.95  # of 140 facts ruled wrong on labelled pages 139 were; of 47 loose ones seen first, 45
HEARD = 0.2  # what the page makes a substance is none below it: none of 29 was on unseen pages, above it 109 of 111
NOT_JUDGED_CONFIDENCE = 1.0  # that words are reported or rejected is read, not weighed


@cache
def _messages() -> Mapping[str, Mapping[str, str]]:
    return toml_at(HERE / "messages.toml")


def judgement_on(claim: Claim, heard: Heard) -> Judgement:
    """How a claim stands to the reference set, and why.

    The encoder judges, in the light of the whole page; a reference whose frame matches explains it where its ruling
    agrees, and decides by itself where it checks a figure, where it holds a fact that is exchanged for another, and
    where a warning sign is played down.
    """
    if claim.stance is not Stance.ASSERTED:
        return Judgement(claim, Verdict.NOT_JUDGED, NOT_JUDGED_CONFIDENCE, _messages()["because"][claim.stance.value])
    substance = claim.sense is Sense.SUBSTANCE and claim.topic is Topic.NERVE_ROOT
    if substance and heard.told.verdicts[Verdict.CATEGORY_ERROR] >= HEARD:
        return _category_error(claim, heard)
    return _weighed(claim, heard)


def _category_error(claim: Claim, heard: Heard) -> Judgement:
    nourishes = any(frame.relation == "nourishes" for frame in heard.reading.frames)
    reference = _reference_named(NOURISHES_REFERENCE if nourishes else SUBSTANCE_REFERENCE)
    template = _messages()["because"]["category_error-back" if claim.refers_to else "category_error"]
    return Judgement(
        claim,
        Verdict.CATEGORY_ERROR,
        max(confidence_in(Verdict.CATEGORY_ERROR, heard.told.verdicts), UNSURE),
        template.format(refers_to=claim.refers_to),
        (_evidence(reference),),
        reference.fair_wording,
    )


def _reference_named(name: str) -> Reference:
    references = reference_set().references
    if name not in references:
        raise DataError(f"claims/references/: {name}: is missing; claims are judged by its name")
    return references[name]


def _weighed(claim: Claim, heard: Heard) -> Judgement:
    if heard.fact and not heard.fact.is_right:
        return _wrong_fact(claim, heard.fact, heard)
    verdict, chances = _verdict_on(heard), heard.told.verdicts
    if verdict is Verdict.CATEGORY_ERROR:
        return _category_error(claim, heard)
    perhaps = _spoken_of(heard.told, cuts().reference)
    surely = _surely_spoken_of(heard, verdict)
    agreeing = [match for match in heard.matches if ruling_on(match)[0] is verdict]
    match = _nearest(heard.matches, agreeing, verdict, surely)
    reference = surely or (match.reference if match else None)
    if reference is None:
        lonely = verdict is Verdict.SUPPORTED and heard.matches and perhaps is None
        return _left_open(claim, heard) if lonely else _without_frame(claim, heard, perhaps, verdict)
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


def _wrong_fact(claim: Claim, fact: FactRuling, heard: Heard) -> Judgement:
    reference = _reference_named(fact.reference)
    because = _filled("refuted-fact", reference, heard.reading)
    evidence = (_evidence(reference),)
    return Judgement(claim, Verdict.REFUTED, FACT_CONFIDENCE, because, evidence, reference.fair_wording)


def _surely_spoken_of(heard: Heard, verdict: Verdict) -> Reference | None:
    """The reference to explain a verdict by before any whose frame matches, unless that one's figure decides.

    A fact that holds explains what is sound or put too surely, and no other problem of its sentence.
    """
    if is_ruled_by_figure(heard.matches) and ruling_on(heard.matches[0])[0] is verdict:
        return None
    if heard.fact and verdict in (Verdict.SUPPORTED, Verdict.OVERSTATED):
        return _reference_named(heard.fact.reference)
    return _spoken_of(heard.told, cuts().first)


def _spoken_of(told: Chances, cut: float) -> Reference | None:
    """The reference that the encoder finds a sentence to speak of, where its chance reaches the cut."""
    name, share = told.reference
    return reference_set().references.get(name) if share >= cut else None


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


def _verdict_on(heard: Heard) -> Verdict:
    """The encoder's, unless a figure is checked or a warning sign spoken of; against a warning it has to be sure."""
    if is_ruled_by_figure(heard.matches):
        return _by_figure(heard)
    if endangers(heard):
        return Verdict.REFUTED
    if _own_words(heard.reading.lowered) in _fair_words():
        return Verdict.SUPPORTED
    is_likely_sound = heard.fact is not None or _denies_what_is_wrong(heard)
    verdict = likeliest(heard.told.verdicts, WARNED if warns(heard) else AGREED if is_likely_sound else cuts().alarm)
    if heard.reading.lead_in is CueGroup.LACKING and verdict is not Verdict.CATEGORY_ERROR:
        return Verdict.SUPPORTED
    return Verdict.SUPPORTED if verdict is Verdict.REFUTED and _is_sound(heard) else verdict


def _by_figure(heard: Heard) -> Verdict:
    """What the figure makes of it; unless it is wrong the rest of the sentence may still be a problem."""
    ruled, for_the_rest = ruling_on(heard.matches[0])[0], likeliest(heard.told.verdicts, WARNED)
    return ruled if ruled is Verdict.REFUTED or for_the_rest is Verdict.SUPPORTED else for_the_rest


def _is_sound(heard: Heard) -> bool:
    """True where what sounds wrong is right: a warning sign is said to be absent, a fact holds, or a frame agrees."""
    problem = 1 - heard.told.verdicts[Verdict.SUPPORTED]
    holds = heard.fact is not None and problem < WARNED
    return excludes(heard.reading) or holds or (_agrees(heard) and problem < AGREED)


def _denies_what_is_wrong(heard: Heard) -> bool:
    """True where the nearest reference holds what the sentence denies for wrong, or for lacking evidence."""
    nearest = next(iter(heard.matches), None)
    if nearest is None or nearest.reference.status not in (Status.REFUTED, Status.UNSUPPORTED):
        return False
    return nearest.frame.polarity is not Polarity.POSITIVE and ruling_on(nearest)[0] is Verdict.SUPPORTED


def _agrees(heard: Heard) -> bool:
    """True where the nearest reference agrees in full."""
    nearest = next(iter(heard.matches), None)
    return nearest is not None and nearest.is_full and ruling_on(nearest)[0] is Verdict.SUPPORTED


@cache
def _fair_words() -> frozenset[str]:
    """What the references themselves say: what is pasted from a report must not be flagged again."""
    references = reference_set().references.values()
    sound = [reference.statement for reference in references if reference.status is Status.SUPPORTED]
    fair = [reference.fair_wording for reference in references]
    return frozenset(_own_words(folded(text).text.lower()) for text in (*sound, *fair))


def _own_words(text: str) -> str:
    return " ".join(WORD.findall(text))


def _confidence(verdict: Verdict, chances: Mapping[Verdict, float]) -> float:
    """How sure a verdict is; one that is not the likeliest was decided by more than chances: no less sure than even."""
    share = confidence_in(verdict, chances)
    return share if chances[verdict] == max(chances.values()) else max(share, UNSURE)


def is_ruled_by_figure(matches: Sequence[Match]) -> bool:
    """True where the nearest reference checks a figure and rules on it: no model can count. A denial may be unclear."""
    checks = bool(matches) and matches[0].pattern.number is not None
    return checks and ruling_on(matches[0]) != UNCLEAR_DENIAL


def _without_frame(claim: Claim, heard: Heard, spoken_of: Reference | None, verdict: Verdict) -> Judgement:
    """No frame matches: the reference that the encoder finds is shown, else it stays unverified or unsupported."""
    chances = heard.told.verdicts
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
