"""The kinds of matching that rules are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claims.concepts import lexicon
from claims.extraction import Reading
from claims.framing import DENIALS, in_scope
from claims.gates import any_matches, matches_in
from claims.model import Frame, Judgement, PageFacts, Polarity, Sense, Stance, Verdict
from claims.rules.load import (
    AbsenceMatch,
    Match,
    PageMatch,
    PhraseMatch,
    RelationMatch,
    Rule,
    SenseMatch,
    VerdictMatch,
    rule_set,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what was made of it; `judgement` is None where it is no claim.

    `fired` are the rules that it falls under whatever its verdict, `chances` those of the flags among them.
    """

    reading: Reading
    judgement: Judgement | None
    fired: tuple[str, ...] = ()
    chances: Mapping[str, float] = field(default_factory=dict)


def fired_by_words(reading: Reading) -> tuple[str, ...]:
    """The ids of the rules that the words of a sentence fire, whatever its verdict; sorted."""
    rules = rule_set().rules.values()
    return tuple(rule.id for rule in rules if any(_words_stand(match, reading) for match in rule.match))


def lets_pass(rule: Rule, reading: Reading) -> bool:
    """True where a sentence has words that a rule knows and does not fire on, or one of its exceptions."""
    phrases = (match for match in rule.match if isinstance(match, PhraseMatch))
    return any(any_matches((*match.any, *match.unless), reading.lowered) for match in phrases)


def fired_on(judged: Judged) -> tuple[str, ...]:
    """The ids of all rules that fire on a judged sentence, sorted."""
    rules = rule_set().rules.values()
    by_verdict = (rule.id for rule in rules if any(_verdict_stands(match, judged) for match in rule.match))
    return tuple(sorted({*judged.fired, *by_verdict}))


def _words_stand(match: Match, reading: Reading) -> bool:
    match match:
        case PhraseMatch():
            return _phrase_stands(match, reading)
        case RelationMatch():
            return _relation_stands(match, reading)
    return False


def _verdict_stands(match: Match, judged: Judged) -> bool:
    match match:
        case VerdictMatch():
            return judged.judgement is not None and judged.judgement.verdict is match.verdict
        case SenseMatch():
            return match.sense is not None and _has_sense(match.sense, judged)
    return False


def _has_sense(sense: Sense, judged: Judged) -> bool:
    if sense is Sense.SUBSTANCE:
        return judged.judgement is not None and judged.judgement.verdict is Verdict.CATEGORY_ERROR
    return judged.reading.sense.named and judged.reading.sense.sense is sense


def _phrase_stands(match: PhraseMatch, reading: Reading) -> bool:
    text = reading.lowered
    if reading.stance not in match.stances or (_is_question(text) and not match.asked):
        return False
    if not any(match.negated or not _denied(reading, hit) for hit in matches_in(match.any, text)):
        return False
    return all(any_matches((pattern,), text) for pattern in match.all) and not any_matches(match.unless, text)


def _is_question(text: str) -> bool:
    return text.rstrip("\"'”’)* ").endswith("?")


def _denied(reading: Reading, hit: re.Match[str]) -> bool:
    denials = (cue for cue in reading.cues if cue.group in DENIALS)
    return any(in_scope(cue, hit.start(), hit.end(), reading.sentence) for cue in denials)


def _relation_stands(match: RelationMatch, reading: Reading) -> bool:
    if reading.stance is not Stance.ASSERTED or _is_question(reading.lowered):
        return False
    return any(_frame_fits(match, frame, reading) for frame in reading.frames) and not any_matches(
        match.unless, reading.lowered
    )


def _frame_fits(match: RelationMatch, frame: Frame, reading: Reading) -> bool:
    if frame.relation not in match.relation or frame.polarity is not Polarity.POSITIVE:
        return False
    named = reading.concepts
    return all(
        not wanted or any(_is_one(concept, wanted) for concept in place & named)
        for wanted, place in ((match.subject, frame.subjects), (match.object, frame.objects))
    )


def _is_one(concept: str, wanted: Iterable[str]) -> bool:
    known = lexicon()
    return known.concepts[concept].kind in wanted or known.is_a(concept, wanted)


def fires_on_page(rule: Rule, judged: Sequence[Judged], facts: PageFacts) -> bool:
    """True where one of a rule's matches holds for a whole page."""
    return any(_matches_page(match, judged, facts) for match in rule.match)


def _matches_page(match: Match, judged: Sequence[Judged], facts: PageFacts) -> bool:
    match match:
        case PageMatch():
            return all(getattr(facts, name) for name in match.has) and not any(
                getattr(facts, name) for name in match.lacks
            )
        case AbsenceMatch():
            return _is_absent(match, [item.reading.lowered for item in judged])
        case SenseMatch():
            return bool(match.together) and match.together <= set(_senses_on(judged))
    return False


def _senses_on(judged: Iterable[Judged]) -> Iterator[Sense]:
    for item in judged:
        if item.reading.sense.named or _has_sense(Sense.SUBSTANCE, item):
            yield item.reading.sense.sense


def _is_absent(match: AbsenceMatch, texts: Sequence[str]) -> bool:
    def somewhere(patterns: tuple[str, ...]) -> bool:
        return any(any_matches(patterns, text) for text in texts)

    return somewhere(match.present) and (not match.also or somewhere(match.also)) and not somewhere(match.absent)
