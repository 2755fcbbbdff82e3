"""The CSV and JSON-lines reports read back as what the run found, and no spreadsheet runs what a page wrote."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import BLOCKS, FINDINGS, MISS, REFERENCES, TOOL, audit, decided_report, finding, report, span

from auditor.model import Run
from claims.model import Examination, Severity
from reports import csv_report, jsonl_report
from reports.building import report_of
from reports.cells import as_it_was, defused
from reports.json_report import report_from
from reports.look import Look
from reports.model import Report

SCHEMA = json.loads(Path(__file__).parents[1].joinpath("docs/report.schema.json").read_text(encoding="utf-8"))
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "＝1", "'=1", "''@x"]


def rows_of(made: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(csv_report.render(made, Look()), newline="")))


def lines_of(made: Report) -> list[str]:
    return jsonl_report.render(made, Look()).splitlines()


def quoting(quote: str) -> Report:
    """The report of a page with one finding, which quotes these words."""
    blocks = (replace(BLOCKS[0], text=f"Before {quote} after"),)
    found = finding("promo/cure", Severity.ERROR, f"“{quote}” promises a cure.", span(0, quote, blocks), quote)
    return report(audit(article=replace(audit().article, blocks=blocks), examination=Examination((), (found,))))


# ---- CSV


def test_the_csv_module_reads_the_same_quotes_back() -> None:
    quotes = [row["quote"] for row in rows_of(report())]
    assert quotes == [each.quote for each in FINDINGS]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_quote_comes_back_as_it_was(quote: str) -> None:
    [row] = rows_of(quoting(quote))
    assert as_it_was(row["quote"]) == quote


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_begins_like_a_formula_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert as_it_was(defused(text)) == text


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not defused(text).lstrip().startswith(("=", "+", "-", "@"))
    assert as_it_was(defused(text)) == text


@pytest.mark.parametrize("text", ["", "One visit cures it.", "5 = 5", "'tis so", "a-b"])
def test_any_other_cell_stays_as_it_is(text: str) -> None:
    assert defused(text) == as_it_was(text) == text


def test_every_cell_that_a_page_writes_is_defused() -> None:
    evil = '=HYPERLINK("https://example.org")'
    article = replace(audit().article, title=evil, author=evil, published=evil, language=evil)
    made = report(audit(source=evil, url=evil, article=article), replace(MISS, source=evil))
    assert not [cell for row in rows_of(made) for cell in row.values() if cell.startswith("=")]


def test_there_is_one_row_for_each_finding_and_one_for_each_page_that_was_missed() -> None:
    rows = rows_of(report(audit(), MISS))
    assert [row["rule"] for row in rows] == [*(each.rule for each in FINDINGS), ""]
    assert rows[-1]["status"] == "failed"
    assert rows[-1]["reason"] == "fetch/status: the server answered 404"


def test_a_row_holds_the_place_the_verdict_and_the_evidence() -> None:
    row = rows_of(report())[0]
    assert (row["line"], row["block"], row["start"], row["end"]) == ("3", "1", "56", "90")
    assert (row["verdict"], row["confidence"], row["references"]) == ("refuted", "0.9", "no-permanent-cure")


def test_a_run_cut_short_says_so_in_its_last_row() -> None:
    cut = report_of(Run((audit(),), complete=False), TOOL, REFERENCES)
    assert rows_of(cut)[-1]["status"] == "incomplete"


def test_rows_tell_who_decided_what() -> None:
    rows = {(row["input"], row["rule"]): row for row in rows_of(decided_report())}
    assert rows["wonders.md", "promo/miracle"]["suppressed_until"] == "2027-01-31"
    assert rows["wonders.md", "claim/refuted"]["confirmed_by"] == "Ben Example"


# ---- JSON lines


def test_each_line_is_a_whole_report_of_one_page() -> None:
    made = report(audit(), MISS)
    alone = [report_from(line) for line in lines_of(made)]
    assert [one.audits for one in alone] == [(entry,) for entry in made.audits]
    for line in lines_of(made):
        jsonschema.validate(json.loads(line), SCHEMA)


def test_a_line_holds_the_references_that_its_page_cites_and_no_other() -> None:
    quiet = audit(source="quiet.md", examination=Examination((), ()))
    first, second = (json.loads(line) for line in lines_of(report(audit(), quiet)))
    assert sorted(first["references"]) == ["no-permanent-cure", "root-first-segment"]
    assert second["references"] == {}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_of_a_page_breaks_a_line(quote: str) -> None:
    assert jsonl_report.render(quoting(quote), Look()).count("\n") == 1
