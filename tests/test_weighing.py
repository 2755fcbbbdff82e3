"""The encoder gives every sentence of a page its chances, whatever the text; broken weights are told on one line."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.errors import DataError
from claims.examine import examine
from claims.extraction import readings_of
from claims.language import Sentence, sentences_of
from claims.model import BlockKind, PageFacts, Passage, Span, Stance, Verdict
from claims.references import reference_set
from claims.rules.load import rule_set
from claims.weighing.cuts import likeliest
from claims.weighing.hearing import stance_on
from claims.weighing.pages import (
    MOST_OF_TITLE,
    WINDOW,
    Chances,
    chances_on,
    lines_of,
    model,
    model_at,
    title_of,
    windows_of,
)
from claims.weighing.pieces import Pieces, words_of

PAGE = (
    (BlockKind.HEADING, "Sciatica"),
    (BlockKind.PARAGRAPH, "Most people with sciatica get better within weeks."),
    (BlockKind.LIST_ITEM, "Our wonder oil cures a pinched nerve root for good."),
)
ANY_TEXT = st.text(st.characters(), max_size=60) | st.text("\ud800\udfff😀é\u0301漢\u200b\0 ##[MASK]", max_size=60)


def sentence(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Sentence:
    return Sentence(Span(0, 0, len(text)), kind, text, (), ())


def page(*lines: tuple[BlockKind, str]) -> list[Sentence]:
    return [sentence(text, kind) for kind, text in lines]


def numbers_in(chances: Chances) -> list[float]:
    return [
        chances.claim,
        chances.reference[1],
        *chances.verdicts.values(),
        *chances.stances.values(),
        *chances.flags.values(),
    ]


def test_the_same_page_gives_the_same_chances_twice() -> None:
    assert chances_on(page(*PAGE)) == chances_on(page(*PAGE))


def test_the_chances_of_the_verdicts_sum_to_one() -> None:
    assert all(math.isclose(sum(found.verdicts.values()), 1, abs_tol=1e-5) for found in chances_on(page(*PAGE)))


def test_a_page_without_sentences_has_no_chances() -> None:
    assert chances_on([]) == ()


def test_a_promise_is_less_likely_to_be_sound_than_the_natural_course() -> None:
    _, course, promise = chances_on(page(*PAGE))
    assert promise.verdicts[Verdict.SUPPORTED] < course.verdicts[Verdict.SUPPORTED]
    assert course.reference[0] == "most-improve-without-surgery"


def test_the_encoder_knows_every_reference_and_no_other() -> None:
    assert set(model().labels.references) == reference_set().references.keys()


def test_every_flag_that_the_encoder_can_raise_is_a_rule() -> None:
    assert set(model().labels.flags) <= rule_set().rules.keys()


def test_a_page_longer_than_a_window_is_split_and_every_sentence_gets_its_chances() -> None:
    sentences = page(*PAGE) + [sentence(f"Root {number} of the neck leads to the arm.") for number in range(90)]
    known = model()
    windows = list(windows_of(lines_of(sentences, known.pieces), title_of(sentences, known.pieces)))
    assert len(windows) > 1
    assert all(len(window.pieces) <= WINDOW for window in windows)
    assert len(chances_on(sentences)) == len(sentences)


def test_a_sentence_longer_than_a_window_gets_its_chances() -> None:
    (found,) = chances_on([sentence("root " * 2_000)])
    assert all(map(math.isfinite, numbers_in(found)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(BlockKind), ANY_TEXT), min_size=1, max_size=6))
def test_any_text_gives_finite_chances(lines: list[tuple[BlockKind, str]]) -> None:
    found = chances_on(page(*lines))
    assert len(found) == len(lines)
    assert all(0 <= number <= 1.0001 for chances in found for number in numbers_in(chances))


@pytest.mark.parametrize("content", [None, b"", b"no archive", b"PK\x03\x04 broken"], ids=str)
def test_missing_or_broken_weights_are_told_on_one_line(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"^encoder\.npz: cannot be read; make it again with .*train_encoder`$"):
        model_at(path)


def test_weights_without_a_vocabulary_are_told_on_one_line(tmp_path: Path) -> None:
    np.savez(tmp_path / "encoder.npz", words=np.zeros((1, 1), np.int8))
    with pytest.raises(DataError, match=r"^encoder\.npz: cannot be read"):
        model_at(tmp_path / "encoder.npz")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nerve-root pain!", ["nerve", "-", "root", "pain", "!"]),
        ("Café “déjà”", ["cafe", "“", "deja", "”"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("漢字 it", ["漢", "字", "it"]),
        ("", []),
    ],
)
def test_words_are_cut_as_the_encoder_learnt_them(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_the_longest_piece_comes_first_and_what_cannot_be_spelled_is_unknown() -> None:
    pieces = Pieces(["root", "##let", "##s", "ro", *(f"[{number}]" for number in range(200))])
    assert pieces.of("rootlets q root", 9) == [0, 1, 2, 100, 0]
    assert pieces.of("root root root", 2) == [0, 0]


def test_a_problem_is_named_only_where_it_is_likely_enough() -> None:
    rest = dict.fromkeys((Verdict.OVERSTATED, Verdict.UNSUPPORTED, Verdict.CATEGORY_ERROR), 0.0)
    below, above = 0.69, 0.71
    assert likeliest({Verdict.SUPPORTED: 1 - below, Verdict.REFUTED: below, **rest}, 0.7) is Verdict.SUPPORTED
    assert likeliest({Verdict.SUPPORTED: 1 - above, Verdict.REFUTED: above, **rest}, 0.7) is Verdict.REFUTED


def test_a_window_is_never_longer_than_the_places_that_the_encoder_knows() -> None:
    sentences = [sentence("compression " * 200) for _ in range(6)]
    known = model()
    windows = windows_of(lines_of(sentences, known.pieces), known.pieces.of("root " * 60, MOST_OF_TITLE))
    assert all(len(window.pieces) <= len(known.encoder.weights["places"]) for window in windows)


def test_a_figure_that_a_reference_checks_is_ruled_on_by_the_reference() -> None:
    passages = [
        Passage(BlockKind.HEADING, "Sciatica"),
        Passage(BlockKind.PARAGRAPH, "There are 33 pairs of spinal nerves."),
    ]
    verdicts = [judgement.verdict for judgement in examine(passages, PageFacts()).judgements]
    assert Verdict.REFUTED in verdicts


def test_a_right_figure_does_not_vouch_for_the_rest_of_its_sentence() -> None:
    text = "A spoon of syrup makes all thirty-one pairs of spinal nerves young again."
    (judgement,) = examine([Passage(BlockKind.PARAGRAPH, text)], PageFacts()).judgements
    assert (judgement.verdict, judgement.evidence[0].reference) == (Verdict.UNSUPPORTED, "product-regenerates-roots")


@pytest.mark.parametrize(
    ("lead", "verdict"),
    [
        ("Such blends have not been shown to:", Verdict.SUPPORTED),
        ("In the hills such blends are said to:", Verdict.NOT_JUDGED),
        ("Such blends have been developed to:", Verdict.UNSUPPORTED),
    ],
)
def test_the_items_of_a_list_are_judged_with_their_lead_in(lead: str, verdict: Verdict) -> None:
    items = [Passage(BlockKind.LIST_ITEM, text) for text in ("ease sciatica", "repair a nerve root")]
    found = examine([Passage(BlockKind.PARAGRAPH, lead), *items], PageFacts()).judgements
    assert [judgement.verdict for judgement in found] == [verdict] * 2  # the lead-in is no claim of its own


def test_a_lead_in_that_denies_one_thing_and_promises_another_denies_no_item() -> None:
    lead = Passage(BlockKind.PARAGRAPH, "They have not been shown to do harm, and can:")
    _, item = readings_of(sentences_of([lead, Passage(BlockKind.LIST_ITEM, "ease sciatica")]))
    assert item.lead_in is None


def test_a_denial_whose_figure_stays_unclear_is_judged_by_the_encoder() -> None:
    text = "Three in four people with sciatica are no better off after a year than they were at the start."
    (judgement,) = examine([Passage(BlockKind.PARAGRAPH, text)], PageFacts()).judgements
    assert judgement.claim.quote == text and judgement.verdict is not Verdict.UNVERIFIED


@pytest.mark.parametrize(
    ("text", "heard", "stance"),
    [
        ("The word in the waiting room was that a crooked hip starves the root.", Stance.REPORTED, Stance.REPORTED),
        ("A herniated disc is a common cause of sciatica.", Stance.ASSERTED, Stance.ASSERTED),
        ("Some say that the root of the matter is a worn disc.", Stance.ASSERTED, Stance.ASSERTED),
    ],
)
def test_whose_words_a_sentence_gives_is_heard_by_the_encoder_too(text: str, heard: Stance, stance: Stance) -> None:
    (reading,) = readings_of([sentence(text)])
    (told,) = chances_on([sentence(text)])
    sure = {other: 0.98 if other is heard else 0.01 for other in Stance}
    assert stance_on(reading, replace(told, stances=sure)) is stance


def test_a_lone_sentence_is_read_as_if_it_had_no_heading() -> None:
    lone = "A herniated disc often shrinks on its own."
    assert (
        chances_on(page((BlockKind.HEADING, "Sciatica"), (BlockKind.PARAGRAPH, lone)))[1]
        == chances_on(page((BlockKind.PARAGRAPH, lone)))[0]
    )
