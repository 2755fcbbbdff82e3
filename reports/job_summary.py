"""A job in figures, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.scanning.model import State
from auditor.scanning.summary import Summary
from reports.plain import shortened
from reports.wording import counted

_RULES = 15  # named in a summary


def text_of(summary: Summary, width: int) -> str:
    """The summary for a terminal."""
    return "\n".join(_lines(summary, width)) + "\n"


def _lines(summary: Summary, width: int) -> Iterator[str]:
    states = ", ".join(f"{summary.states[state]} {state.value}" for state in State if summary.states.get(state))
    yield f"{counted(sum(summary.states.values()), 'page')}: {states or 'none'}"
    yield f"  {summary.on_topic} on topic; {summary.copies} of them copies of another"
    yield from _table("Not audited, because", summary.reasons)
    yield from _table("Claims by verdict", ((name.replace("_", " "), count) for name, count in summary.verdicts))
    yield from _table("Findings by rule", summary.rules[:_RULES])
    if len(summary.rules) > _RULES:
        yield f"          and {len(summary.rules) - _RULES} rules more"
    if summary.worst:
        yield from ("", "Most findings")
    for page in summary.worst:
        copies = f", on {counted(page.copies + 1, 'page')}" if page.copies else ""
        found = f"{counted(page.errors, 'error')}, {counted(page.warnings, 'warning')}{copies}"
        yield "  " + shortened(f"{found}: {page.input}", width - 2)


def _table(title: str, rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield from ("", title)
    for name, count in found:
        yield f"  {count:>7}  {name}"
