"""Anatomy, herb, substance or unclear: what “nerve root” means from the clause, the back-reference and the page."""

import pytest

from claims.data import toml_at
from claims.language import sentences_of
from claims.model import BlockKind, Passage, Sense
from claims.senses import FILE, fires, own_sense, senses_of

GROUPS = {name: entry for name, entry in toml_at(FILE).items() if name != "words"}


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


@pytest.mark.parametrize(("group", "text"), [(name, text) for name, e in GROUPS.items() for text in e["fires"]])
def test_a_group_of_patterns_fires_on_its_examples(group: str, text: str) -> None:
    assert fires(group, text)


@pytest.mark.parametrize(("group", "text"), [(name, text) for name, e in GROUPS.items() for text in e["quiet"]])
def test_a_group_of_patterns_is_quiet_on_its_near_misses(group: str, text: str) -> None:
    assert not fires(group, text)


@pytest.mark.parametrize(
    "text",
    [
        "Nerve root is not a supplement.",
        "A nerve root is living tissue and not a food.",
        "Heat heals the nerve root.",
        "A healthy nerve root improves the way you walk.",
        "Nerve root is an important part of the body.",
        "There is no such thing as a nerve root supplement.",
    ],
)
def test_what_only_looks_like_a_substance_is_anatomy(text: str) -> None:
    assert senses(text) == [Sense.ANATOMY]


@pytest.mark.parametrize(
    "after",
    [
        "It is normal to feel a little sore.",
        "When a disc presses on a root, it hurts.",
        "If you go numb between the legs, go to hospital.",
        "Swimming keeps the back supple.",
    ],
)
def test_what_speaks_of_something_else_is_not_carried_along(after: str) -> None:
    assert senses("Nerve root is a gift of nature.", after)[1] is not Sense.SUBSTANCE


@pytest.mark.parametrize(
    "text", ["Morning two capsules on an empty stomach", "Removes toxins from the blood", "One glass a day"]
)
def test_items_of_a_page_on_a_substance_speak_of_it(text: str) -> None:
    assert senses("Benefits of nerve root", "Nerve root is a natural remedy.", text)[2] is Sense.SUBSTANCE


def test_a_mass_noun_is_a_substance_only_on_a_page_that_makes_it_one() -> None:
    assert senses("Nerve root is known to all.", "The nerve roots leave the spine.")[0] is Sense.ANATOMY
    assert senses("Nerve root is known to all.", "Take nerve root every day.")[0] is Sense.SUBSTANCE


def test_the_folk_name_on_an_herb_page_is_the_herb() -> None:
    found = senses("Lady's slipper is an orchid.", "The orchid grows in woods.", "Nerve root was once in every shop.")
    assert found == [Sense.HERB, Sense.HERB, Sense.HERB]


def test_an_article_alone_is_no_proof_of_anatomy_on_a_page_that_sells() -> None:
    found = senses("Buy our nerve root coffee.", "Each cup holds a whole nerve root.", "So the nerve root wakes you.")
    assert found == [Sense.SUBSTANCE, Sense.SUBSTANCE, Sense.SUBSTANCE]


def test_one_slip_does_not_turn_a_page_of_anatomy_into_a_shop() -> None:
    page = ["The nerve root leaves the spine.", "The nerve root serves a limb.", "Take nerve root daily."]
    assert senses(*page)[:2] == [Sense.ANATOMY, Sense.ANATOMY]
