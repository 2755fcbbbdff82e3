"""The report as one HTML file that works without its script and asks for nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims.model import Severity
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
from reports.plain import harmless, shortened, slug

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
    shown, sha256 = harmless(report), report_sha256(report)
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
        hash=sha256,
        data=data_of({"report": sha256} | _subjects(report, sheets)),
        style=style,
        script=script,
        policy=policy_for(style, script),
    )


def _subjects(report: Report, sheets: tuple[Sheet, ...]) -> dict[str, Any]:
    """What a decision says of the finding that it is about, by the finding's anchor; in the page's own words.

    Long texts stand once, and findings name them by number.
    """
    texts: dict[str, int] = {}
    findings = {
        sheet.anchors[shown]: [
            finding.fingerprint,
            finding.rule,
            *(_number(texts, text) for text in (input, finding.quote)),
        ]
        for input, finding, sheet, shown in _pairs(report, sheets)
    }
    return {"texts": list(texts), "findings": findings}


def _number(texts: dict[str, int], text: str) -> int:
    return texts.setdefault(text, len(texts))


def _pairs(report: Report, sheets: tuple[Sheet, ...]) -> Iterator[tuple[str, FindingEntry, Sheet, FindingEntry]]:
    """Each finding with its page's name, beside the harmless one that is shown."""
    for audit, sheet in zip(report.audited, sheets, strict=True):
        for finding, shown in zip(audit.findings, sheet.audit.findings, strict=True):
            yield audit.input, finding, sheet, shown


def severity_counts(findings: Sequence[FindingEntry]) -> list[tuple[Severity, int]]:
    """How many findings are of each severity, the gravest first; those that none has are left out."""
    found = [finding.severity for finding in findings]
    return [(severity, found.count(severity)) for severity in wording.SEVERITIES if severity in found]


def _words() -> dict[str, Any]:
    return {
        "icons": ICONS,
        "tab_names": TABS,
        "verdict_words": wording.VERDICTS,
        "meanings": wording.MEANINGS,
        "severities": wording.SEVERITIES,
        "severity_counts": severity_counts,
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
        "slug": slug,
    }
