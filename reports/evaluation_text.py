"""An evaluation as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from reports.evaluation_model import EvaluationReport
from reports.evaluation_tables import tables_of
from reports.evaluation_wording import NO_PROOF, WHAT_COUNTS, disagreement
from reports.look import Look
from reports.plain import harmless, one_line
from reports.tabulating import Table
from reports.wording import counted

_GAP, _NARROWEST = "  ", 40
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render(report: EvaluationReport, look: Look) -> str:
    """What was measured, the tables, the first misses, and what the figures speak for."""
    report = harmless(report)
    lines = [_painted(_covered(report), _BOLD, look), *_not_audited(report, look)]
    for table in tables_of(report.figures):
        lines += ["", _painted(table.title, _BOLD, look), *_grid(table)]
    lines += [*_misses(report, look), "", *_notes(look)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _covered(report: EvaluationReport) -> str:
    figures = report.figures
    files = ", ".join(one_line(gold.file) for gold in report.gold)
    return f"{files}: {counted(figures.pages, 'page')}, {counted(figures.units, 'unit')}, {figures.words:,} words"


def _not_audited(report: EvaluationReport, look: Look) -> Iterator[str]:
    for miss in report.figures.not_audited:
        yield _filled(f"{miss.page}: not audited, because {miss.message} [{miss.code}]", look)


def _grid(table: Table) -> Iterator[str]:
    """The table in columns: names to the left, figures to the right."""
    rows = [table.headings, *table.rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.headings))]
    for name, *cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        yield _GAP + _GAP.join([name.ljust(widths[0]), *padded])


def _misses(report: EvaluationReport, look: Look) -> Iterator[str]:
    misses = report.figures.misses
    if not misses or not look.misses:
        return
    shown = misses[: look.misses]
    more = f", of which {len(shown)} are shown; --misses {len(misses)} shows all" if len(shown) < len(misses) else ""
    yield from ("", _painted(f"Misses ({len(misses)}{more})", _BOLD, look))
    for miss in shown:
        yield _filled(f"{miss.page}: {disagreement(miss)}: “{one_line(miss.quote)}”", look)


def _notes(look: Look) -> Iterator[str]:
    for note in (WHAT_COUNTS, NO_PROOF):
        yield from (_painted(line, _DIM, look) for line in fill(note, max(look.width, _NARROWEST)).split("\n"))


def _filled(text: str, look: Look) -> str:
    width = max(look.width, _NARROWEST)
    return fill(one_line(text), width, initial_indent=_GAP, subsequent_indent=_GAP * 2, break_on_hyphens=False)


def _painted(text: str, style: str, look: Look) -> str:
    return f"{style}{text}{_PLAIN}" if look.colour else text
