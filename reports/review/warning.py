"""What someone should hear of decisions that do not do what they were made for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from reports.decisions import DecisionEntry
from reports.plain import shortened
from reports.review.settling import Outcome, Subject, by_subject, outcome_of

_PAGES_NAMED, _DIFFERENCES_NAMED = 3, 10


def warnings_on(
    decisions: Sequence[DecisionEntry], present: Collection[Subject], inputs: Collection[str], today: date
) -> Iterator[str]:
    """One line for each decision that expired, that matches no finding on its page, or that another reviewer denies.

    `present` are the findings that were there, `inputs` the names and addresses of the pages that were audited.
    Decisions on other pages share one line.
    """
    for entry in decisions:
        if entry.is_expired(today):
            yield f"{_named(entry)} expired on {entry.expires} and no longer counts"
    current = [entry for entry in decisions if not entry.is_expired(today)]
    yield from _unmet([entry for entry in current if entry.subject not in present], inputs)
    yield from _contested([entry for entry in current if entry.subject in present])


def _unmet(entries: Sequence[DecisionEntry], inputs: Collection[str]) -> Iterator[str]:
    for entry in entries:
        if entry.input in inputs:
            yield f"{_named(entry)} no longer matches anything"
    elsewhere = [entry for entry in entries if entry.input not in inputs]
    if elsewhere:
        number = "1 decision matches" if len(elsewhere) == 1 else f"{len(elsewhere)} decisions match"
        yield f"{number} nothing in this run, which audited no such page: {_listed({e.input: None for e in elsewhere})}"


def _contested(entries: Iterable[DecisionEntry]) -> Iterator[str]:
    groups = [group for group in by_subject(entries).values() if outcome_of(group) is Outcome.CONTESTED]
    for group in groups[:_DIFFERENCES_NAMED]:
        said = "; ".join(f"{entry.decision.value} by {entry.reviewer}" for entry in group)
        yield f"decisions on {_finding(group[0])} differ, so it stays an alarm: {said}"
    if (more := len(groups) - _DIFFERENCES_NAMED) > 0:
        yield f"decisions on {more} more differ, so they stay alarms; audit.py review merge lists them"


def _listed(pages: Iterable[str]) -> str:
    names = [shortened(page, 60) for page in pages]
    more = len(names) - _PAGES_NAMED
    return ", ".join(names[:_PAGES_NAMED]) + (f" and {more} more" if more > 0 else "")


def _named(entry: DecisionEntry) -> str:
    return f"the decision “{entry.decision.value}” by {entry.reviewer} on {_finding(entry)}"


def _finding(entry: DecisionEntry) -> str:
    quoted = f" “{shortened(entry.quote, 50)}”" if entry.quote else ""
    return f"{entry.rule}{quoted} in {shortened(entry.input, 60)}"
