"""Sentences in their context → readings: topic, sense, stance, and the frames that each states."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from claims.concepts import Mention, lexicon, mentions_in
from claims.cues import CueGroup, CueMention, cue_mentions_in, joint
from claims.framing import DENIALS, PRONOUN, frames_in
from claims.language import Sentence
from claims.model import BlockKind, Frame, Polarity, Sense, Stance, Strength, Topic
from claims.relations import RelationCue, relation_cues_in
from claims.senses import SenseReading, senses_of

BROKEN_OFF = frozenset({"ADP", "PART", "AUX"})  # the last word of a lead-in that its items go on from
JOINING = frozenset({"DET", "CCONJ", "ADP", "PUNCT", "SPACE"})  # what stands between names
QUOTATION = re.compile(r"\"[^\"]+\"[.!?]?")
OWN_STORY = re.compile(r"\b(?:i|me|my|we|us|our)\b", re.IGNORECASE)  # a testimonial, not a myth
HERB = "cypripedium"
BACK = re.compile(r"(?:and |but |so |yes,? |also,? |moreover,? |as )?(?:it|its|this|these|they)\b", re.IGNORECASE)
PLANT_ROOTS = frozenset({HERB})
FOLK_NAME = re.compile(r"nerve[\s-]?root", re.IGNORECASE)
ELSEWHERE = frozenset({"dental", "plant-root", "root-cause", "root-chakra", "other-organ-disease", "site-matters"})
TOPICAL = frozenset(
    {"nerve-root", "root-disorder", "spinal-nerve", "cauda-equina", "sciatic-nerve", "dermatome", "myotome", "foramen"}
)
# What pages about roots name that never name a root: “a worn disc presses on the nerve”, “back and leg pain?”.
NEARBY = frozenset({"disc", "traction", "epidural-steroid", "back-pain", "leg-pain", "saddle-numbness"})
JUDGED = TOPICAL | PLANT_ROOTS | NEARBY


@dataclass(frozen=True)
class Reading:
    """All that one sentence says, before it is judged.

    `context` are the concepts of its heading and of the sentence before, for what it leaves unsaid. `lead_in` is
    what the lead-in of its list says of an item: that evidence is lacking, or that these are the words of others.
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
    lead_in: CueGroup | None = None

    @cached_property
    def lowered(self) -> str:
        """The sentence in lower case."""
        return self.sentence.text.lower()

    @cached_property
    def leaves_unsaid(self) -> bool:
        """True where the sentence points back, or names nothing that could be its subject."""
        return bool(PRONOUN.search(self.sentence.text)) or not self.mentions

    @cached_property
    def points_back(self) -> bool:
        """True where a pronoun is what the sentence speaks of: “It is totally harmless.”"""
        return bool(BACK.match(self.sentence.text))

    @cached_property
    def breaks_off(self) -> bool:
        """True of a lead-in whose items finish what it says: “It is free from:”."""
        words = [token for token in self.sentence.tokens if token.pos not in ("PUNCT", "SPACE")]
        return self.sentence.text.endswith(":") and bool(words) and words[-1].pos in BROKEN_OFF

    @cached_property
    def only_names(self) -> bool:
        """True where a line names something and says nothing of it; an item of a list may answer."""
        if self.cues or self.relations or not self.mentions or self.sentence.kind is BlockKind.LIST_ITEM:
            return False
        if self.sense.sense in (Sense.SUBSTANCE, Sense.HERB) or ":" in self.sentence.text:
            return False
        rest = (t for t in self.sentence.tokens if not any(m.start < t.end and t.start < m.end for m in self.mentions))
        return all(token.pos in JOINING for token in rest)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Ids of the concepts that the sentence names."""
        return frozenset(mention.concept for mention in self.mentions)


def is_topical(text: str) -> bool:
    """True where a text names anything that the auditor judges: a gate before the language model."""
    known = lexicon()
    return any(known.is_a(mention.concept, JUDGED) for mention in mentions_in(text))


def readings_of(sentences: Sequence[Sentence]) -> tuple[Reading, ...]:
    """A reading of every sentence, each in the light of those before it."""
    senses = senses_of(sentences)
    named = [_mentions_in(sentence, sense) for sentence, sense in zip(sentences, senses, strict=True)]
    page = _page_topic(named, senses)
    readings: list[Reading] = []
    heading: frozenset[str] = frozenset()
    for number, sentence in enumerate(sentences):
        before = readings[-1].concepts if readings else frozenset()
        reading = _reading_of(sentence, named[number], senses[number], page, heading | before)
        readings.append(reading)
        if sentence.kind is BlockKind.HEADING:
            heading = reading.concepts
    return _with_lead_ins(_with_rejected_words(readings))


def _mentions_in(sentence: Sentence, sense: SenseReading) -> tuple[Mention, ...]:
    """The concepts that a sentence names; where “nerve root” is the folk name of the herb, the herb too."""
    mentions = mentions_in(sentence.text)
    if sense.sense is not Sense.HERB or not sense.named:
        return mentions
    folk = (m for m in mentions if FOLK_NAME.fullmatch(sentence.text, m.start, m.end))
    herb = [Mention(HERB, m.start, m.end) for m in folk]
    return tuple(sorted([*mentions, *herb], key=lambda m: (m.start, m.end)))


def _reading_of(
    sentence: Sentence, mentions: tuple[Mention, ...], sense: SenseReading, page: Topic, context: frozenset[str]
) -> Reading:
    cues = cue_mentions_in(sentence.text)
    stated = relation_cues_in(sentence.text)
    frames = frames_in(sentence, mentions, cues, stated, context)
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


def _with_rejected_words(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings, with words that the page quotes only to turn them down marked as rejected."""
    quoted = {number for number in range(len(readings)) if _is_quotation(readings, number)}
    denied = {number for number in quoted if any(_denies(later) for later in _answer(readings, number, quoted))}
    down = quoted if len(denied) * 2 > len(quoted) and len(denied) > 1 else denied
    return tuple(
        replace(reading, stance=Stance.REJECTED)
        if number in down or (number and _is_bare_label(readings[number - 1].sentence.text) and not _is_fact(reading))
        else reading
        for number, reading in enumerate(readings)
    )


def _with_lead_ins(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings, each item of a list with what its lead-in says of all of them."""
    led: list[Reading] = []
    said: CueGroup | None = None
    for reading in readings:
        is_item = reading.sentence.kind is BlockKind.LIST_ITEM
        said = said if is_item else _said_of_items(reading)
        led.append(_led_in(reading, said) if is_item else reading)
    return tuple(led)


def _said_of_items(reading: Reading) -> CueGroup | None:
    """That evidence for them is lacking or, where the lead-in breaks off (“is said to:”), that others say them."""
    text = reading.sentence.text
    if not text.endswith(":"):
        return None
    reaching = {cue.group for cue in reading.cues if not joint().search(text[cue.end : -1])}
    if CueGroup.LACKING in reaching:
        return CueGroup.LACKING
    return CueGroup.ATTRIBUTION if reading.breaks_off and CueGroup.ATTRIBUTION in reaching else None


def _led_in(reading: Reading, said: CueGroup | None) -> Reading:
    if said is CueGroup.ATTRIBUTION:
        return replace(reading, lead_in=said, stance=Stance.REPORTED)
    if said is CueGroup.LACKING:
        positive = Polarity.POSITIVE
        frames = (replace(f, polarity=Polarity.LACKING) if f.polarity is positive else f for f in reading.frames)
        return replace(reading, frames=tuple(frames), lead_in=said)
    return reading


def _is_fact(reading: Reading) -> bool:
    return any(cue.group is CueGroup.FACT for cue in reading.cues)


def _is_bare_label(text: str) -> bool:
    label = text.rstrip(" :.") + ":"
    return any(cue.end == len(label) for cue in cue_mentions_in(label, {CueGroup.MYTH}))


def _is_quotation(readings: Sequence[Reading], number: int) -> bool:
    """True where a sentence, or its whole block, stands in quotation marks and tells no story of the speaker's own."""
    text, block = readings[number].sentence.text, readings[number].sentence.span.block
    if OWN_STORY.search(text):
        return False
    texts = [r.sentence.text for r in readings[max(number - 3, 0) : number + 4] if r.sentence.span.block == block]
    return any(QUOTATION.fullmatch(words) for words in (text, " ".join(texts)))


def _answer(readings: Sequence[Reading], number: int, quoted: Container[int]) -> Iterator[Reading]:
    """The sentences that follow a quotation, up to the next quotation or heading."""
    block = readings[number].sentence.span.block
    for later in range(number + 1, min(number + 4, len(readings))):
        sentence = readings[later].sentence
        if sentence.span.block != block and (sentence.kind is BlockKind.HEADING or later in quoted):
            return
        yield readings[later]


def _denies(reading: Reading) -> bool:
    return any(cue.group in DENIALS | {CueGroup.MYTH, CueGroup.FACT} for cue in reading.cues)
