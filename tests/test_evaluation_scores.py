"""The figures are those of the scoring program that the gold pages came with."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from report_samples import TOOL

from auditor.evaluation.auditing import outcomes_of
from auditor.evaluation.evaluating import figures_of
from auditor.evaluation.gold import GoldPage, gold_set
from auditor.evaluation.model import Figures
from auditor.model import Outcome, Run
from claims.references import reference_set
from reports.building import report_of

SCORE = Path(__file__).parents[2] / "shared/gold/score.py"
GOLD = Path(__file__).parent / "fixtures/evaluation/small.jsonl"
RATES = ("precision", "recall", "f1", "n")

pytestmark = pytest.mark.skipif(not SCORE.exists(), reason="the scoring program is not here")


@pytest.fixture(scope="module")
def both() -> tuple[Figures, dict[str, Any]]:
    """Our figures and the program's, from the same audits."""
    pages = gold_set([str(GOLD)]).pages
    outcomes = tuple(outcomes_of(pages))
    return figures_of(pages, outcomes), score(pages, outcomes)


def score(pages: tuple[GoldPage, ...], outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("score", SCORE)
    assert spec and spec.loader
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    named = tuple(
        replace(outcome, source=page.file or f"{page.id}.md") for page, outcome in zip(pages, outcomes, strict=True)
    )
    report = report_of(Run(named), TOOL, reference_set().references)
    labelled = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    result: dict[str, Any] = program.score(labelled, report.model_dump(mode="json"))
    return result


def ours(figures: Figures) -> dict[str, Any]:
    """Our figures under the names that the program gives them; it says 0 where we say that nothing is known."""
    return {
        "pages": figures.pages,
        "failed": [miss.page for miss in figures.not_audited],
        "units": figures.units,
        "claim_detection": figures.claim_detection,
        "verdict": {
            "accuracy": figures.verdict.accuracy or 0,
            "macro_f1": figures.verdict.macro_f1 or 0,
            "per_class": figures.verdict.per_class,
        },
        "alarm": figures.alarm,
        "false_alarms_per_1000_words_on_reputable_pages": figures.reputable.per_1000_words,
        "stance_accuracy": figures.stance.accuracy or 0,
        "flags": {
            "micro_f1": figures.flags.micro.f1,
            "per_flag": {rule: each.rates for rule, each in figures.flags.per_flag.items()},
        },
        "page_flags": figures.page_flags,
        "reference_hit": figures.reference_hit.share or 0,
        "calibration": {
            "n": figures.calibration.n,
            "brier": figures.calibration.brier or 0,
            "ece": figures.calibration.ece or 0,
        },
    }


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number in nested figures, with the way to it."""
    if hasattr(value, "precision"):
        value = {name: getattr(value, name) for name in RATES}
    if isinstance(value, dict):
        for name, each in value.items():
            yield from numbers(each, f"{path}/{name}")
    else:
        yield path, value


def test_every_figure_is_the_scoring_programs(both: tuple[Figures, dict[str, Any]]) -> None:
    figures, theirs = both
    theirs = {name: value for name, value in theirs.items() if name != "misses"}
    expected = dict(numbers(theirs))
    found = dict(numbers(ours(figures)))
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name] == (value if isinstance(value, list) else pytest.approx(value, abs=1e-9)), name


def test_the_misses_are_the_scoring_programs(both: tuple[Figures, dict[str, Any]]) -> None:
    figures, theirs = both
    judged = {"supported", "overstated", "unsupported", "refuted", "category_error"}
    assert [
        (miss.quote, miss.gold, miss.got if miss.got in judged else "none", list(miss.got_flags), miss.why)
        for miss in figures.misses
    ] == [(miss["quote"], miss["gold"], miss["got"], miss["got_flags"], miss["why"]) for miss in theirs["misses"]]


def test_the_labelled_pages_put_every_figure_to_the_test(both: tuple[Figures, dict[str, Any]]) -> None:
    figures, _ = both
    assert all(each.value is not None for each in figures.headline.values())
    assert figures.page_flags and len(figures.kinds) > 3
