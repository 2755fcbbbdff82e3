"""The report as one HTML file that works without its script and asks for nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reports import wording
from reports.cards import counted_by_rule
from reports.grounds import ground
from reports.hashing import report_sha256
from reports.html_page import data_of, environment, policy_for, script_of, style_of
from reports.html_sheet import TABS, Sheet, sheets_of
from reports.html_words import ICONS
from reports.linking import link_of, web_link
from reports.look import Look
from reports.model import FindingEntry, Report
from reports.plain import harmless, shortened

MOST_FINDINGS, MOST_BYTES = 1000, 2_000_000  # of a file that still opens at once
_STYLES = ("base.css", "report.css", "cards.css", "print.css")
_SCRIPTS = (
    "keeping.js",
    "theme.js",
    "address.js",
    "tabs.js",
    "stepping.js",
    "decisions.js",
    "record.js",
    "deciding.js",
    "exchange.js",
    "filters.js",
    "keyboard.js",
    "copying.js",
    "printing.js",
    "report.js",
)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a page of a site: the way to its index, and to its own parts where it had to be split."""

    index: str | None = None
    parts: tuple[str, ...] = ()
    part: int = 0


def render(report: Report, look: Look) -> str:
    """The article of each page with numbered marks, and beside it a card for each with verdict, reason and evidence."""
    return page(report, look, Around())


def page(report: Report, look: Look, around: Around) -> str:
    """The report as a page of a site."""
    shown = harmless(report)
    sheets = sheets_of(shown)
    style, script = style_of(*_STYLES), script_of(*_SCRIPTS)
    template = environment().get_template("report.html.j2", globals=_words())
    return template.render(
        report=shown,
        sheets=sheets,
        around=around,
        is_large=not around.index and sum(len(audit.findings) for audit in shown.audited) > MOST_FINDINGS,
        rules=look.rules,
        rules_found=counted_by_rule(shown.findings),
        hash=report_sha256(report),
        data=data_of({"report": report_sha256(report), "findings": dict(_subjects(report, sheets))}),
        style=style,
        script=script,
        policy=policy_for(style, script),
    )


def _subjects(report: Report, sheets: tuple[Sheet, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """What a decision says of the finding that it is about, by the finding's anchor; in the page's own words."""
    for audit, sheet in zip(report.audited, sheets, strict=True):
        for finding, shown in zip(audit.findings, sheet.audit.findings, strict=True):
            yield sheet.anchors[shown], _subject(finding, audit.input)


def _subject(finding: FindingEntry, input: str) -> dict[str, str]:
    return {"fingerprint": finding.fingerprint, "rule": finding.rule, "input": input, "quote": finding.quote}


def _words() -> dict[str, Any]:
    return {
        "icons": ICONS,
        "tab_names": TABS,
        "verdict_words": wording.VERDICTS,
        "meanings": wording.MEANINGS,
        "severities": wording.SEVERITIES,
        "no_guarantee": wording.NO_GUARANTEE,
        "standing": wording.standing,
        "citation": wording.citation,
        "reason": wording.reason,
        "locator": wording.locator,
        "caveats": wording.caveats,
        "counted": wording.counted,
        "fraction": wording.fraction,
        "tally": wording.tally,
        "ground": ground,
        "link_of": link_of,
        "web_link": web_link,
        "shortened": shortened,
    }
