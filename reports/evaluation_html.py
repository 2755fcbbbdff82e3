"""An evaluation as one HTML file with its plots, which runs no script and asks for nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.evaluation.model import Figures, Interval
from reports import evaluation_wording, plots
from reports.evaluation_model import EvaluationReport
from reports.evaluation_tables import tables_of
from reports.html_page import environment, policy_for, style_of
from reports.look import Look
from reports.plain import harmless
from reports.wording import counted

_Figure = tuple[str, float | None, Interval | None, int | None]


def render(report: EvaluationReport, look: Look) -> str:
    """The figures as plots, each with the table of its numbers, and the first misses."""
    report = harmless(report)
    style = style_of("base.css", "plots.css", "evaluation.css", "print.css")
    figures = report.figures
    template = environment().get_template("evaluation.html.j2", globals=_words())
    return template.render(
        report=report,
        figures=figures,
        tables={table.name: table for table in tables_of(figures)},
        headline=plots.strips_of(_headline(figures)),
        flags=plots.strips_of(_flags(figures)),
        dots=plots.dots_of(figures.calibration.bins),
        misses=figures.misses[: look.misses],
        style=style,
        policy=policy_for(style),
    )


def _words() -> dict[str, Any]:
    return {
        "plots": plots,
        "counted": counted,
        "named": evaluation_wording.named,
        "number": evaluation_wording.number,
        "labelled": evaluation_wording.labelled,
        "what_counts": evaluation_wording.WHAT_COUNTS,
        "no_proof": evaluation_wording.NO_PROOF,
    }


def _headline(figures: Figures) -> Iterator[_Figure]:
    for name, label in evaluation_wording.HEADLINES.items():
        if name not in evaluation_wording.NOT_SHARES:
            yield label, figures.headline[name].value, figures.headline[name].interval, None


def _flags(figures: Figures) -> Iterator[_Figure]:
    for flag, each in figures.flags.per_flag.items():
        yield flag, each.rates.f1, each.f1_interval, each.rates.n
