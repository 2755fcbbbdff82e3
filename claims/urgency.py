"""Warning signs: sentences that play them down, and sentences that raise them. A reader's health may hang on either."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from claims.concepts import Mention
from claims.cues import CueGroup, CueMention, Scope, joint
from claims.errors import DataError
from claims.extraction import Reading
from claims.matching import Match
from claims.model import Polarity, Verdict
from claims.references import Reference, reference_set
from claims.ruling import ruling_on
from claims.weighing.hearing import Heard

EMERGENCY, URGENT_CARE, HARMS = "ces-emergency", "needs-urgent-care", "harms"
HARM = 0.3  # of a problem, from which a frame that plays a warning sign down decides: four more found, none wrongly
LIKELY = 0.5


def endangers(heard: Heard) -> bool:
    """True where a reader would come to harm by a sentence that may be wrong, however calm its words.

    It contradicts an urgent reference in full and the encoder does not rule out a problem; or the encoder is sure of
    such a reference, finds the sentence likelier wrong than not, and no frame agrees with it. What may wait where a
    warning sign is absent endangers nobody.
    """
    if excludes(heard.reading):
        return False
    rulings = set(_rulings(heard, in_full=True))
    if Verdict.REFUTED in rulings:
        return heard.told.verdicts[Verdict.SUPPORTED] < 1 - HARM
    name, share = heard.told.reference
    reference = reference_set().references.get(name)
    spoken_of = reference is not None and reference.urgent and share >= LIKELY
    agreed = Verdict.SUPPORTED in _rulings(heard) or _calls_for_care(heard.reading)
    return spoken_of and not agreed and heard.told.verdicts[Verdict.REFUTED] > LIKELY


def warns(heard: Heard) -> bool:
    """True where a sentence says in full what an urgent reference says, or calls for care beside a warning sign."""
    rulings = set(_rulings(heard, in_full=True))
    return rulings == {Verdict.SUPPORTED} or (not rulings and _calls_for_care(heard.reading))


def excludes(reading: Reading) -> bool:
    """True where a sentence names warning signs only to say that they are not there."""
    signs = [mention for mention in reading.mentions if mention.concept in _signs()]
    cues = [cue for cue in reading.cues if cue.group is CueGroup.ABSENT]
    return bool(signs) and all(any(_reaches(cue, sign, reading.lowered) for cue in cues) for sign in signs)


def _reaches(cue: CueMention, sign: Mention, text: str) -> bool:
    """True where no mark or joint stands between a cue and what comes after it, or before it in its clause."""
    first, second = (cue, sign) if cue.scope is Scope.BELOW else (sign, cue)
    return first.end <= second.start and not joint().search(text[first.end : second.start])


def _rulings(heard: Heard, *, in_full: bool = False) -> Iterator[Verdict]:
    """What the urgent references say of a sentence that speaks to them."""
    urgent: Iterator[Match] = (match for match in heard.matches if match.reference.urgent)
    yield from (ruling_on(match)[0] for match in urgent if match.is_full or not in_full)


def _calls_for_care(reading: Reading) -> bool:
    """True for a call to care, or the harm of doing without, beside a sign of cauda equina syndrome."""
    stated = {frame.relation for frame in reading.frames if frame.polarity is Polarity.POSITIVE}
    return not stated.isdisjoint((URGENT_CARE, HARMS)) and not _signs().isdisjoint(reading.concepts | reading.context)


@cache
def _signs() -> frozenset[str]:
    """The concepts that the reference on the emergency says need care at once."""
    emergency: Reference | None = reference_set().references.get(EMERGENCY)
    if emergency is None:
        raise DataError(f"claims/references/: {EMERGENCY}: is missing; warning signs are read from it")
    return frozenset().union(*(frame.concepts for frame in emergency.frames if URGENT_CARE in frame.relation))
