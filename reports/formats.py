"""Which formats a report can be written in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from reports.look import Look

if TYPE_CHECKING:
    from reports.model import Report

FORMATS = {  # name → module with `render(report, look) -> str`; loaded when asked for, to keep --help quick
    "text": "reports.terminal",
    "json": "reports.json_report",
    "html": "reports.html_report",
}


def rendered(report: Report, format: str, look: Look) -> str:
    """The report in one of `FORMATS`."""
    return cast(str, import_module(FORMATS[format]).render(report, look))
