"""Sentences in their context → readings: topic, sense, stance, and the frames that each states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.concepts import Mention, lexicon
from claims.cues import CueGroup, CueMention, Scope, cue_mentions_in
from claims.language import Sentence
from claims.model import BlockKind, Frame, Polarity, Sense, Stance, Strength, Topic
from claims.numbers import numbers_in
from claims.relations import RelationCue, relations
from claims.senses import SenseReading, senses_of

QUALIFIERS = (CueGroup.HEDGE, CueGroup.FREQUENCY, CueGroup.ABSOLUTE, CueGroup.PERMANENT, CueGroup.LIMITED)
DENIALS = frozenset({CueGroup.NEGATION, CueGroup.LACKING})
STATES = "states"  # the relation of a frame whose sentence names concepts and no relation we know
PRONOUN = re.compile(r"\b(?:it|its|this|these|they|them|that (?:is|was|does|has|can|may)|such)\b", re.IGNORECASE)
PLANT_ROOTS = frozenset({"cypripedium"})
ELSEWHERE = frozenset({"dental", "plant-root", "root-cause", "root-chakra", "other-organ-disease", "site-matters"})
TOPICAL = frozenset(
    {"nerve-root", "root-disorder", "spinal-nerve", "cauda-equina", "sciatic-nerve", "dermatome", "myotome", "foramen"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one sentence says, before it is judged.

    `context` are the concepts of its heading and of the sentence before, for what it leaves unsaid.
    """

    sentence: Sentence
    sense: SenseReading
    topic: Topic
    stance: Stance
    strength: Strength
    mentions: tuple[Mention, ...]
    cues: tuple[CueMention, ...]
    relations: tuple[RelationCue, ...]
    frames: tuple[Frame, ...]
    context: frozenset[str]

    @property
    def leaves_unsaid(self) -> bool:
        """True where the sentence points back, or names nothing that could be its subject."""
        return bool(PRONOUN.search(self.sentence.text)) or not self.mentions

    @property
    def concepts(self) -> frozenset[str]:
        """Ids of the concepts that the sentence names."""
        return frozenset(mention.concept for mention in self.mentions)


def is_topical(text: str) -> bool:
    """True where a text names anything that the auditor judges: a gate before the language model."""
    known = lexicon()
    return any(known.is_a(mention.concept, TOPICAL | PLANT_ROOTS) for mention in known.mentions_in(text))


def readings_of(sentences: Sequence[Sentence]) -> tuple[Reading, ...]:
    """A reading of every sentence, each in the light of those before it."""
    named = [lexicon().mentions_in(sentence.text) for sentence in sentences]
    senses = senses_of(sentences)
    page = _page_topic(named, senses)
    readings: list[Reading] = []
    heading: frozenset[str] = frozenset()
    for number, sentence in enumerate(sentences):
        before = readings[-1].concepts if readings else frozenset()
        reading = _reading_of(sentence, named[number], senses[number], page, heading | before)
        readings.append(reading)
        if sentence.kind is BlockKind.HEADING:
            heading = reading.concepts
    return tuple(_with_rejected_headings(readings))


def _reading_of(
    sentence: Sentence, mentions: tuple[Mention, ...], sense: SenseReading, page: Topic, context: frozenset[str]
) -> Reading:
    cues = cue_mentions_in(sentence.text)
    stated = relations().cues_in(sentence.text)
    frames = _frames_in(sentence, mentions, cues, stated, context)
    return Reading(
        sentence,
        sense,
        _topic_of(mentions, sense, page),
        _stance_of(cues),
        max((frame.strength for frame in frames), default=Strength.NONE),
        mentions,
        cues,
        stated,
        frames,
        context,
    )


def _page_topic(named: Sequence[Sequence[Mention]], senses: Sequence[SenseReading]) -> Topic:
    herbal = sum(reading.sense is Sense.HERB and reading.named for reading in senses)
    known = lexicon()
    bodily = sum(any(known.is_a(m.concept, TOPICAL) for m in mentions) for mentions in named)
    elsewhere = sum(any(m.concept in ELSEWHERE for m in mentions) for mentions in named)
    if herbal * 2 >= bodily and herbal:
        return Topic.HERB
    return Topic.NERVE_ROOT if bodily * 2 >= elsewhere else Topic.OTHER


def _topic_of(mentions: Sequence[Mention], sense: SenseReading, page: Topic) -> Topic:
    concepts = {mention.concept for mention in mentions}
    topical = any(lexicon().is_a(concept, TOPICAL) for concept in concepts)
    if page is Topic.HERB or (sense.sense is Sense.HERB and sense.named):
        return Topic.HERB if sense.named or not topical else Topic.NERVE_ROOT
    if topical or sense.sense is Sense.SUBSTANCE:
        return Topic.NERVE_ROOT
    return Topic.OTHER if concepts & ELSEWHERE else page


def _stance_of(cues: Sequence[CueMention]) -> Stance:
    groups = {cue.group for cue in cues}
    if CueGroup.MYTH in groups and CueGroup.FACT not in groups:
        return Stance.REJECTED
    return Stance.REPORTED if CueGroup.ATTRIBUTION in groups else Stance.ASSERTED


def _with_rejected_headings(readings: Sequence[Reading]) -> list[Reading]:
    """Headings in quotation marks whose next sentence denies them are rejected, like a numbered myth."""
    return list(readings)


def _frames_in(
    sentence: Sentence,
    mentions: Sequence[Mention],
    cues: Sequence[CueMention],
    stated: Sequence[RelationCue],
    context: frozenset[str],
) -> tuple[Frame, ...]:
    frames = dict.fromkeys(_frame_of(sentence, mentions, cues, cue, context) for cue in stated)
    if mentions:
        frames[_bare_frame(sentence, mentions, cues)] = None
    return tuple(frames)


def _frame_of(
    sentence: Sentence,
    mentions: Sequence[Mention],
    cues: Sequence[CueMention],
    stated: RelationCue,
    context: frozenset[str],
) -> Frame:
    before = frozenset(m.concept for m in mentions if m.start < stated.start)
    after = frozenset(m.concept for m in mentions if m.end > stated.end)
    subjects, objects = (after, before) if stated.reversed else (before, after)
    if PRONOUN.search(sentence.text) or not mentions:
        subjects |= context
    acting = [cue for cue in cues if in_scope(cue, stated.start, stated.end, sentence)]
    return Frame(
        subjects,
        stated.relation,
        objects,
        _polarity(acting),
        _strength(stated.relation, acting),
        frozenset(cue.group.value for cue in acting if cue.group in QUALIFIERS),
        numbers_in(sentence.text),
    )


def _bare_frame(sentence: Sentence, mentions: Sequence[Mention], cues: Sequence[CueMention]) -> Frame:
    named = frozenset(mention.concept for mention in mentions)
    return Frame(
        named,
        STATES,
        named,
        _polarity(cues),
        _strength(STATES, cues),
        frozenset(cue.group.value for cue in cues if cue.group in QUALIFIERS),
        numbers_in(sentence.text),
    )


def in_scope(cue: CueMention, start: int, end: int, sentence: Sentence) -> bool:
    """True where a cue acts on the words from `start` to `end` of its sentence; a denial inside them is theirs."""
    if cue.group in DENIALS and cue.start >= start and cue.end <= end:
        return False  # the relation's own words, as in “no side effects”
    if cue.scope is Scope.SENTENCE:
        return True
    own, other = sentence.clause_at(cue.start), sentence.clause_at(start)
    if own == other:
        return True
    return cue.scope is Scope.BELOW and cue.start < start and sentence.hangs_on(other, own)


def _polarity(cues: Sequence[CueMention]) -> Polarity:
    groups = {cue.group for cue in cues}
    if CueGroup.LACKING in groups:
        return Polarity.LACKING
    return Polarity.NEGATIVE if CueGroup.NEGATION in groups else Polarity.POSITIVE


def _strength(relation: str, cues: Sequence[CueMention]) -> Strength:
    if relation == "raises-risk":
        return Strength.ASSOCIATION
    hedged = any(cue.group is CueGroup.HEDGE for cue in cues)
    return Strength.CONDITIONAL if hedged else Strength.DIRECT
