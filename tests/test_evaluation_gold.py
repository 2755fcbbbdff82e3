"""Labelled pages are read whole, or refused with the place and the cure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_samples import HEADING, SOUND, WRONG, unit

from auditor.errors import InputMissing
from auditor.evaluation.auditing import outcomes_of
from auditor.evaluation.gold import gold_set
from auditor.model import Audit, Skipped
from claims.errors import DataError

PAGE: dict[str, Any] = {
    "id": "p1",
    "text": f"{HEADING}\n\n{SOUND} {WRONG}",
    "units": [unit(HEADING), unit(SOUND, "supported")],
}


def written(folder: Path, *lines: object) -> str:
    file = folder / "gold.jsonl"
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    return str(file)


def with_unit(**labels: Any) -> dict[str, Any]:
    return PAGE | {"units": [PAGE["units"][0], PAGE["units"][1] | labels]}


def without(field: str) -> dict[str, Any]:
    return {name: value for name, value in PAGE.items() if name != field}


def test_pages_of_several_files_are_one_set_with_their_hashes(tmp_path: Path) -> None:
    first = written(tmp_path, PAGE, "", PAGE | {"id": "p2"})
    second = tmp_path / "more.jsonl"
    second.write_bytes(b"\xef\xbb\xbf" + json.dumps(PAGE | {"id": "p3"}).encode())
    found = gold_set([first, str(second), first])
    assert [page.id for page in found.pages] == ["p1", "p2", "p3"]
    assert [(file.file, file.pages, len(file.sha256)) for file in found.files] == [(first, 2, 64), (str(second), 1, 64)]


def test_a_line_separator_inside_a_text_does_not_end_the_line(tmp_path: Path) -> None:
    line = json.dumps(PAGE | {"text": PAGE["text"] + " \u2028 More."}, ensure_ascii=False)
    assert len(gold_set([written(tmp_path, line)]).pages) == 1


def test_other_fields_are_left_alone(tmp_path: Path) -> None:
    assert gold_set([written(tmp_path, PAGE | {"title": "T", "units": [unit(SOUND, "supported", sure=True)]})]).pages


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "gold.jsonl:2: is not JSON: "),
        ("[1]", "gold.jsonl:2: is not a labelled page"),
        ("[" * 100_000, "gold.jsonl:2: is not JSON"),
        (without("units"), "gold.jsonl:2: units: Field required"),
        (without("id"), "gold.jsonl:2: id: Field required"),
        (without("text"), "gold.jsonl:2: text: a page has its text, or names its file"),
        (PAGE | {"file": "gone.html"}, "gold.jsonl:2: file: gone.html does not exist in "),
        (PAGE | {"page_flags": ["page/no-autor"]}, "gold.jsonl:2: page_flags: “page/no-autor” is no rule"),
        (with_unit(verdict="suported"), "gold.jsonl:2: units.2.verdict: “suported” is not one of 'supported', "),
        (with_unit(verdict="none"), "gold.jsonl:2: units.2.verdict: a claim of topic nerve-root has a verdict"),
        (with_unit(claim=False), "gold.jsonl:2: units.2.verdict: only a claim of topic nerve-root or herb"),
        (with_unit(topic="other"), "gold.jsonl:2: units.2.verdict: only a claim of topic nerve-root or herb"),
        (with_unit(topic="orchid"), "gold.jsonl:2: units.2.topic: “orchid” is not one of"),
        (with_unit(claim="yes"), "gold.jsonl:2: units.2.claim: "),
        (with_unit(stance="said"), "gold.jsonl:2: units.2.stance: “said” is not one of"),
        (with_unit(flags=["promo/cured"]), "gold.jsonl:2: units.2.flags: “promo/cured” is no rule of promo or safety"),
        (
            with_unit(flags=["page/no-date"]),
            "gold.jsonl:2: units.2.flags: “page/no-date” is no rule of promo or safety",
        ),
        (with_unit(quote="Words from elsewhere."), "gold.jsonl:2: units.2.quote: these words do not stand in the text"),
        (PAGE | {"id": "first"}, "gold.jsonl:2: id: “first” is also the id of "),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_field(tmp_path: Path, line: object, said: str) -> None:
    with pytest.raises(DataError) as error:
        gold_set([written(tmp_path, PAGE | {"id": "first"}, line)])
    assert said in str(error.value) and "\n" not in str(error.value)


def test_bytes_that_are_no_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_bytes(json.dumps(PAGE).encode() + b"\n\xff\xfe{}\n")
    with pytest.raises(DataError, match=r"gold\.jsonl:2: is not JSON"):
        gold_set([str(tmp_path / "gold.jsonl")])


def test_a_set_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no labelled page"):
        gold_set([written(tmp_path, "")])


@pytest.mark.parametrize("name", ["gone.jsonl", ".", "x" * 300, "nul\0"])
def test_a_file_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(InputMissing, match="cannot be read"):
        gold_set([name])


def test_a_text_is_audited_as_a_markdown_file_under_the_id_of_its_page(tmp_path: Path) -> None:
    heading = unit("Roots of nerves")
    text = f"# Roots of nerves\n\n{SOUND}\n"
    pages = gold_set([written(tmp_path, PAGE | {"id": "../odd id", "text": text, "units": [heading]})]).pages
    (outcome,) = outcomes_of(pages)
    assert isinstance(outcome, Audit) and outcome.source == "../odd id"
    assert [block.kind.value for block in outcome.article.blocks] == ["heading", "paragraph"]


def test_a_file_is_audited_from_beside_the_gold_file(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<html><body><p>{SOUND}</p></body></html>", "utf-8")
    line = without("text") | {"file": "page.html", "units": [unit(SOUND, "supported")]}
    (outcome,) = outcomes_of(gold_set([written(tmp_path, line)]).pages)
    assert isinstance(outcome, Audit) and outcome.article.blocks[0].text == SOUND


def test_a_page_that_fails_is_skipped_and_the_next_one_audited(tmp_path: Path) -> None:
    empty = PAGE | {"id": "empty", "text": " ", "units": []}
    outcomes = list(outcomes_of(gold_set([written(tmp_path, empty, PAGE)]).pages))
    assert isinstance(outcomes[0], Skipped) and outcomes[0].source == "empty"
    assert isinstance(outcomes[1], Audit)
