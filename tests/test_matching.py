"""Which references speak to a sentence: its own concepts, what a pronoun stands for, and no support for a stranger."""

from claims.extraction import readings_of
from claims.language import sentences_of
from claims.matching import Match, matches_for
from claims.model import BlockKind, Passage


def matches(*texts: str) -> tuple[Match, ...]:
    """The matches of the last of the texts."""
    readings = readings_of(sentences_of([Passage(BlockKind.PARAGRAPH, text) for text in texts]))
    return matches_for(readings[-1])


def test_a_pronoun_stands_for_the_remedy_of_the_sentence_before() -> None:
    found = matches("Our cream is made from turmeric.", "It is totally harmless.")
    assert any(match.frame.relation == "is-safe" for match in found)


def test_a_pronoun_stands_for_no_part_of_the_body() -> None:
    assert matches("The nerve root leaves the spine.", "It is totally harmless.") == ()


def test_a_course_of_its_own_does_not_support_a_remedy() -> None:
    alone = {match.reference.id for match in matches("Most sciatica settles within weeks.")}
    credited = {match.reference.id for match in matches("The magnet bracelet ends sciatica within weeks.")}
    assert "most-improve-without-surgery" in alone
    assert "most-improve-without-surgery" not in credited


def test_what_a_contrast_denies_is_no_subject() -> None:
    (best, *_) = matches("Small blood vessels, not capsules, nourish the nerve root.")
    assert best.reference.id == "root-blood-supply"
