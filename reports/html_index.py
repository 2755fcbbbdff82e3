"""The index of a site of reports: charts, and a table with a row a page, over as many files as it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims.model import Verdict
from reports import html_charts, wording
from reports.html_page import environment, policy_for, script_of, style_of
from reports.html_rows import IndexRow
from reports.html_words import ICONS
from reports.look import Look
from reports.model import MissEntry, ToolInfo
from reports.plain import shortened
from reports.version import NAME, version

ROWS_A_FILE = 1000
_STYLES = ("base.css", "plots.css", "index.css", "print.css")
_SCRIPTS = ("keeping.js", "theme.js", "address.js", "printing.js", "index.js")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was learnt of a run on the way through it."""

    rows: tuple[IndexRow, ...]
    missed: tuple[MissEntry, ...]
    complete: bool
    tool: ToolInfo | None


def index_pages(gathered: Gathered, look: Look) -> Iterator[tuple[str, str]]:
    """The files of the index, name and text; the first is index.html. The gravest pages stand first."""
    del look  # an index looks the same everywhere
    rows = sorted(gathered.rows, key=lambda row: row.gravity, reverse=True)
    names = [_name(number) for number in range(1, max(1, -(-len(rows) // ROWS_A_FILE)) + 1)]
    style, script = style_of(*_STYLES), script_of(*_SCRIPTS)
    template = environment().get_template("index.html.j2", globals=_words())
    shared = {
        "gathered": gathered,
        "names": names,
        "charts": html_charts.charts_of(rows),
        "verdicts": [
            (verdict, number) for verdict in Verdict if (number := sum(row.verdicts.get(verdict, 0) for row in rows))
        ],
        "claims": sum(row.claims for row in rows),
        "supported": sum(row.supported for row in rows),
        "severity_counts": html_charts.severity_total(rows),
        "style": style,
        "script": script,
        "policy": policy_for(style, script),
    }
    for number, file in enumerate(names):
        first = number * ROWS_A_FILE
        yield file, template.render(**shared, number=number, first=first, rows=rows[first : first + ROWS_A_FILE])


def sites_in(rows: Sequence[IndexRow]) -> list[str]:
    """The sites of these rows, each once, in the order of the alphabet."""
    return sorted({row.site for row in rows})


def strip_of(row: IndexRow) -> list[tuple[Verdict, float, float]]:
    """The bar of a page's verdicts: verdict, start and width, in percent."""
    strip, start = [], 0.0
    for verdict in Verdict:
        if number := row.verdicts.get(verdict, 0):
            width = 100 * number / row.claims
            strip.append((verdict, round(start, 1), round(width, 1)))
            start += width
    return strip


def _name(number: int) -> str:
    return "index.html" if number == 1 else f"index-{number}.html"


def _words() -> dict[str, Any]:
    return {
        "icons": ICONS,
        "severities": wording.SEVERITIES,
        "verdict_words": wording.VERDICTS,
        "no_guarantee": wording.NO_GUARANTEE,
        "counted": wording.counted,
        "chart_sizes": html_charts,
        "sites_in": sites_in,
        "strip_of": strip_of,
        "shortened": shortened,
        "name": NAME,
        "version": version(),
    }
