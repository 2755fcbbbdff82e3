"""In a real browser, nothing that a page, a path or an imported decision says runs, fetches or breaks out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from browsing import Visit, decisions_file, entry
from report_samples import BLOCKS, FINDINGS, JUDGEMENTS, audit, report

from auditor.model import Audit, Fact, FactKind, Miss, Reason, Skipped
from claims.model import Examination
from reports.html_report import render
from reports.html_site import write_site
from reports.look import Look
from reports.model import Report

PAYLOADS: list[str] = json.loads(
    Path(__file__).with_name("fixtures").joinpath("hostile_texts.json").read_text(encoding="utf-8")
)
TOUCH = """() => document.querySelectorAll('*').forEach(element => {
    if (element.tagName === 'DETAILS') element.open = true;
    for (const name of ['mouseover', 'focus', 'load', 'error', 'toggle']) element.dispatchEvent(new Event(name));
})"""
GROUP = 7  # of payloads in one file: opening a file for each would take a minute
MAKE_FROM_TEXT = """() => {
    try { document.body.innerHTML = '<b>x</b>'; return 'made'; } catch { return 'refused'; }
}"""
HREFS = "links => links.map(link => link.getAttribute('href'))"


def hostile_audit(payload: str) -> Audit:
    """A page that puts the payload everywhere a page, or a path, can put words."""
    odd = {"path": payload, "fragment": payload, "header": payload, "origin": payload}
    blocks = tuple(replace(block, text=block.text + payload, **odd) for block in BLOCKS)
    about = tuple(Fact(kind, payload, payload) for kind in FactKind)
    said = {"title": payload, "author": payload, "published": payload, "blocks": blocks, "about": about}
    judgements = tuple(replace(judgement, because=payload, suggestion=payload) for judgement in JUDGEMENTS)
    findings = tuple(replace(finding, quote=payload, message=payload, suggestion=payload) for finding in FINDINGS)
    return audit(
        source=payload,
        url=payload,
        article=replace(audit().article, **said),
        examination=Examination(judgements, (findings[0], *FINDINGS[1:3], *findings[3:])),
    )


def hostile_report(payloads: Sequence[str]) -> Report:
    misses = (Skipped(payload, Miss.FAILED, Reason("read/broken", payload)) for payload in payloads)
    return report(*(hostile_audit(payload) for payload in payloads), *misses)


def file_name(payload: str) -> str:
    """A name that a file can have, with as much of the payload as that allows."""
    return payload.replace("/", "∕").strip()[:60] + ".json"


def assert_harmless(made: Visit) -> None:
    made.page.evaluate(TOUCH)
    assert made.asked == [made.address]
    assert made.said == [] and made.page.evaluate("window.ran") is None
    assert made.number("body *:is(img, iframe, link, meta, base, style, object, embed, video)") == 0
    assert made.number("script") <= 2 and made.number("form:not(.filters, dialog form)") == 0
    hrefs = made.page.locator("a").evaluate_all(HREFS)
    assert all(href.startswith(("#", "https://", "http://", "pages/", "index.html")) for href in hrefs)


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), GROUP))
def test_nothing_from_a_page_or_a_decision_runs_or_fetches(visits: Visit, tmp_path: Path, first: int) -> None:
    payloads = PAYLOADS[first : first + GROUP]
    hostile = hostile_report(payloads)
    file = tmp_path / "report.html"
    file.write_text(render(hostile, Look()), encoding="utf-8")
    visits.to(file)
    said = [entry(hostile, "promo/cure", reviewer=payload, note=payload) for payload in payloads]
    fields = ("fingerprint", "rule", "input", "quote", "reviewer", "note")
    strays = [entry(hostile, "promo/cure") | dict.fromkeys(fields, payload) for payload in payloads]
    files = [decisions_file(tmp_path, *said, *strays, name=file_name(payloads[0]))]
    files += [decisions_file(tmp_path, {payload: payload}, name=file_name(payload)) for payload in payloads[1:]]
    visits.page.locator(".import-file").set_input_files(files)
    visits.await_text(".told", files[-1].name)
    told = visits.page.locator("#f-promo-cure-cures .others").text_content() or ""
    assert all(payload.strip() in told for payload in payloads)
    assert_harmless(visits)


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), GROUP))
def test_nothing_from_a_page_runs_in_an_index(visits: Visit, tmp_path: Path, first: int) -> None:
    payloads = PAYLOADS[first : first + GROUP]
    visits.to(write_site((hostile_report([payload]) for payload in payloads), tmp_path / "site"))
    assert visits.number(".index tbody tr") == visits.number(".missed li") == len(payloads)
    assert_harmless(visits)


def test_the_policy_stops_what_escaping_would_miss(visits: Visit, tmp_path: Path) -> None:
    """The second wall, seen to stand: a script put into the file by hand is not run, and text makes no elements."""
    file = tmp_path / "report.html"
    extra = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'><main"
    file.write_text(render(report(), Look()).replace("<main", extra), encoding="utf-8")
    visits.to(file)
    assert visits.page.evaluate("window.ran") is None and visits.said
    assert visits.page.evaluate(MAKE_FROM_TEXT) == "refused"
