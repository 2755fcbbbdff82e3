"""Which formats a report, or an evaluation, can be written in."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from reports.look import Look

if TYPE_CHECKING:
    from reports.evaluation_model import EvaluationReport
    from reports.model import Report

FORMATS = {  # name → module with `render(report, look) -> str`; loaded when asked for, to keep --help quick
    "text": "reports.terminal",
    "json": "reports.json_report",
    "jsonl": "reports.jsonl_report",
    "html": "reports.html_report",
    "markdown": "reports.markdown_report",
    "csv": "reports.csv_report",
    "sarif": "reports.sarif_report",
    "github": "reports.github_annotations",
    "claimreview": "reports.claimreview_report",
}
SITES = {"html": "reports.html_site"}  # name → module with `write_site(reports, folder, look)`, where a folder is named
EVALUATION_FORMATS = {
    "text": "reports.evaluation_text",
    "json": "reports.evaluation_json",
    "html": "reports.evaluation_html",
}


def rendered(report: Report | EvaluationReport, format: str, look: Look, formats: Mapping[str, str] = FORMATS) -> str:
    """The report in one of `FORMATS`, or an evaluation in one of `EVALUATION_FORMATS`."""
    return cast(str, import_module(formats[format]).render(report, look))
