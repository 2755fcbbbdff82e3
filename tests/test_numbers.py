"""Figures with their units, whatever words a page puts them in."""

import pytest

from claims.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There are 31 pairs of spinal nerves.", {(31.0, "pair")}),
        ("Thirty-one pairs leave the spine.", {(31.0, "pair")}),
        ("Four of the pairs are sacral.", {(4.0, "pair")}),
        ("There are 1,000 pairs, it says.", {(1000.0, "pair")}),
        ("It takes 2,5 weeks.", {(2.5, "week")}),
        ("We have 8 cervical nerves.", {(8.0, "cervical")}),
        ("It settles in six to twelve weeks.", {(6.0, "week"), (12.0, "week")}),
        ("It settles in 6-12 weeks.", {(6.0, "week"), (12.0, "week")}),
        ("About 60 to 70 % recover.", {(60.0, "%"), (70.0, "%")}),
        ("Between 60 and 70 per cent recover.", {(60.0, "%"), (70.0, "%")}),
        ("Nine in ten recover.", {(90.0, "%")}),
        ("One in two recovers.", {(50.0, "%")}),
        ("99 in a hundred of the patients recover.", {(99.0, "%")}),
        ("Half of people recover.", {(50.0, "%")}),
        ("Two thirds of patients recover.", {(67.0, "%")}),
    ],
)
def test_a_figure_is_found_with_its_unit(text: str, found: set[tuple[float, str]]) -> None:
    assert set(numbers_in(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Half of a disc is jelly.",
        "Every one of the lumbar roots has room.",
        "Wait half an hour.",
        "L5 and S1",
        "Read page 12.",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert numbers_in(text) == ()


def test_vertebrae_of_the_neck_are_no_nerves_of_the_neck() -> None:
    assert numbers_in("There are 7 cervical vertebrae.") == ((7.0, "cervical vertebra"),)
