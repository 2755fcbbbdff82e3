"""Negation, hedge, attribution and myth frame: each cue fires where it should and is quiet where it should be."""

import pytest

from claims.cues import cue_mentions_in, cues
from claims.extraction import readings_of
from claims.language import sentences_of
from claims.model import BlockKind, Passage, Polarity, Stance


def groups_in(text: str) -> set[str]:
    return {mention.group.value for mention in cue_mentions_in(text)}


@pytest.mark.parametrize(("group", "text"), [(c.group.value, text) for c in cues() for text in c.fires])
def test_a_cue_fires_on_its_examples(group: str, text: str) -> None:
    assert group in groups_in(text)


@pytest.mark.parametrize(("group", "text"), [(c.group.value, text) for c in cues() for text in c.quiet])
def test_a_cue_is_quiet_on_its_near_misses(group: str, text: str) -> None:
    assert group not in groups_in(text)


def polarities(text: str) -> dict[str, Polarity]:
    (reading,) = readings_of(sentences_of([Passage(BlockKind.PARAGRAPH, text)]))
    return {frame.relation: frame.polarity for frame in reading.frames}


def test_a_negation_ends_with_its_clause() -> None:
    found = polarities("Although there is no evidence that massage helps, swimming opens up the foramina.")
    assert found["relieves"] is Polarity.LACKING
    assert found["makes-room"] is Polarity.POSITIVE


def test_lacking_evidence_reaches_into_the_clause_it_speaks_of() -> None:
    assert polarities("There is no evidence that turmeric cures sciatica.")["cures"] is Polarity.LACKING
    assert polarities("Turmeric cures sciatica.")["cures"] is Polarity.POSITIVE


def test_words_of_a_relation_do_not_deny_it() -> None:
    assert polarities("Our nerve root drops have no side effects.")["is-safe"] is Polarity.POSITIVE


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Massage does not cure sciatica.", Stance.ASSERTED),
        ("It may ease root pain.", Stance.ASSERTED),
        ("Some practitioners believe that massage frees the nerve root.", Stance.REPORTED),
        ("Traditionally it was used for nervous complaints.", Stance.REPORTED),
        ("Myth 3: bed rest heals the nerve root.", Stance.REJECTED),
        ("It is a myth that a disc slips out of place.", Stance.REJECTED),
    ],
)
def test_the_stance_says_whose_words_they_are(text: str, stance: Stance) -> None:
    (reading,) = readings_of(sentences_of([Passage(BlockKind.PARAGRAPH, text)]))
    assert reading.stance is stance
