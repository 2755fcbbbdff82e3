"""Readings: whose words they are, what each denial reaches, and which concepts stand where in a frame."""

import pytest

from claims.extraction import Reading, is_topical, readings_of
from claims.language import sentences_of
from claims.model import BlockKind, Frame, Passage, Polarity, Stance
from claims.topicality import may_be_topical


def readings(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[Reading, ...]:
    return readings_of(sentences_of([Passage(kind, text) for text in texts]))


def frame(text: str, relation: str) -> Frame:
    (reading,) = readings(text)
    return next(frame for frame in reading.frames if frame.relation == relation)


def stances(*passages: tuple[BlockKind, str]) -> list[Stance]:
    return [r.stance for r in readings_of(sentences_of([Passage(kind, text) for kind, text in passages]))]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Sciatica is a symptom, not a disease.", "is-a"),
        ("The root carries orders and not feeling.", "carries"),
        ("Gentle exercise rather than bed rest eases sciatica.", "relieves"),
        ("Sciatica is not a disease but a symptom.", "is-a"),
    ],
)
def test_a_contrast_denies_only_what_follows_it(text: str, relation: str) -> None:
    assert frame(text, relation).polarity is Polarity.POSITIVE


def test_a_contrast_denies_what_follows_it() -> None:
    assert frame("It dulls sciatica, not cures it.", "cures").polarity is Polarity.NEGATIVE


@pytest.mark.parametrize(
    ("text", "relation"),
    [("Traction makes never the pain vanish.", "cures"), ("A root problem need not be checked.", "needs-urgent-care")],
)
def test_a_denial_in_a_gap_of_a_phrase_still_denies(text: str, relation: str) -> None:
    assert frame(text, relation).polarity is Polarity.NEGATIVE


def test_a_denial_that_belongs_to_a_phrase_does_not() -> None:
    assert frame("Turmeric has no side effects.", "is-safe").polarity is Polarity.POSITIVE


def test_a_concept_within_the_words_of_a_relation_is_its_object() -> None:
    assert "side-effect" in frame("Turmeric has no side effects.", "is-safe").objects


def test_the_folk_name_stands_for_the_herb_too() -> None:
    (reading,) = readings("Nerve root was once official in the pharmacopoeia.")
    assert {"cypripedium", "nerve-root"} <= reading.concepts


HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def test_a_quoted_heading_that_the_text_denies_is_rejected() -> None:
    found = stances((HEADING, "“Bed rest heals the nerve root”"), (PARAGRAPH, "It does not, and it weakens muscles."))
    assert found == [Stance.REJECTED, Stance.ASSERTED]


def test_a_quotation_that_nothing_denies_is_the_pages_own() -> None:
    found = stances((PARAGRAPH, "“Bed rest heals the nerve root.”"), (PARAGRAPH, "Order the bed today."))
    assert found[0] is Stance.ASSERTED


def test_a_testimonial_in_quotes_is_not_rejected() -> None:
    found = stances((PARAGRAPH, "“It cured my sciatica.”"), (PARAGRAPH, "You will not regret it."))
    assert found[0] is Stance.ASSERTED


def test_what_stands_below_a_bare_myth_label_is_rejected() -> None:
    found = stances((HEADING, "Myth 3"), (PARAGRAPH, "Bed rest heals the root."), (PARAGRAPH, "Fact: it does not."))
    assert found[1:] == [Stance.REJECTED, Stance.ASSERTED]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("My neighbour swears that a hot brick heals the nerve.", Stance.REPORTED),
        ("Manufacturers suggest that negative pressure draws the disc back.", Stance.REPORTED),
        ("The rhizome was taken for nervous restlessness.", Stance.REPORTED),
        ("The rhizome was used as a sedative.", Stance.ASSERTED),
        ("It was listed in the pharmacopoeia until 1916.", Stance.ASSERTED),
        ("Experts agree that our drops heal the nerve root.", Stance.ASSERTED),
        ("It was long believed that rest heals; we now know that it does not.", Stance.REJECTED),
        ("“Every tingle wants B12” is a slogan and no more.", Stance.REJECTED),
        ("False: no food has been shown to make nerve roots grow back.", Stance.ASSERTED),
        ("If you have none of these, nothing is wrong.", Stance.ASSERTED),
    ],
)
def test_the_words_say_whose_they_are(text: str, stance: Stance) -> None:
    assert readings(text)[0].stance is stance


@pytest.mark.parametrize(
    "text",
    [
        "Nerve root injections: what patients ask us",
        "Spinal decompression at our clinic",
        "Back and leg pain? Keep this card",
        "Roots in the neck serve the arms",
        "Sore roots of the lower back",
    ],
)
def test_a_page_about_roots_that_names_none_is_topical(text: str) -> None:
    assert is_topical(text)
    assert may_be_topical(text)


@pytest.mark.parametrize("text", ["Root vegetables for the winter table", "Ten ways to back up your photographs"])
def test_a_page_about_something_else_is_not_topical(text: str) -> None:
    assert not is_topical(text)
