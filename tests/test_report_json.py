"""The JSON report says what the run found, in the form that is published, and reads back as itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from report_samples import BLOCKS, MISS, REFERENCES, TOOL, audit, report

from auditor.model import Run
from claims.model import Examination
from reports.building import report_of
from reports.errors import UnreadableReport
from reports.json_report import render, report_at, report_from
from reports.look import Look

SCHEMA = json.loads(Path(__file__).parents[1].joinpath("docs/report.schema.json").read_text(encoding="utf-8"))


def as_json(*outcomes: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(render(report(*outcomes), Look()))
    jsonschema.validate(body, SCHEMA)
    return body


def test_every_report_keeps_to_the_published_schema() -> None:
    as_json(audit(), MISS, audit(url="https://example.org/", fetched_at="2026-11-01T00:00:00Z"))


def test_a_report_of_nothing_keeps_to_the_schema() -> None:
    assert as_json(audit(examination=Examination((), ())))["references"] == {}


def test_a_file_has_no_url() -> None:
    assert as_json()["audits"][0]["url"] is None


def test_a_missed_page_has_a_reason_and_nothing_that_reads_as_a_verdict() -> None:
    assert as_json(MISS)["audits"] == [
        {
            "input": "https://example.org/gone",
            "status": "failed",
            "reason": {"code": "fetch/status", "message": "the server answered 404"},
        }
    ]


def test_quotes_are_exactly_the_text_of_their_place() -> None:
    page = as_json()["audits"][0]
    for entry in (*page["claims"], *page["findings"]):
        if entry["block"] is not None:
            assert page["blocks"][entry["block"]]["text"][entry["start"] : entry["end"]] == entry["quote"]


def test_a_finding_about_the_whole_page_has_no_place() -> None:
    finding = as_json()["audits"][0]["findings"][-1]
    assert (finding["block"], finding["start"], finding["end"]) == (None, None, None)


def test_only_cited_references_are_in_the_report() -> None:
    assert list(as_json()["references"]) == ["no-permanent-cure", "root-first-segment"]


def test_an_unseen_source_stays_marked_so() -> None:
    sources = as_json()["references"]["no-permanent-cure"]["sources"]
    assert [source["verified"] for source in sources] == [True, False]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert render(report(), Look()) == render(report(), Look(width=40, colour=True))


def test_a_report_reads_back_as_itself() -> None:
    assert report_from(render(report(audit(), MISS), Look())) == report(audit(), MISS)


def test_a_run_cut_short_says_so() -> None:
    assert not report_of(Run((audit(),), complete=False), TOOL, REFERENCES).complete


def test_offsets_hold_in_text_that_utf8_cannot_carry() -> None:
    blocks = (replace(BLOCKS[0], text="\ud800 " + BLOCKS[0].text), *BLOCKS[1:])
    text = render(report(audit(source="caf\udce9.md", article=replace(audit().article, blocks=blocks))), Look())
    block = json.loads(text.encode())["audits"][0]["blocks"][0]
    assert len(block["text"]) == len(blocks[0].text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a JSON report"),
        ("[1]", "is not a JSON report"),
        ("{}", "schema_version is null"),
        ('{"schema_version": "2"}', 'schema_version is "2"'),
        ('{"schema_version": "1"}', "complete: Field required"),
        ("[" * 100_000, "is not a JSON report"),
    ],
)
def test_anything_else_is_turned_down_on_one_line(text: str, said: str) -> None:
    with pytest.raises(UnreadableReport, match=said) as caught:
        report_from(text)
    assert "\n" not in str(caught.value)


def test_a_place_outside_the_text_is_turned_down() -> None:
    body = as_json()
    body["audits"][0]["claims"][0]["end"] = 10_000
    with pytest.raises(UnreadableReport, match=r"audits\.0"):
        report_from(json.dumps(body))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match=r"gone\.json: cannot be read: No such file"):
        report_at(str(tmp_path / "gone.json"))
