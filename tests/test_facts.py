"""Fixed facts: which root serves what, which bone it leaves above, which side carries what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.data import toml_at
from claims.errors import DataError
from claims.examine import Examination, examine
from claims.extraction import Reading, readings_of
from claims.facts.levels import BONES, ROOTS, Kind, levels_in, levels_named
from claims.facts.ruling import FactRuling, fact_ruling_on
from claims.facts.words import FILE, any_of
from claims.language import sentences_of
from claims.model import BlockKind, PageFacts, Passage, Severity, Verdict
from claims.references import FOLDER, reference_set, references_at

LOOSE = Path(__file__).parent / "fixtures" / "facts.txt"
RIGHT_ENOUGH, RULED_ENOUGH = 0.95, 0.4
REGIONS = st.sampled_from(sorted(ROOTS))
SCRAPS = st.sampled_from(
    [
        "L5",
        "C9",
        "L0",
        "C5 to",
        "T12 to C1",
        "L4/5",
        "C7/T1",
        "–S3",
        ", 4 and 5",
        "the ninth sacral root",
        "first to third",
        "the fifth to third neck roots",
        "the second root of the sacrum",
        "thumb",
        "ankle jerk",
        "disc",
        "pairs",
        "31",
        "1,000",
        "cervical",
        "dorsal root",
        "sensory",
        "not",
        "rather than",
        "does not serve",
        "leaves",
        "above",
        "between",
        ", and",
        "; while",
        "respectively",
        ".",
    ]
)


def readings_in(text: str) -> tuple[Reading, ...]:
    return readings_of(sentences_of([Passage(BlockKind.PARAGRAPH, text)]))


(READING,) = readings_in("Roots differ.")


def ruled(text: str) -> FactRuling | None:
    return next((ruling for reading in readings_in(text) if (ruling := fact_ruling_on(reading))), None)


def examined(text: str) -> Examination:
    return examine([Passage(BlockKind.PARAGRAPH, text)], PageFacts())


@pytest.mark.parametrize(
    ("text", "levels", "kind"),
    [
        ("the l5 root", "L5", Kind.ROOT),
        ("the roots c5-c6", "C5 C6", Kind.ROOT),
        ("the second, third and fourth lumbar nerves", "L2 L3 L4", Kind.ROOT),
        ("c5 to t1 form it", "C5 C6 C7 C8 T1", Kind.UNSAID),
        ("l4–s3 is the range", "L4 L5 S1 S2 S3", Kind.UNSAID),
        ("c3, 4 and 5 keep it alive", "C3 C4 C5", Kind.UNSAID),
        ("the sixth cervical vertebra", "C6", Kind.BONE),
        ("the sixth neck root", "C6", Kind.ROOT),
        ("the fourth and fifth roots of the low back", "L4 L5", Kind.ROOT),
        ("the third to fifth nerves of the neck", "C3 C4 C5", Kind.ROOT),
        ("the fifth to third lumbar roots", "L3 L4 L5", Kind.ROOT),
        ("the fifth bone of the neck", "C5", Kind.BONE),
        ("the disc between the fourth and fifth bones of the low back", "L4 L5", Kind.GAP),
        ("a herniation at l4/5", "L4 L5", Kind.GAP),
        ("the disc between l4 and l5", "L4 L5", Kind.GAP),
        ("it ends at l1–l2", "L1 L2", Kind.GAP),
    ],
)
def test_levels_are_found_with_what_bears_them(text: str, levels: str, kind: Kind) -> None:
    (found,) = levels_in(text)
    assert " ".join(f"{region.upper()}{number}" for region, number in found.levels) == levels
    assert found.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "vitamin b12",
        "c9",
        "l6",
        "t13",
        "a t1-weighted image",
        "32 patients",
        "mp3",
        "the first neck pain",
        "the second low back operation",
        "the third nerve",
    ],
)
def test_what_only_looks_like_a_level_is_none(text: str) -> None:
    assert levels_in(text) == ()


@given(REGIONS, st.integers(1, 12), st.text("abc ,.;", max_size=20))
def test_a_level_stands_where_it_is_said_to(region: str, number: int, around: str) -> None:
    text = f"{around} {region}{number} {around}"
    if number <= ROOTS[region]:
        (found,) = levels_in(text)
        assert text[found.start : found.end] == f"{region}{number}"
        assert len(found.roots) == 1
    else:
        assert not levels_in(text)


@given(REGIONS, st.integers(1, 12))
def test_a_root_is_counted_one_above_the_bone_it_leaves_under_and_with_the_bone_it_leaves_above(
    region: str, number: int
) -> None:
    if number <= BONES[region]:
        found = levels_named(f"{region.upper()}{number}")
        assert min(found.roots) == min(found.bones) + (region != "c")


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("The ankle jerk tests the S1 root.", True),
        ("The ankle jerk tests the L4 root.", False),
        ("Not C8 but C6 serves the thumb.", True),
        ("The L4 root has nothing to do with straightening the knee.", False),
        ("C6 does not serve the little finger.", True),
        ("The knee jerk and the ankle jerk test L4 and S1 respectively.", True),
        ("The knee jerk and the ankle jerk test S1 and L4 respectively.", False),
        ("A disc at L4/5 usually presses on L5.", True),
        ("A disc at L4/5 usually presses on L4.", False),
        ("A far lateral disc at L4/5 usually presses on L4.", True),
        ("The sciatic nerve arises from L4 to S3.", True),
        ("The sciatic nerve arises from L1 to L4.", False),
        ("The C6 root leaves above the sixth cervical vertebra.", True),
        ("The C6 root leaves below the sixth cervical vertebra.", False),
        ("C8 slips out between C7 and T1.", True),
        ("The L4 root leaves above the L4 vertebra.", False),
        ("Lumbar roots leave above the vertebra of the same number.", False),
        ("Dorsal roots carry sensation, ventral roots carry movement.", True),
        ("Dorsal roots carry movement.", False),
        ("The dorsal root ganglion holds the cell bodies of motor neurons.", False),
        ("In adults the spinal cord ends at about L1 or L2.", True),
        ("In adults the spinal cord ends at L5.", False),
    ],
)
def test_a_fact_is_ruled_right_or_wrong(text: str, is_right: bool) -> None:
    ruling = ruled(text)
    assert ruling is not None
    assert ruling.is_right is is_right


@pytest.mark.parametrize(
    "text",
    [
        "Does the ankle jerk test the L4 root?",
        "After the operation at L3 she woke with a stiff little finger.",
        "It is a myth that the ankle jerk is an L2 reflex.",
        "The S1 root lifts the big toe.",
        "In newborns the spinal cord ends at about L3.",
        "A disc at L4/5 can press on L4.",
        "C7 straightens the elbow and lifts the big toe.",
    ],
)
def test_what_is_asked_told_or_open_to_argument_is_not_ruled_on(text: str) -> None:
    assert ruled(text) is None


def test_of_loose_facts_that_are_ruled_on_nineteen_in_twenty_are_ruled_rightly() -> None:
    lines = [line.split("|", 1) for line in LOOSE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found: Counter[tuple[str, str]] = Counter()
    for wanted, text in lines:
        ruling = ruled(text.strip())
        found[wanted.strip(), "open" if ruling is None else "right" if ruling.is_right else "wrong"] += 1
    ruled_on = {answers: count for answers, count in found.items() if answers[1] != "open"}
    right = sum(count for (wanted, got), count in ruled_on.items() if wanted == got)
    assert right >= RIGHT_ENOUGH * sum(ruled_on.values()), found
    assert right >= RULED_ENOUGH * sum(count for (wanted, _), count in found.items() if wanted != "open"), found


@pytest.mark.parametrize("reference", reference_set().references.values(), ids=lambda reference: reference.id)
def test_no_fact_goes_against_an_example_of_a_reference(reference) -> None:  # type: ignore[no-untyped-def]
    for verdict, texts in reference.examples.items():
        ruling = [found for text in texts if (found := ruled(text))]
        against = [found for found in ruling if found.is_right is (verdict is Verdict.REFUTED)]
        assert not against or verdict is Verdict.OVERSTATED


def test_a_wrong_fact_is_refuted_by_the_reference_that_holds_it() -> None:
    examination = examined("The C8 root supplies feeling to the thumb.")
    (judgement,) = examination.judgements
    assert judgement.verdict is Verdict.REFUTED
    assert judgement.evidence[0].reference == "c6-root-serves"
    assert [finding.severity for finding in examination.findings if finding.rule == "claim/refuted"] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A numb little finger points to C8.", Verdict.SUPPORTED),
        ("A numb little finger points to C8 and can mean nothing else.", Verdict.OVERSTATED),
    ],
)
def test_a_right_fact_stands_however_it_sounds_unless_it_is_put_too_surely(text: str, verdict: Verdict) -> None:
    (judgement,) = examined(text).judgements
    assert judgement.verdict is verdict


@pytest.mark.parametrize(
    ("written", "wrong", "fault"),
    [
        ('of = "C5"', 'of = "C9"', "names no levels of the spine"),
        ('of = "C5"', 'of = "dorsl"', "no level of the spine"),
        ('says = ["', 'says = ["(', "no regular expression"),
    ],
)
def test_a_fact_that_cannot_be_read_is_refused_by_name(tmp_path: Path, written: str, wrong: str, fault: str) -> None:
    text = (FOLDER / "anatomy-levels.toml").read_text(encoding="utf-8").replace(written, wrong, 1)
    (tmp_path / "anatomy-levels.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"c5-root-serves: .*{fault}"):
        references_at(tmp_path)


def entries_of(data: Any) -> Iterator[dict[str, Any]]:
    """Every entry of a data file that holds expressions, however deep it stands."""
    if isinstance(data, dict) and "patterns" in data:
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from entries_of(part)


@pytest.mark.parametrize("entry", list(entries_of(toml_at(FILE))), ids=lambda entry: entry["patterns"][0][:30])
def test_words_fire_and_keep_quiet_as_it_says_beside_them(entry: dict[str, Any]) -> None:
    pattern = any_of(entry["patterns"])
    assert [text for text in entry["fires"] if not pattern.search(text)] == []
    assert [text for text in entry["quiet"] if pattern.search(text)] == []


@given(st.lists(SCRAPS, min_size=1, max_size=12).map(" ".join))
def test_whatever_is_said_is_ruled_on_by_a_known_reference_or_not_at_all(text: str) -> None:
    reading = replace(READING, sentence=replace(READING.sentence, text=text))
    ruling = fact_ruling_on(reading)
    assert ruling is None or ruling.reference in reference_set().references


@pytest.mark.parametrize("unit", ["L5 thumb ", "L5, ", "31 pairs ", "the L5 root leaves above C4 and "])
def test_a_sentence_without_end_is_not_ruled_on(unit: str) -> None:
    assert ruled(unit * 200) is None
