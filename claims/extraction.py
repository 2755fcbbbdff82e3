"""Sentences in their context → readings: topic, sense, stance, and the frames that each states."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from claims.concepts import Mention, lexicon, mentions_in
from claims.cues import CueGroup, CueMention, Scope, cue_mentions_in
from claims.language import Sentence
from claims.model import BlockKind, Frame, Polarity, Sense, Stance, Strength, Topic
from claims.numbers import numbers_in
from claims.relations import RelationCue, relation_cues_in
from claims.senses import SenseReading, senses_of

QUALIFIERS = (CueGroup.HEDGE, CueGroup.FREQUENCY, CueGroup.ABSOLUTE, CueGroup.PERMANENT, CueGroup.LIMITED)
DENIALS = frozenset({CueGroup.NEGATION, CueGroup.LACKING})
STATES = "states"  # the relation of a frame whose sentence names concepts and no relation we know
PRONOUN = re.compile(r"\b(?:it|its|this|these|they|them|that (?:is|was|does|has|can|may)|such)\b", re.IGNORECASE)
MAIN, FINITE = frozenset({"ROOT", "conj"}), frozenset({"VBZ", "VBP", "VBD", "MD"})
BROKEN_OFF = frozenset({"ADP", "PART", "AUX"})  # the last word of a lead-in that its items go on from
JOINING = frozenset({"DET", "CCONJ", "ADP", "PUNCT", "SPACE"})  # what stands between names
PHRASE_END = re.compile(r"[,;:()–—]|\bbut\b", re.IGNORECASE)
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
    lead_in: frozenset[CueGroup] = frozenset()

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
    said: frozenset[CueGroup] = frozenset()
    for reading in readings:
        is_item = reading.sentence.kind is BlockKind.LIST_ITEM
        said = said if is_item else _said_of_items(reading)
        led.append(_led_in(reading, said) if is_item and said else reading)
    return tuple(led)


def _said_of_items(reading: Reading) -> frozenset[CueGroup]:
    """That evidence for them is lacking; where the lead-in breaks off (“is said to:”), also that others say them."""
    if not reading.sentence.text.endswith(":"):
        return frozenset()
    reaching = (CueGroup.LACKING, CueGroup.ATTRIBUTION) if reading.breaks_off else (CueGroup.LACKING,)
    return frozenset(cue.group for cue in reading.cues if cue.group in reaching)


def _led_in(reading: Reading, said: frozenset[CueGroup]) -> Reading:
    if CueGroup.LACKING not in said:
        return replace(reading, lead_in=said, stance=Stance.REPORTED)
    positive = Polarity.POSITIVE
    frames = (replace(f, polarity=Polarity.LACKING) if f.polarity is positive else f for f in reading.frames)
    return replace(reading, frames=tuple(frames), lead_in=said)


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


def _frames_in(
    sentence: Sentence,
    mentions: Sequence[Mention],
    cues: Sequence[CueMention],
    stated: Sequence[RelationCue],
    context: frozenset[str],
) -> tuple[Frame, ...]:
    frames = dict.fromkeys(frame for cue in stated for frame in _frames_of(sentence, mentions, cues, cue, context))
    if mentions:
        frames[_bare_frame(sentence, mentions, cues)] = None
    return tuple(frames)


def _frames_of(
    sentence: Sentence,
    mentions: Sequence[Mention],
    cues: Sequence[CueMention],
    stated: RelationCue,
    context: frozenset[str],
) -> Iterator[Frame]:
    """The frame that a relation states, and a second for what a contrast denies: “a symptom, not a disease”."""
    contrasts = [cue for cue in cues if cue.scope is Scope.PHRASE and not stated.start <= cue.start < stated.end]
    denied = [m for m in mentions if any(in_scope(cue, m.start, m.end, sentence) for cue in contrasts)]
    frame = _frame_of(sentence, [m for m in mentions if m not in denied], cues, stated, context)
    yield frame
    objects = frozenset(mention.concept for mention in denied if mention.start >= stated.end)
    if objects and not stated.reversed:
        polarity = Polarity.NEGATIVE if frame.polarity is Polarity.POSITIVE else frame.polarity
        yield replace(frame, objects=objects, polarity=polarity)


def _frame_of(
    sentence: Sentence,
    mentions: Sequence[Mention],
    cues: Sequence[CueMention],
    stated: RelationCue,
    context: frozenset[str],
) -> Frame:
    before = frozenset(m.concept for m in mentions if m.start < stated.start)
    after = frozenset(m.concept for m in mentions if m.end > stated.end)
    if not after:  # the relation's own words may name what it does: “no side effects”
        after = frozenset(m.concept for m in mentions if m.start >= stated.start)
    subjects, objects = (after, before) if stated.reversed else (before, after)
    if PRONOUN.search(sentence.text) or not mentions:
        subjects |= context
    acting = [cue for cue in cues if _acts_on(cue, stated, sentence)]
    return Frame(
        subjects,
        stated.relation,
        objects,
        _polarity(acting),
        _strength(stated.relation, acting),
        frozenset(cue.group.value for cue in acting if cue.group in QUALIFIERS),
        numbers_in(sentence.text),
    )


def _acts_on(cue: CueMention, stated: RelationCue, sentence: Sentence) -> bool:
    if stated.denied and cue.group in DENIALS and stated.start <= cue.start and cue.end <= stated.end:
        return True
    return in_scope(cue, stated.start, stated.end, sentence)


def _bare_frame(sentence: Sentence, mentions: Sequence[Mention], cues: Sequence[CueMention]) -> Frame:
    named = frozenset(mention.concept for mention in mentions)
    cues = [cue for cue in cues if cue.scope is not Scope.PHRASE]
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
    if cue.scope is Scope.PHRASE:
        return cue.start <= start < _phrase_end(sentence, cue.end)
    own, other = sentence.clause_at(cue.start), sentence.clause_at(start)
    if own == other:
        return True
    return cue.scope is Scope.BELOW and cue.start < start and sentence.hangs_on(other, own)


def _phrase_end(sentence: Sentence, start: int) -> int:
    """Where the phrase that a contrast denies ends: at a comma, at “but”, or where the main verb takes over."""
    mark = PHRASE_END.search(sentence.text, start)
    end = mark.start() if mark else len(sentence.text)
    verbs = (token.start for token in sentence.tokens if token.dep in MAIN and token.tag in FINITE)
    return min([end, *(verb for verb in verbs if verb > start + 1)])


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
