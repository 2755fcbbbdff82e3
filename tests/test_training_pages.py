"""What the models learn from is well formed, and kept apart from the test pages."""

from pathlib import Path
from typing import Any

import pytest

from auditor.evaluation.gold import GoldUnit, gold_set
from claims.references import reference_set
from claims.rules.load import rule_set
from claims.training.pages import HERE, contrast_sets_in, labelled_readings, pages_in

ROOT = Path(__file__).parents[1]
PAGES, CONTRASTS = sorted(HERE.glob("train-*.jsonl")), sorted(HERE.glob("contrast-*.jsonl"))
LEAST = 25  # letters; shorter lines such as “Is it safe?” may stand on any page


def contrasts_in(*paths: Path) -> list[dict[str, Any]]:
    return [unit for units in contrast_sets_in(*paths) for unit in units]


def test_every_training_page_is_labelled_by_the_rules_of_the_gold_set() -> None:
    assert len(gold_set([str(path) for path in PAGES]).pages) == len(pages_in(*PAGES)) > 1_000


@pytest.mark.parametrize("path", CONTRASTS, ids=lambda path: path.stem)
def test_every_sentence_of_a_contrast_set_is_labelled_by_the_rules_of_the_gold_set(path: Path) -> None:
    units = [GoldUnit(**unit) for unit in contrasts_in(path)]
    assert len(units) > 500
    assert {name for unit in units for name in unit.reference} <= set(reference_set().references)


def test_a_bold_question_and_its_answer_are_two_units() -> None:
    units = [{"quote": "Do people get well?"}, {"quote": "Most do."}]
    page = {"text": "**Do people get well?** Most do.", "units": units}
    assert [unit for _, unit in labelled_readings(page)] == units


def test_a_file_holds_pages_or_contrast_sets() -> None:
    assert not contrasts_in(*PAGES)
    assert not pages_in(*CONTRASTS)


def test_the_contrast_sets_speak_of_every_reference() -> None:
    spoken_of = {name for unit in contrasts_in(*CONTRASTS) for name in unit["reference"]}
    assert spoken_of >= set(reference_set().references)


def test_every_flag_has_sentences_that_carry_it_and_some_that_do_not() -> None:
    flags = {name for name, rule in rule_set().rules.items() if rule.family == "promo"} | {"safety/replaces-care"}
    carried = {flag for unit in contrasts_in(*CONTRASTS) for flag in unit["flags"]}
    assert carried == flags


def test_no_claim_of_a_test_page_stands_among_what_the_models_learn_from() -> None:
    tests = pages_in(*(ROOT / "tests" / "gold").glob("*.jsonl"))
    learnt = {unit["quote"].lower() for page in pages_in(*PAGES) for unit in page["units"]}
    learnt |= {unit["quote"].lower() for unit in contrasts_in(*CONTRASTS)}
    shown = {unit["quote"].lower() for page in tests for unit in page["units"] if unit["claim"]}
    assert not {quote for quote in shown & learnt if len(quote) > LEAST}
