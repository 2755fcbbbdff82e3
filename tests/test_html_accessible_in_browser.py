"""axe-core finds nothing against WCAG 2.2 A and AA in any HTML page of ours, light or dark, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browsing import LOOK, Visit, decisions_file, entry
from report_samples import FINDINGS, MISS, audit, report
from test_evaluation_reports import evaluation

from reports import evaluation_html
from reports.html_report import render
from reports.html_site import write_site
from reports.look import Look
from reports.model import Report, SuppressionEntry

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def sample() -> Report:
    """Every kind of card, a suppressed finding, a miss."""
    made = report(audit(url="https://example.org/wonders"), MISS)
    page = made.audited[0]
    hushed = page.findings[3].model_copy(
        update={"suppressed": SuppressionEntry(by="Ana", reason="A title.", expires=None)}
    )
    page = page.model_copy(update={"findings": (*page.findings[:3], hushed, *page.findings[4:])})
    return made.model_copy(update={"audits": (page, *made.missed)})


def page_report(folder: Path) -> Path:
    file = folder / "report.html"
    file.write_text(render(sample(), LOOK), encoding="utf-8")
    return file


def many_pages(folder: Path) -> Path:
    """Two pages in one file."""
    file = folder / "reports.html"
    second = replace(audit().examination, findings=FINDINGS[:1])
    file.write_text(render(report(audit(), audit(source="b.md", examination=second)), LOOK), encoding="utf-8")
    return file


def index(folder: Path) -> Path:
    return write_site(sample(), folder / "site", LOOK)


def evaluation_page(folder: Path) -> Path:
    file = folder / "evaluation.html"
    file.write_text(evaluation_html.render(evaluation(), Look()), encoding="utf-8")
    return file


def faults(made: Visit, where: str | None = None) -> list[str]:
    """What axe finds, a line each; in a part of the page where only that has changed."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found: dict[str, Any] = axe.run(
        made.page, context=where, options={"runOnly": TAGS, "resultTypes": ["violations"]}
    ).response
    return [
        f"{fault['id']}: {node['html'][:120]} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("make", [page_report, many_pages, index, evaluation_page])
def test_axe_finds_nothing(visits: Visit, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    visits.to(make(tmp_path))
    for scheme in ("light", "dark"):
        visits.page.emulate_media(color_scheme=scheme)
        assert faults(visits) == [], scheme
    visits.page.set_viewport_size({"width": 320, "height": 640})
    assert faults(visits) == [], "narrow"


def test_axe_finds_nothing_while_someone_reviews(visits: Visit, tmp_path: Path) -> None:
    """With a decision made, one imported, every tab in turn, a filter set and the help open."""
    visits.to(page_report(tmp_path))
    visits.page.locator("input[name=reviewer]").fill("Ana Ito")
    visits.page.locator("#f-promo-cure-cures button", has_text="False alarm").click()
    theirs = [entry(sample(), "promo/cure"), entry(sample(), "promo/cure", reviewer="Cy", decision="needs-expert")]
    visits.page.locator(".import-file").set_input_files(decisions_file(tmp_path, *theirs))
    visits.await_text(".told", "decisions.json")
    for tab in visits.page.locator("[role=tab]").all():
        tab.click()
        assert faults(visits, ".beside") == [], tab.inner_text()
    visits.page.locator("input[name=q]").fill("cure")
    visits.page.emulate_media(color_scheme="dark")
    assert faults(visits) == []
    visits.page.locator("button.help").click()
    assert faults(visits, "dialog") == []


def test_axe_would_find_something(visits: Visit, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    text = render(sample(), LOOK).replace('<html lang="en">', "<html>").replace('aria-label="Card 4"', "")
    file.write_text(
        text.replace('id="mark-1-4" href="#card-1-4" >4<', 'id="mark-1-4" href="#card-1-4" ><'), encoding="utf-8"
    )
    assert any("html-has-lang" in fault for fault in faults(visits.to(file)))
    assert any("link-name" in fault for fault in faults(visits))
