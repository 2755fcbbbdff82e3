"""Frames of a page against the frames of the references: which reference speaks to a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.concepts import lexicon
from claims.extraction import STATES, Reading
from claims.model import Frame, Polarity
from claims.references import FramePattern, Reference, Stands, reference_set
from claims.similarity import Likeness, stems_in

# What each part of a match adds. A concept in its own place of the frame counts most, one elsewhere in the sentence
# less, one that only the heading or the sentence before names least. Chosen so that two parts in place outweigh any
# likeness of words (at most 1).
SUBJECT = {"here": 2.0, "sentence": 1.2, "context": 0.7}
OBJECT = {"here": 1.5, "sentence": 1.0, "context": 0.5}
RELATION = {"same": 1.5, "any": 0.6}
QUALIFIER = 0.6
KIND_OF = 0.8  # a narrower concept stands for a broader one at this discount


@dataclass(frozen=True, slots=True)
class Match:
    """A reference that speaks to a frame of a claim, how the claim stands to it, and what the score is made of."""

    reference: Reference
    pattern: FramePattern
    frame: Frame
    stands: Stands
    contributions: tuple[tuple[str, float], ...]

    @property
    def is_full(self) -> bool:
        """True where each part that the pattern names matches in its own place."""
        found = dict(self.contributions)
        wanted = [("relation", RELATION["same"])] if self.pattern.relation else []
        wanted += [("subject", SUBJECT["here"])] if self.pattern.subject else []
        wanted += [("object", OBJECT["here"])] if self.pattern.object else []
        return all(found.get(part, 0.0) >= KIND_OF * worth for part, worth in wanted)

    @property
    def score(self) -> float:
        """How well the two fit; higher is nearer."""
        return sum(value for _, value in self.contributions)


@cache
def _likeness() -> Likeness:
    return Likeness(reference_set().references)


def matches_for(reading: Reading) -> tuple[Match, ...]:
    """Every reference that speaks to a sentence, with its best frame, the nearest first."""
    best: dict[str, Match] = {}
    words = stems_in(reading.sentence.text)
    for match in _all_matches(reading):
        known = best.get(match.reference.id)
        if known is None or match.score > known.score:
            best[match.reference.id] = match
    weighed = (_with(match, "likeness", _likeness().to(match.reference.id, words)) for match in best.values())
    return tuple(sorted(weighed, key=lambda match: (-match.score, match.reference.id)))


def _with(match: Match, name: str, value: float) -> Match:
    return Match(
        match.reference, match.pattern, match.frame, match.stands, (*match.contributions, (name, round(value, 3)))
    )


def _all_matches(reading: Reading) -> Iterator[Match]:
    for frame in reading.frames:
        for reference, pattern in _patterns_for(frame):
            if (match := _match(reference, pattern, frame, reading)) is not None:
                yield match


Candidate = tuple[Reference, FramePattern]


@cache
def _by_relation() -> Mapping[str | None, Sequence[Candidate]]:
    """Every form of every reference under each relation it names, and under None where it names none."""
    found: dict[str | None, list[Candidate]] = defaultdict(list)
    for reference in reference_set().references.values():
        for pattern in reference.frames:
            for relation in pattern.relation or {None}:
                found[relation].append((reference, pattern))
    return found


def _patterns_for(frame: Frame) -> Iterator[Candidate]:
    found = _by_relation()
    if frame.relation == STATES and frame.polarity is Polarity.LACKING:
        yield from ((r, pattern) for r in reference_set().references.values() for pattern in r.frames)
    else:
        yield from found.get(frame.relation, ())
        yield from found.get(None, ())


def _match(reference: Reference, pattern: FramePattern, frame: Frame, reading: Reading) -> Match | None:
    relation = _relation_fit(pattern, frame)
    if relation is None or not pattern.requires <= frame.qualifiers or pattern.without & frame.qualifiers:
        return None
    subject = _concept_fit(pattern.subject, frame.subjects, reading, SUBJECT)
    target = _concept_fit(pattern.object, frame.objects, reading, OBJECT)
    if subject is None or target is None or not _names_one(pattern, reading):
        return None
    stands = _standing(pattern, frame)
    if stands is None:
        return None
    parts = [
        ("subject", subject),
        ("relation", relation),
        ("object", target),
        ("qualifiers", QUALIFIER * len(pattern.requires)),
    ]
    return Match(reference, pattern, frame, stands, tuple((name, value) for name, value in parts if value))


def _relation_fit(pattern: FramePattern, frame: Frame) -> float | None:
    if not pattern.relation:
        return RELATION["any"]
    if frame.relation in pattern.relation:
        return RELATION["same"]
    return RELATION["any"] if frame.relation == STATES and frame.polarity is Polarity.LACKING else None


def _concept_fit(
    wanted: frozenset[str], placed: frozenset[str], reading: Reading, worth: dict[str, float]
) -> float | None:
    if not wanted:
        return 0.0
    places = [("here", placed), ("sentence", reading.concepts)]
    if reading.leaves_unsaid:
        places.append(("context", reading.context))
    return max(
        (worth[place] * nearness for place, found in places if (nearness := _nearness(wanted, found))), default=None
    )


def _nearness(wanted: frozenset[str], found: frozenset[str]) -> float:
    if not wanted.isdisjoint(found):
        return 1.0
    return 0.0 if wanted.isdisjoint(_with_broader(found)) else KIND_OF


@lru_cache(maxsize=512)
def _with_broader(concepts: frozenset[str]) -> frozenset[str]:
    ancestors = lexicon().ancestors
    return frozenset().union(*(ancestors[concept] for concept in concepts))


def _names_one(pattern: FramePattern, reading: Reading) -> bool:
    """True where the sentence itself names one of the pattern's concepts: context alone is no match."""
    return bool(_nearness(pattern.subject | pattern.object, reading.concepts))


def _standing(pattern: FramePattern, frame: Frame) -> Stands | None:
    """How the frame stands to the reference; None where the pattern asks for a figure and there is none."""
    if pattern.number is None:
        return pattern.stands
    figures = [value for value, unit in frame.numbers if unit == pattern.number.of]
    if not figures:
        return None
    if all(pattern.number.bears(value) for value in figures):
        return Stands.AGREES
    return Stands.CONTRADICTS if pattern.number.equals else Stands.EXCEEDS
