"""A folder of reports: an index with its charts, a file a page, parts where a page or the index is too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import FINDINGS, JUDGEMENTS, MISS, audit, finding, report, span

from audit import main
from auditor.model import Audit, Block
from claims.model import BlockKind, Examination, Severity
from reports import html_index, html_site
from reports.errors import BadTarget
from reports.html_charts import charts_of
from reports.html_parts import parts_of
from reports.html_rows import row_of
from reports.html_site import write_site
from reports.model import AuditEntry, Report


def web_page(site: str, number: int = 1, **changes: object) -> Audit:
    url = f"https://{site}/page-{number}"
    return audit(source=url, url=url, **changes)


def long_page(claims: int) -> AuditEntry:
    """A page of as many paragraphs, each with a finding, and a finding about the whole page."""
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, f"Visit {number} cures sciatica.", "", number) for number in range(claims)
    )
    found = [
        finding(
            "promo/cure",
            Severity.ERROR,
            "A cure.",
            span(number, block.text, blocks),
            block.text,
            fingerprint=f"p{number}",
        )
        for number, block in enumerate(blocks)
    ]
    article = replace(audit().article, blocks=blocks)
    return report(audit(article=article, examination=Examination((), (*found, FINDINGS[4])))).audited[0]


def links_in(text: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'<a [^>]*href="([^"#]+)"', text)]


# ---- the folder


def test_every_page_has_a_file_that_the_index_leads_to_and_that_leads_back(tmp_path: Path) -> None:
    index = write_site(report(web_page("a.example.org"), audit(), MISS), tmp_path / "site")
    text = index.read_text(encoding="utf-8")
    assert index.name == "index.html" and "1 of 3 inputs could not be audited" in text and "answered 404" in text
    files = sorted(href for href in links_in(text) if href.startswith("pages/"))
    assert [(tmp_path / "site" / file).is_file() for file in files] == [True, True]
    assert all('href="../index.html"' in (tmp_path / "site" / file).read_text(encoding="utf-8") for file in files)


def test_the_same_page_keeps_its_name_and_two_never_share_one(tmp_path: Path) -> None:
    first = write_site(report(audit(), audit(source="WONDERS.md")), tmp_path / "one").read_text(encoding="utf-8")
    second = write_site(report(audit(source="new.md"), audit()), tmp_path / "two").read_text(encoding="utf-8")
    assert len(set(links_in(first))) == 2 and len(set(links_in(first)) & set(links_in(second))) == 1
    assert len(list((tmp_path / "one" / "pages").iterdir())) == 2
    write_site(report(audit(), audit()), tmp_path / "three")
    assert len(list((tmp_path / "three" / "pages").iterdir())) == 2


def test_reports_are_taken_one_at_a_time(tmp_path: Path) -> None:
    """So that memory stays flat, however many pages there are."""
    written: list[int] = []

    def reports() -> Iterator[Report]:
        for number in range(3):
            written.append(len(list(tmp_path.glob("site/pages/*"))))
            yield report(web_page("a.example.org", number))

    write_site(reports(), tmp_path / "site")
    assert written == [0, 1, 2]


def test_a_run_cut_short_is_said_in_the_index(tmp_path: Path) -> None:
    cut = report().model_copy(update={"complete": False})
    assert "This run was cut short" in write_site(cut, tmp_path).read_text(encoding="utf-8")


def test_a_site_without_pages_says_so(tmp_path: Path) -> None:
    assert "Health claims on 0 pages" in write_site(iter(()), tmp_path).read_text(encoding="utf-8")


def test_someone_elses_index_is_not_overwritten_and_an_older_one_of_ours_is(tmp_path: Path) -> None:
    write_site(report(), tmp_path)
    write_site(report(audit(source="b.md")), tmp_path)
    tmp_path.joinpath("index.html").write_text("<!doctype html><title>My site</title>", encoding="utf-8")
    with pytest.raises(BadTarget, match="no report of this program"):
        write_site(report(), tmp_path)
    assert "My site" in tmp_path.joinpath("index.html").read_text(encoding="utf-8")


# ---- parts


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 40), st.integers(1, 15))
def test_the_parts_of_a_page_are_the_page(claims: int, most: int) -> None:
    page = long_page(claims)
    parts = [part for part, _ in parts_of(page, lambda part: "" if len(part.blocks) <= most else None)]
    assert tuple(block for part in parts for block in part.blocks) == page.blocks
    assert [each.fingerprint for part in parts for each in part.findings if each.block is not None] == [
        each.fingerprint for each in page.findings if each.block is not None
    ]
    assert sum(each.block is None for part in parts for each in part.findings) == 1
    assert all(AuditEntry.model_validate(part.model_dump()) for part in parts)
    assert all(
        part.blocks[each.block].text == each.quote for part in parts for each in part.findings if each.block is not None
    )


def test_a_page_with_too_many_findings_is_split_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_site, "MOST_FINDINGS", 20)
    index = write_site(report().model_copy(update={"audits": (long_page(50),)}), tmp_path).read_text(encoding="utf-8")
    files = sorted(tmp_path.glob("pages/*"))
    assert len(files) == 4 and "in 4 parts" in index
    text = files[1].read_text(encoding="utf-8")
    assert "It is split into 4 parts; this is part 2" in text and "Visit 49" not in text
    assert sum(file.read_text(encoding="utf-8").count('class="finding"') for file in files) == 51


def test_a_page_too_heavy_for_one_file_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_site, "MOST_BYTES", 90_000)
    write_site(report().model_copy(update={"audits": (long_page(60),)}), tmp_path)
    sizes = [file.stat().st_size for file in tmp_path.glob("pages/*")]
    assert len(sizes) > 1 and max(sizes) < 95_000


def test_a_long_index_is_split_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_index, "ROWS_A_FILE", 2)
    index = write_site(report(*(web_page("a.example.org", number) for number in range(5))), tmp_path)
    assert "rows 1 to 2 of 5" in index.read_text(encoding="utf-8")
    last = tmp_path.joinpath("index-3.html").read_text(encoding="utf-8")
    assert "rows 5 to 5 of 5" in last and '<svg class="plot"' not in last and "Health claims on 5 pages" in last


# ---- charts


def test_charts_count_verdicts_by_site_findings_by_rule_claims_by_topic_and_findings_by_month() -> None:
    pages = report(
        web_page("a.example.org", article=replace(audit().article, published="2026-03-14")),
        web_page("b.example.org", article=replace(audit().article, published="2026-04-02T10:00:00Z")),
        web_page("b.example.org", 2, fetched_at="2026-04-09T00:00:00Z"),
    )
    charts = {chart.title: chart.table for chart in charts_of([row_of(page, ("x",)) for page in pages.audited])}
    assert charts["Verdicts by site"].rows == (
        ("b.example.org", "2", "2", "2", "2"),
        ("a.example.org", "1", "1", "1", "1"),
    )
    assert charts["Findings by rule"].rows[0] == ("claim/refuted", "3") and len(charts["Findings by rule"].rows) == 5
    assert charts["Claims by topic"].rows == (("nerve root", "3", "3", "3", "3"),)
    assert charts["Findings by date of the page"].rows == (("2026-03", "3", "1", "1"), ("2026-04", "6", "2", "2"))


def test_what_has_nothing_to_show_is_no_chart() -> None:
    quiet = report(audit(examination=Examination(JUDGEMENTS[:1], ()))).audited[0]
    assert [chart.title for chart in charts_of([row_of(quiet, ("x",))])] == ["Verdicts by site", "Claims by topic"]


def test_suppressed_findings_do_not_count_as_alarms() -> None:
    from reports.model import SuppressionEntry

    page = report().audited[0]
    hushed = page.findings[0].model_copy(update={"suppressed": SuppressionEntry(by="Ana", reason="Ham.", expires=None)})
    row = row_of(page.model_copy(update={"findings": (hushed, *page.findings[1:])}), ("x",))
    assert row.severities[Severity.ERROR] == 2 and "claim/refuted" not in row.rules and row.suppressed == 1


# ---- the command line


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from reports.json_report import render
    from reports.look import Look

    monkeypatch.chdir(tmp_path)
    file = tmp_path / "run.json"
    file.write_text(render(report(audit(), audit(source="b.md")), Look()), encoding="utf-8")
    return file


@pytest.mark.parametrize("target", ["html:site/", "html:deep/er/site/", "html:there"])
def test_a_folder_as_target_makes_a_site(run: Path, target: str) -> None:
    run.parent.joinpath("there").mkdir()
    assert main(["report", "run.json", "--format", target]) == 0
    folder = run.parent / target.removeprefix("html:")
    assert folder.joinpath("index.html").is_file() and len(list(folder.glob("pages/*.html"))) == 2


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (["json:there/"], "is a folder"),
        (["html:there", "html:there/"], "two reports would go to"),
        (["html:mine/"], "no report of this program"),
        (["html:taken/"], "cannot be written"),
    ],
)
def test_a_folder_that_cannot_be_one_is_told_on_one_line(
    run: Path, targets: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("there", "mine"):
        run.parent.joinpath(name).mkdir()
    run.parent.joinpath("taken").write_text("a file", encoding="utf-8")
    run.parent.joinpath("mine", "index.html").write_text("mine", encoding="utf-8")
    formats = [part for target in targets for part in ("--format", target)]
    assert main(["report", "run.json", *formats]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1
