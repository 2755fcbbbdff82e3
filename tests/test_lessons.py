"""What the encoder is taught with: every sentence once an epoch, folds apart, words exchanged only where said."""

import random
from typing import Any

import pytest

from claims.training.lessons import FOLDS, HIDDEN, Lesson, Lessons, Manner
from claims.weighing.pages import model

PIECES = model().pieces
(ROOT,), (PAIN,) = PIECES.of("root", 1), PIECES.of("pain", 1)
SIZE = 300  # pieces of a batch


def unit(quote: str, *, claim: bool = True) -> dict[str, Any]:
    return {
        "quote": quote,
        "topic": "nerve-root",
        "claim": claim,
        "stance": "asserted",
        "verdict": "supported",
        "flags": [],
    }


def page(number: int) -> dict[str, Any]:
    lines = [f"Sentence {line} of page {number} says that a root aches." for line in range(5)]
    units = [unit(f"Heading {number}", claim=False), *map(unit, lines)]
    return {"title": "Roots", "text": "\n\n".join([f"# Heading {number}", *lines]), "units": units}


PAGES = [page(number) for number in range(FOLDS)]
SETS = [[unit(f"Loose {number} of set {name}: the root aches.") for number in range(3)] for name in range(FOLDS)]


def read(manner: Manner, *, by_fold: bool = False, seed: int = 3) -> list[list[Lesson]]:
    return Lessons(PAGES, SETS, PIECES, manner).batches(random.Random(seed), SIZE, by_fold=by_fold)


def quotes(batches: list[list[Lesson]]) -> list[str]:
    return sorted(unit["quote"] for batch in batches for lesson in batch for unit in lesson.units if "quote" in unit)


def test_every_sentence_is_answered_for_once_an_epoch() -> None:
    expected = sorted(unit["quote"] for units in (*(page["units"] for page in PAGES), *SETS) for unit in units)
    assert quotes(read(Manner(loose=1.0))) == expected


def test_every_sentence_has_a_place_in_its_window() -> None:
    lessons = [lesson for batch in read(Manner(loose=1.0)) for lesson in batch]
    assert all(len(lesson.window.stretches) == len(lesson.units) for lesson in lessons)


def test_a_batch_is_no_larger_than_it_may_be() -> None:
    batches = read(Manner(loose=1.0))
    assert all(len(batch) * max(len(lesson.window.pieces) for lesson in batch) <= SIZE for batch in batches)


@pytest.mark.parametrize("fold", range(FOLDS))
def test_what_is_left_out_is_not_read(fold: int) -> None:
    found = quotes(read(Manner(loose=1.0, without=fold)))
    assert len(found) == (FOLDS - 1) * 9
    assert not any(f"ing {fold}" in quote or f"page {fold}" in quote or f"set {fold}" in quote for quote in found)


def test_a_batch_for_one_teacher_holds_one_fold() -> None:
    assert all(len({lesson.fold for lesson in batch}) == 1 for batch in read(Manner(loose=1.0), by_fold=True))


def test_words_are_exchanged_in_disturbed_windows_alone() -> None:
    undisturbed = read(Manner(loose=1.0, neighbours={ROOT: [PAIN]}))
    disturbed = read(Manner(loose=1.0, disturbed=1.0, neighbours={ROOT: [PAIN]}))
    assert not any(PAIN in lesson.window.pieces or lesson.is_disturbed for batch in undisturbed for lesson in batch)
    assert any(PAIN in lesson.window.pieces for batch in disturbed for lesson in batch)
    assert all(lesson.is_disturbed for batch in disturbed for lesson in batch)


def test_some_words_are_hidden() -> None:
    assert any(HIDDEN in lesson.window.pieces for batch in read(Manner()) for lesson in batch)


def test_a_shortened_page_leaves_lines_out() -> None:
    short = [len(quotes(read(Manner(loose=0.0, shortened=1.0), seed=seed))) for seed in range(8)]
    assert min(short) < 6 * FOLDS and min(short) > 0


def test_a_lone_sentence_is_read_once_more_by_itself_unless_it_points_back() -> None:
    lessons = [lesson for batch in read(Manner(loose=0.0, lone=1.0)) for lesson in batch]
    alone = [lesson.units[0]["quote"] for lesson in lessons if len(lesson.units) == 1]
    assert sorted(alone) == sorted(unit["quote"] for page in PAGES for unit in page["units"] if unit["claim"])
    pointing = {**page(0), "units": [unit("It is where the root of a nerve aches most of all.")]}
    pointing["text"] = pointing["units"][0]["quote"]
    (batch,) = Lessons([pointing], [], PIECES, Manner(loose=0.0, lone=1.0)).batches(
        random.Random(3), SIZE, by_fold=False
    )
    assert len(batch) == 1


def test_the_same_seed_reads_the_same() -> None:
    assert read(Manner(loose=0.5, shortened=0.5)) == read(Manner(loose=0.5, shortened=0.5))
