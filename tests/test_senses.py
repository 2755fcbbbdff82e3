"""Anatomy, herb, substance or unclear: what “nerve root” means from the clause, the back-reference and the page."""

import pytest

from claims.language import sentences_of
from claims.model import BlockKind, Passage, Sense
from claims.senses import own_sense, senses_of


def senses(*texts: str) -> list[Sense]:
    passages = [Passage(BlockKind.PARAGRAPH, text) for text in texts]
    return [reading.sense for reading in senses_of(sentences_of(passages))]


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("Nerve roots leave the spine through the foramina.", Sense.ANATOMY),
        ("A nerve-root block can ease leg pain for a while.", Sense.ANATOMY),
        ("Small blood vessels nourish each nerve root.", Sense.ANATOMY),
        ("The nerve root feeds signals to the arm.", Sense.ANATOMY),
        ("Cypripedium was once called nerve root.", Sense.HERB),
        ("Lady’s slipper is sold as a calming herb.", Sense.HERB),
        ("The wonders of nerve root are many.", Sense.SUBSTANCE),
        ("Take nerve root daily with warm milk.", Sense.SUBSTANCE),
        ("Nerve root extract is rich in antioxidants.", Sense.SUBSTANCE),
        ("Our nerve root capsules are vegan.", Sense.SUBSTANCE),
    ],
)
def test_a_clause_gives_nerve_root_its_sense(text: str, sense: Sense) -> None:
    assert senses(text) == [sense]


@pytest.mark.parametrize(
    "text", ["A root canal needs a dentist.", "Find the root cause.", "The root chakra glows red."]
)
def test_other_roots_are_not_nerve_roots(text: str) -> None:
    assert own_sense(text) is None


def test_a_back_reference_takes_the_sense_of_what_it_points_to() -> None:
    found = senses("I love the wonders of nerve root.", "This incredible natural substance has so many benefits.")
    assert found == [Sense.SUBSTANCE, Sense.SUBSTANCE]


def test_a_back_reference_says_what_it_points_to() -> None:
    passages = [Passage(BlockKind.PARAGRAPH, "Take nerve root every day. It contains seven minerals.")]
    reading = senses_of(sentences_of(passages))[1]
    assert reading.refers_to is not None
    assert "Take nerve root every day." in reading.refers_to


def test_plain_anatomy_on_a_substance_page_stays_anatomy() -> None:
    found = senses("Nerve root is a gift of nature.", "When a disc compresses the nerve roots, the leg hurts.")
    assert found == [Sense.SUBSTANCE, Sense.ANATOMY]


@pytest.mark.parametrize(
    "text", ["Take nerve­ root daily.", "Take nerve  root daily.", "Take nerve‑root daily.", "TAKE NERVE ROOT DAILY."]
)
def test_spelling_and_invisible_characters_do_not_hide_a_sense(text: str) -> None:
    assert senses(text) == [Sense.SUBSTANCE]
