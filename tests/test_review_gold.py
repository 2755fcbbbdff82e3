"""What reviewers settled becomes labelled pages that `evaluate` reads, and nothing that they left open does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from report_samples import (
    CURE,
    FINDINGS,
    JUDGEMENTS,
    MIRACLE,
    NO_AUTHOR,
    REFUTED,
    SECOND,
    SUBSTANCE,
    audit,
    decision,
    finding,
    report,
    span,
)

from auditor.evaluation.gold import GoldPage, gold_set
from auditor.model import Audit, Block
from auditor.reading.markdown import draft_of
from claims.model import BlockKind, Examination, Severity, Verdict
from reports.decisions import DecisionEntry
from reports.review.gold_lines import Labelled, labelled_pages

PROMISE = finding("promo/cure", Severity.ERROR, f"“{CURE}” promises a cure.", span(1, CURE), CURE, claim="c2")
PAGE = audit(examination=Examination(JUDGEMENTS, (REFUTED, PROMISE, SUBSTANCE, NO_AUTHOR)))


def labelled(*entries: DecisionEntry, page: Audit = PAGE) -> Labelled:
    return labelled_pages(report(page), entries)


def units_of(*entries: DecisionEntry, page: Audit = PAGE) -> list[dict[str, Any]]:
    lines = labelled(*entries, page=page).text.splitlines()
    return [unit for line in lines for unit in json.loads(line)["units"]]


def as_gold(made: Labelled, folder: Path) -> tuple[GoldPage, ...]:
    """The pages as `audit.py evaluate` reads them."""
    file = folder / "gold.jsonl"
    file.write_text(made.text, encoding="utf-8")
    return gold_set([str(file)]).pages


def test_a_confirmed_finding_labels_its_sentence(tmp_path: Path) -> None:
    [page] = as_gold(labelled(decision(REFUTED, "confirm"), decision(PROMISE, "confirm")), tmp_path)
    [unit] = page.units
    assert (unit.quote, unit.verdict, unit.flags) == (CURE, "refuted", {"promo/cure"})
    assert (unit.claim, unit.topic.value, unit.stance.value) == (True, "nerve-root", "asserted")
    assert unit.reference == {"no-permanent-cure"}
    assert (page.kind, page.page_flags) == ("reviewed", None)


def test_a_false_alarm_on_a_verdict_makes_it_supported_and_says_why() -> None:
    [unit] = units_of(decision(REFUTED, "false-alarm"), decision(PROMISE, "false-alarm"))
    assert (unit["verdict"], unit["flags"]) == ("supported", [])
    assert "claim/refuted false-alarm by Ana Example: the heading of a fairy tale" in unit["why"]


def test_a_sentence_with_something_open_is_left_out_and_counted() -> None:
    made = labelled(decision(REFUTED, "confirm"))
    assert (made.text, made.pages, made.units, made.left_out) == ("", 0, 0, 1)
    assert units_of(decision(REFUTED, "confirm"), decision(PROMISE, "needs-expert")) == []


def test_what_reviewers_contest_is_left_out() -> None:
    contested = [decision(SUBSTANCE, "confirm"), decision(SUBSTANCE, "false-alarm", reviewer="Ben Example")]
    assert labelled(*contested).left_out == 1


def test_a_flag_on_a_sentence_without_a_claim_labels_no_claim() -> None:
    heading = audit(examination=Examination(JUDGEMENTS, (MIRACLE,)))
    [unit] = units_of(decision(MIRACLE, "confirm"), page=heading)
    assert (unit["claim"], unit["topic"], unit["verdict"], unit["flags"]) == (False, "other", "none", ["promo/miracle"])


@pytest.mark.parametrize(
    ("verdict", "label"),
    [
        (Verdict.SUPPORTED, "supported"),
        (Verdict.NOT_JUDGED, "supported"),
        (Verdict.UNVERIFIED, None),
        (Verdict.REFUTED, None),
    ],
)
def test_a_verdict_that_nobody_saw_a_finding_on_is_the_audits_where_there_is_a_label(
    verdict: Verdict, label: str | None
) -> None:
    told = replace(JUDGEMENTS[1], verdict=verdict)
    page = audit(examination=Examination((told,), (PROMISE,)))
    assert [unit["verdict"] for unit in units_of(decision(PROMISE, "confirm"), page=page)] == ([label] if label else [])


def test_a_false_alarm_on_a_verdict_stays_one_beside_a_name_that_is_confirmed() -> None:
    name = replace(REFUTED, rule="sense/herb", fingerprint="name")
    page = audit(examination=Examination(JUDGEMENTS, (REFUTED, name)))
    [unit] = units_of(decision(REFUTED, "false-alarm"), decision(name, "confirm"), page=page)
    assert unit["verdict"] == "supported"


def test_page_flags_are_those_confirmed_where_all_are_settled(tmp_path: Path) -> None:
    settled = labelled(decision(SUBSTANCE, "confirm"), decision(NO_AUTHOR, "false-alarm"))
    [page] = as_gold(settled, tmp_path)
    assert page.page_flags == {"sense/nerve-root-as-substance"}
    [page] = as_gold(labelled(decision(SUBSTANCE, "confirm")), tmp_path)
    assert page.page_flags is None


def test_a_page_that_stands_twice_is_labelled_once(tmp_path: Path) -> None:
    made = labelled_pages(report(PAGE, PAGE), [decision(SUBSTANCE, "confirm")])
    assert len(as_gold(made, tmp_path)) == 1


def test_the_markdown_of_a_page_reads_back_as_its_blocks(tmp_path: Path) -> None:
    odd = (
        Block(BlockKind.HEADING, "# Wonders * of `roots` #", "", 1),
        Block(BlockKind.LIST_ITEM, "1. <b>First</b> | second", "", 2),
        Block(BlockKind.PARAGRAPH, SECOND, "", 3),
        Block(BlockKind.PARAGRAPH, "- [not](a list) _item_ &amp;", "", 5),
        Block(BlockKind.QUOTE, "> quoted", "", 7),
        Block(BlockKind.PARAGRAPH, "=== --- ```", "", 9),
        Block(BlockKind.PARAGRAPH, "+ 5 x", "", 9),
    )
    found = replace(SUBSTANCE, span=span(2, SECOND, odd), claim=None)
    page = audit(article=replace(audit().article, blocks=odd), examination=Examination((), (found,)))
    [gold] = as_gold(labelled(decision(found, "confirm"), page=page), tmp_path)
    read = draft_of(gold.text or "").blocks
    assert [(block.kind, block.text) for block in read] == [
        (block.kind, block.text) for block in odd if any(map(str.isalnum, block.text))
    ]


def test_every_decided_finding_is_labelled_or_left_out() -> None:
    made = labelled(*(decision(each, "confirm") for each in FINDINGS), page=audit())
    assert made.units + made.left_out == len({(each.span.block, each.span.start) for each in FINDINGS if each.span})
