"""Passages of one article → its judged claims and its findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from claims.checkworthiness import heads_sources
from claims.extraction import Reading, is_topical, readings_of
from claims.folding import folded
from claims.judging import is_ruled_by_figure, judgement_on
from claims.language import sentences_of
from claims.model import (
    BlockKind,
    Claim,
    Examination,
    Finding,
    Judgement,
    PageFacts,
    Passage,
    Sense,
    Severity,
    Topic,
    Verdict,
)
from claims.references import reference_set
from claims.rules.kinds import Judged, fired_on, fires_on_page
from claims.rules.load import Rule, rule_set
from claims.topicality import may_be_topical
from claims.weighing.cuts import cuts
from claims.weighing.hearing import Heard, flags_of, heard_on

UNALARMING = frozenset({Verdict.SUPPORTED, Verdict.UNVERIFIED})
SURE_OF_A_FACT = 0.9  # below it 23 of 39 lone facts were wrong that the encoder alone held so
CONTEXT = 32  # characters on either side that a fingerprint remembers


def examine(passages: Sequence[Passage], facts: PageFacts) -> Examination:
    """The judged claims and the findings of an article; both empty where it names nothing that is judged.

    Raises `ModelMissing` where no language model is installed, and `DataError` where the project's data are wrong.
    """
    if not names_topic(passages):
        return Examination((), ())
    judged = tuple(_judged(passages, readings_of(sentences_of(passages))))
    judgements = tuple(item.judgement for item in judged if item.judgement is not None)
    findings = (*_sentence_findings(passages, judged), *_page_findings(judged, facts))
    return Examination(judgements, findings)


def names_topic(passages: Iterable[Passage]) -> bool:
    """True where any of the passages names what is judged, and may be judged."""
    texts = [passage.text for passage in passages if passage.judged]
    return may_be_topical("\n".join(texts)) and any(is_topical(folded(text).text) for text in texts)


def _judged(passages: Sequence[Passage], readings: Sequence[Reading]) -> Iterator[Judged]:
    among_sources = False
    for heard in heard_on(readings):
        reading = heard.reading
        if reading.sentence.kind is BlockKind.HEADING:
            among_sources = heads_sources(reading)
        judgement = None
        if not among_sources and _states_something(heard):
            judgement = judgement_on(claim_of(passages, reading), heard)
        verdict = judgement.verdict if judgement else None
        yield Judged(reading, judgement, flags_of(heard, verdict), heard.told.flags)


def _states_something(heard: Heard) -> bool:
    if (heard.fact or is_ruled_by_figure(heard.matches)) and heard.reading.topic is not Topic.OTHER:
        return True
    if heard.reading.only_names:
        return False
    states = heard.told.claim >= cuts().claim and not heard.reading.breaks_off
    return states or _presupposes_substance(heard.reading)


def _presupposes_substance(reading: Reading) -> bool:
    """True where even advice is a claim: “take nerve root daily” says that it can be taken."""
    substance = reading.sense.named and reading.sense.sense is Sense.SUBSTANCE
    return substance and reading.sentence.kind is not BlockKind.HEADING


def claim_of(passages: Sequence[Passage], reading: Reading) -> Claim:
    """The claim that a sentence makes, with the exact words of its place."""
    span = reading.sentence.span
    quote = passages[span.block].text[span.start : span.end]
    return Claim(
        f"c{span.block}-{span.start}",
        span,
        quote,
        Topic.NERVE_ROOT if reading.topic is Topic.OTHER else reading.topic,  # a claim is one on topic
        reading.sense.sense,
        reading.stance,
        reading.strength,
        reading.frames,
        reading.sense.refers_to,
    )


def _sentence_findings(passages: Sequence[Passage], judged: Sequence[Judged]) -> Iterator[Finding]:
    for item in judged:
        for name in fired_on(item):
            yield _finding(rule_set().rules[name], item, passages)


def _finding(rule: Rule, item: Judged, passages: Sequence[Passage]) -> Finding:
    span = item.reading.sentence.span
    text = passages[span.block].text
    quote = text[span.start : span.end]
    judgement = item.judgement
    from_claim = judgement is not None and rule.family in ("claim", "sense")
    return Finding(
        rule.id,
        severity_of(rule, item),
        rule.message.format(quote=quote),
        span,
        quote,
        judgement.claim.id if judgement else None,
        judgement.suggestion if from_claim and judgement and judgement.suggestion else rule.instead,
        fingerprint_of(
            rule.id, quote, text[max(span.start - CONTEXT, 0) : span.start], text[span.end : span.end + CONTEXT]
        ),
    )


def severity_of(rule: Rule, item: Judged) -> Severity:
    """The rule's severity; an error that is not sure, or that its sentence does not bear out, is a warning."""
    if rule.severity is not Severity.ERROR:
        return rule.severity
    judgement = item.judgement
    if judgement is not None and rule.family in ("claim", "sense"):
        borne_out = rule.family == "claim" or _speaks_of_something_to_take(item.reading)
        return Severity.ERROR if borne_out and judgement.confidence >= _sure_of(judgement) else Severity.WARNING
    borne_out = judgement is None or rule.family == "safety" or judgement.verdict not in UNALARMING
    sure = item.chances.get(rule.id, 1.0) >= cuts().flag_error
    return Severity.ERROR if borne_out and sure else Severity.WARNING


def _sure_of(judgement: Judgement) -> float:
    """The confidence from which a verdict is an error: higher beside a reference with facts, which no model learns."""
    named = judgement.evidence[:1]
    holds_facts = any(reference_set().references[evidence.reference].facts for evidence in named)
    return SURE_OF_A_FACT if holds_facts else cuts().error


def _speaks_of_something_to_take(reading: Reading) -> bool:
    """False where only the page around it makes a sentence speak of a substance: “rest well and be cheerful”."""
    return reading.points_back or reading.sense.sense in (Sense.SUBSTANCE, Sense.HERB)


def _page_findings(judged: Sequence[Judged], facts: PageFacts) -> Iterator[Finding]:
    for rule in rule_set().rules.values():
        if fires_on_page(rule, judged, facts):
            message = rule.message.format(quote="")
            yield Finding(
                rule.id, rule.severity, message, None, "", None, rule.instead, fingerprint_of(rule.id, "", "", "")
            )


def fingerprint_of(rule: str, quote: str, before: str, after: str) -> str:
    """What a finding is known by wherever its paragraph moves: rule, normalised quote and context, no offsets."""
    parts = (rule, *(" ".join(folded(part).text.lower().split()) for part in (quote, before, after)))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
