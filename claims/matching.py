"""Frames of a page against the frames of the references: which reference speaks to a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.concepts import ConceptKind, lexicon
from claims.extraction import Reading
from claims.framing import STATES
from claims.model import Frame, Polarity
from claims.references import FramePattern, Reference, Stands, reference_set
from claims.relations import relations
from claims.similarity import Likeness

# What each part of a match adds. A concept in its own place of the frame counts most, one elsewhere in the sentence
# less, one that only the heading or the sentence before names least. Chosen so that two parts in place outweigh any
# likeness of words (at most 1).
SUBJECT = {"here": 2.0, "sentence": 1.2, "context": 0.7}
OBJECT = {"here": 1.5, "sentence": 1.0, "context": 0.5}
RELATION = {"same": 1.5, "any": 0.6}
QUALIFIER = 0.6
COURSE, SAFE = "course", "is-safe"
REMEDIES = frozenset({ConceptKind.INTERVENTION, ConceptKind.PRODUCT, ConceptKind.PLANT})
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
    for match in _all_matches(reading):
        known = best.get(match.reference.id)
        if known is None or _rank(match) > _rank(known):
            best[match.reference.id] = match
    likeness = _likeness().to_each(best, reading.sentence.text)
    weighed = (_with(match, "likeness", likeness[name]) for name, match in best.items())
    return tuple(sorted(weighed, key=lambda match: (-match.score, match.reference.id)))


def _rank(match: Match) -> tuple[float, int]:
    """The better of two matches of one reference: the higher score, then the form that stands first."""
    return match.score, -match.reference.frames.index(match.pattern)


def _with(match: Match, name: str, value: float) -> Match:
    return Match(
        match.reference, match.pattern, match.frame, match.stands, (*match.contributions, (name, round(value, 3)))
    )


def _all_matches(reading: Reading) -> Iterator[Match]:
    spoken_of = _forms_for(reading)
    for frame in reading.frames:
        for number in sorted(spoken_of & _forms_of(frame.relation, frame.polarity)):
            if (match := _match(*_forms()[number], frame, reading)) is not None:
                yield match


Form = tuple[Reference, FramePattern]


@cache
def _forms() -> Sequence[Form]:
    """Every form of every reference."""
    return tuple(
        (reference, pattern) for reference in reference_set().references.values() for pattern in reference.frames
    )


@cache
def _by_concept() -> Mapping[str, Sequence[int]]:
    """The numbers of the forms that name a concept."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, (_, pattern) in enumerate(_forms()):
        for concept in pattern.concepts:
            found[concept].append(number)
    return found


@cache
def _forms_of(relation: str, polarity: Polarity) -> frozenset[int]:
    """The numbers of the forms that a frame's relation fits."""
    return frozenset(
        number for number, (_, pattern) in enumerate(_forms()) if _relation_fit(pattern, relation, polarity) is not None
    )


def _forms_for(reading: Reading) -> frozenset[int]:
    """The numbers of the forms that name something that a sentence names, or that its pronoun may stand for."""
    spoken = reading.concepts | reading.context if reading.points_back else reading.concepts
    return frozenset(number for concept in _with_broader(spoken) for number in _by_concept().get(concept, ()))


def _match(reference: Reference, pattern: FramePattern, frame: Frame, reading: Reading) -> Match | None:
    relation = _relation_fit(pattern, frame.relation, frame.polarity)
    if relation is None or not pattern.requires <= frame.qualifiers or pattern.without & frame.qualifiers:
        return None
    subject = _concept_fit(pattern.subject, frame.subjects, reading, SUBJECT)
    target = _concept_fit(pattern.object, frame.objects, reading, OBJECT)
    if subject is None or target is None or not _names_one(pattern, frame, reading):
        return None
    stands = _standing(pattern, frame)
    if stands is None or _credits_a_stranger(pattern, frame, reading):
        return None
    parts = [
        ("subject", subject),
        ("relation", relation),
        ("object", target),
        ("qualifiers", QUALIFIER * len(pattern.requires)),
    ]
    return Match(reference, pattern, frame, stands, tuple((name, value) for name, value in parts if value))


def _relation_fit(pattern: FramePattern, relation: str, polarity: Polarity) -> float | None:
    if not pattern.relation:
        return RELATION["any"]
    if relation in pattern.relation:
        return RELATION["same"]
    return RELATION["any"] if relation == STATES and polarity is Polarity.LACKING else None


def _concept_fit(
    wanted: frozenset[str], placed: frozenset[str], reading: Reading, worth: dict[str, float]
) -> float | None:
    if not wanted:
        return 0.0
    if nearness := _nearness(wanted, placed):  # the nearest place counts most, even for a kind of what is wanted
        return worth["here"] * nearness
    if nearness := _nearness(wanted, reading.concepts):
        return worth["sentence"] * nearness
    if reading.leaves_unsaid and (nearness := _nearness(wanted, reading.context)):
        return worth["context"] * nearness
    return None


def _nearness(wanted: frozenset[str], found: frozenset[str]) -> float:
    if not wanted.isdisjoint(found):
        return 1.0
    return 0.0 if wanted.isdisjoint(_with_broader(found)) else KIND_OF


@lru_cache(maxsize=512)
def _with_broader(concepts: frozenset[str]) -> frozenset[str]:
    ancestors = lexicon().ancestors
    return frozenset().union(*(ancestors[concept] for concept in concepts))


def _credits_a_stranger(pattern: FramePattern, frame: Frame, reading: Reading) -> bool:
    """True where a sentence credits a remedy of its own and the pattern speaks of the course of things without it."""
    credits = frame.relation == COURSE or frame.relation in relations().benefits
    if not credits or _remedies_in(pattern.concepts):
        return False
    return bool(_remedies_in(frame.subjects & reading.concepts))


@lru_cache(maxsize=512)
def _remedies_in(concepts: frozenset[str]) -> frozenset[str]:
    known = lexicon().concepts
    return frozenset(concept for concept in concepts if known[concept].kind in REMEDIES)


def _names_one(pattern: FramePattern, frame: Frame, reading: Reading) -> bool:
    """True where the sentence names one of the pattern's concepts, or promises by a pronoun of a remedy before it."""
    if _nearness(pattern.concepts, reading.concepts):
        return True
    if (
        not reading.points_back
        or pattern.object
        or frame.relation not in pattern.relation & (relations().benefits | {SAFE})
    ):
        return False
    before = _remedies_in(reading.context)
    return not _remedies_in(reading.concepts) and bool(_nearness(pattern.subject, before))


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
