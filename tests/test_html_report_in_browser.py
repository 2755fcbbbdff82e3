"""In a real browser, nothing that a page says runs, fetches or breaks out of the HTML report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from report_samples import BLOCKS, FINDINGS, JUDGEMENTS, audit, report

from auditor.model import Audit, Miss, Reason, Skipped
from claims.model import Examination
from reports.html_report import render
from reports.look import Look

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
PAYLOADS = [
    "<script>window.ran = 1</script>",
    "</style><script>window.ran = 1</script>",
    "</title><script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    '"><svg onload="window.ran = 1">',
    "' autofocus onfocus='window.ran = 1' x='",
    "javascript:window.ran=1",
    "JaVaScRiPt:window.ran=1//https://example.org",
    "data:text/html,<script>parent.ran = 1</script>",
    "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
    "<link rel=stylesheet href=https://outside.example/a.css>",
    "<img src=https://outside.example/a.png>",
    "<meta http-equiv=refresh content='0;url=https://outside.example/'>",
    "<base href=https://outside.example/><form action=/x><button autofocus>",
    "<style>@import 'https://outside.example/a.css'; body { display: none }</style>",
    "{{ 7 * 7 }}{% for x in () %}",
    "<!--><script>window.ran = 1</script>-->",
    "\u2028</p></main></body></html><script>window.ran = 1</script>",
    "https://example.org/\"onmouseover=\"window.ran=1\"",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def hostile_audit(payload: str) -> Audit:
    """A page that puts the payload everywhere a page, or a path, can put words."""
    blocks = tuple(replace(block, text=block.text + payload, path=payload) for block in BLOCKS)
    judgements = tuple(replace(judgement, because=payload, suggestion=payload) for judgement in JUDGEMENTS)
    findings = tuple(replace(finding, quote=payload, message=payload, suggestion=payload) for finding in FINDINGS)
    return audit(
        source=payload,
        url=payload,
        article=replace(audit().article, title=payload, author=payload, published=payload, blocks=blocks),
        examination=Examination(judgements, findings),
    )


def opened(page: Page, folder: Path, payload: str) -> list[str]:
    """Opens the report on a hostile page, and gives the addresses that it asked for."""
    miss = Skipped(payload, Miss.FAILED, Reason("read/broken", payload))
    file = folder / "report.html"
    file.write_text(render(report(hostile_audit(payload), miss), Look()), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return asked


TOUCH = """() => document.querySelectorAll('*').forEach(element => {
    if (element.tagName === 'DETAILS') element.open = true;
    for (const name of ['mouseover', 'focus', 'load', 'error', 'toggle']) element.dispatchEvent(new Event(name));
})"""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_from_a_page_runs_or_fetches(browser: Browser, tmp_path: Path, payload: str) -> None:
    page = browser.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    asked = opened(page, tmp_path, payload)
    page.evaluate(TOUCH)
    page.wait_for_timeout(50)
    assert asked == [(tmp_path / "report.html").as_uri()]
    assert not dialogs
    assert page.evaluate("window.ran") is None
    assert page.locator("body *:is(script, img, iframe, link, meta, base, form, style)").count() == 0
    assert all(href.startswith(("#", "http")) for href in page.locator("a").evaluate_all(HREFS))
    page.close()


HREFS = "links => links.map(link => link.getAttribute('href'))"
TEXT = """rows => rows.map(row => { const copy = row.cloneNode(true);
          copy.querySelectorAll('.ref').forEach(ref => ref.remove()); return copy.textContent; })"""


def test_the_article_stands_in_the_report_word_for_word(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    opened(page, tmp_path, "<b>&amp;")
    assert page.locator(".row > .text").evaluate_all(TEXT) == [block.text + "<b>&amp;" for block in BLOCKS]
    page.close()


def test_the_report_is_styled_and_readable_without_scripts(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1300, "height": 900}).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    opened(page, tmp_path, "harmless")
    text, card = page.locator(".row > .text").nth(1), page.locator("#card-1-4")
    assert text.is_visible() and card.is_visible() and not complaints
    left, right = text.bounding_box(), card.bounding_box()
    assert left and right and left["x"] + left["width"] <= right["x"]
    page.close()


@pytest.mark.parametrize("width", [320, 420, 900, 1400])
def test_the_report_never_scrolls_sideways(browser: Browser, tmp_path: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    opened(page, tmp_path, "un" * 300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_number_in_the_text_leads_to_its_card_and_back(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    opened(page, tmp_path, "harmless")
    page.locator("#mark-1-4").click()
    assert page.locator(":target").get_attribute("id") == "card-1-4"
    page.locator("#card-1-4 .back").click()
    assert page.locator(":target").get_attribute("id") == "mark-1-4"
    page.close()
