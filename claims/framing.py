"""A sentence with its concepts, cues and relations → frames: what does what to what, how surely, or that it doesn't."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.concepts import Mention
from claims.cues import CueGroup, CueMention, Scope
from claims.language import Sentence
from claims.model import Frame, Polarity, Strength
from claims.numbers import numbers_in
from claims.relations import RelationCue

QUALIFIERS = (CueGroup.HEDGE, CueGroup.FREQUENCY, CueGroup.ABSOLUTE, CueGroup.PERMANENT, CueGroup.LIMITED)
DENIALS = frozenset({CueGroup.NEGATION, CueGroup.LACKING})
STATES = "states"  # the relation of a frame whose sentence names concepts and no relation we know
PRONOUN = re.compile(r"\b(?:it|its|this|these|they|them|that (?:is|was|does|has|can|may)|such)\b", re.IGNORECASE)
MAIN, FINITE = frozenset({"ROOT", "conj"}), frozenset({"VBZ", "VBP", "VBD", "MD"})
PHRASE_END = re.compile(r"[,;:()–—]|\bbut\b", re.IGNORECASE)


def frames_in(
    sentence: Sentence,
    mentions: Sequence[Mention],
    cues: Sequence[CueMention],
    stated: Sequence[RelationCue],
    context: frozenset[str],
) -> tuple[Frame, ...]:
    """The frames that a sentence states, each once; `context` stands in for a subject that it leaves unsaid."""
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
