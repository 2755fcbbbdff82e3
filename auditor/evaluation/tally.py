"""What the comparisons of a page add up to; tallies of pages can be added, and figures are made of their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from auditor.evaluation.comparing import Comparison, examination_of
from auditor.evaluation.gold import GoldPage
from auditor.model import Outcome
from claims.model import Severity

REPUTABLE = "reputable"  # the kind of page on which every false alarm costs trust
_PAGE_FLAGS = ("page", "sense", "safety")


class Hit(StrEnum):
    """How a yes or no of the auditor stands to the label."""

    TRUE_POSITIVE = "tp"
    FALSE_POSITIVE = "fp"
    FALSE_NEGATIVE = "fn"
    TRUE_NEGATIVE = "tn"


def hit(wanted: bool, got: bool) -> Hit:
    """Where the label says `wanted` and the auditor `got`."""
    if got:
        return Hit.TRUE_POSITIVE if wanted else Hit.FALSE_POSITIVE
    return Hit.FALSE_NEGATIVE if wanted else Hit.TRUE_NEGATIVE


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over units (`claims` to `confidences`), over findings (`errors`) and over pages (`page_flags`)."""

    claims: Counter[Hit] = field(default_factory=Counter)
    alarms: Counter[Hit] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)  # label, answer
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)  # label, answer
    flags: Counter[tuple[str, Hit]] = field(default_factory=Counter)
    page_flags: Counter[tuple[str, Hit]] = field(default_factory=Counter)
    references: Counter[bool] = field(default_factory=Counter)  # was one of the labelled references cited?
    errors: Counter[bool] = field(default_factory=Counter)  # does a unit where the finding stands deserve it?
    confidences: Counter[tuple[float, bool]] = field(default_factory=Counter)  # said, and was it right?
    loudness: Counter[str] = field(default_factory=Counter)  # words, false alarms
    quiet_loudness: Counter[str] = field(default_factory=Counter)  # the same on reputable pages


def tally_of(page: GoldPage, comparisons: Sequence[Comparison], outcome: Outcome) -> Tally:
    """The counts of one page."""
    loudness = _loudness(comparisons)
    return Tally(
        claims=Counter(hit(unit.is_claim, unit.was_claimed) for unit in comparisons),
        alarms=Counter(hit(unit.deserves_alarm, unit.was_alarmed) for unit in comparisons),
        verdicts=Counter((unit.unit.verdict, unit.answer) for unit in comparisons if unit.is_judged),
        stances=Counter(_stances(comparisons)),
        flags=Counter(pair for unit in comparisons for pair in _hits(unit.unit.flags, unit.flags)),
        page_flags=Counter(_page_flags(page, outcome)),
        references=Counter(_references(comparisons)),
        errors=Counter(_errors(comparisons, outcome)),
        confidences=Counter(_confidences(comparisons)),
        loudness=loudness,
        quiet_loudness=loudness if page.kind == REPUTABLE else Counter(),
    )


def summed(tallies: Iterable[Tally]) -> Tally:
    """The tally of several pages together."""
    totals: dict[str, Counter[Any]] = {each.name: Counter() for each in fields(Tally)}
    for tally in tallies:
        for name, total in totals.items():
            for key, number in getattr(tally, name).items():
                total[key] += number
    return Tally(**totals)


def _hits(wanted: frozenset[str], got: frozenset[str]) -> Iterator[tuple[str, Hit]]:
    return ((name, hit(name in wanted, name in got)) for name in wanted | got)


def _stances(comparisons: Iterable[Comparison]) -> Iterator[tuple[str, str]]:
    for unit in comparisons:
        if unit.is_claim and unit.was_claimed:
            yield unit.unit.stance.value, unit.judgements[0].claim.stance.value


def _references(comparisons: Iterable[Comparison]) -> Iterator[bool]:
    for unit in comparisons:
        if unit.is_judged and unit.was_claimed and unit.unit.reference:
            yield bool(unit.cited & unit.unit.reference)


def _confidences(comparisons: Iterable[Comparison]) -> Iterator[tuple[float, bool]]:
    for unit in comparisons:
        if unit.is_judged and unit.confidence is not None:
            yield unit.confidence, unit.unit.verdict == unit.worst


def _page_flags(page: GoldPage, outcome: Outcome) -> Iterator[tuple[str, Hit]]:
    if page.page_flags is None:
        return
    rules = {finding.rule for finding in examination_of(outcome).findings}
    yield from _hits(page.page_flags, frozenset(rule for rule in rules if rule.partition("/")[0] in _PAGE_FLAGS))


def _errors(comparisons: Sequence[Comparison], outcome: Outcome) -> Iterator[bool]:
    """For every error that stands in a labelled unit, whether one of its units deserves an alarm."""
    for finding in examination_of(outcome).findings:
        if finding.severity is Severity.ERROR:
            units = [unit for unit in comparisons if finding in unit.findings]
            yield from [any(unit.deserves_alarm for unit in units)] if units else []


def _loudness(comparisons: Iterable[Comparison]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for unit in comparisons:
        counts["words"] += unit.words
        counts["false alarms"] += unit.was_alarmed and not unit.deserves_alarm
    return counts
