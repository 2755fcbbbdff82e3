"""Every reference judges its own examples as marked, and wrong entries are refused by name."""

from pathlib import Path

import pytest

from claims.errors import DataError
from claims.examine import examine
from claims.extraction import readings_of
from claims.language import sentences_of
from claims.matching import matches_for
from claims.model import BlockKind, PageFacts, Passage, Sense, Verdict
from claims.references import reference_set, references_at
from claims.ruling import ruling_on

EXAMPLES = [
    pytest.param(reference.id, verdict, text, id=f"{reference.id}: {text}")
    for reference in reference_set().references.values()
    for verdict, texts in reference.examples.items()
    for text in texts
]


def ruled(text: str) -> tuple[Verdict, str]:
    (reading,) = readings_of(sentences_of([Passage(BlockKind.PARAGRAPH, text)]))
    if reading.sense.sense is Sense.SUBSTANCE:
        (judgement,) = examine([Passage(BlockKind.PARAGRAPH, text)], PageFacts()).judgements
        return judgement.verdict, judgement.evidence[0].reference
    nearest = matches_for(reading)[0]
    return ruling_on(nearest)[0], nearest.reference.id


@pytest.mark.parametrize(("reference", "verdict", "text"), EXAMPLES)
def test_a_reference_rules_on_its_examples_as_marked(reference: str, verdict: Verdict, text: str) -> None:
    assert ruled(text) == (verdict, reference)


def test_the_set_holds_what_the_readme_says() -> None:
    assert len(reference_set().references) >= 120


@pytest.mark.parametrize("reference", reference_set().references.values(), ids=lambda reference: reference.id)
def test_a_source_nobody_has_seen_gives_no_place_where_it_was_seen(reference) -> None:  # type: ignore[no-untyped-def]
    assert all(source.verified or source.seen_at is None for source in reference.sources)


GOOD = """
topic = "exercise"
[[reference]]
id = "stretching"
statement = "Stretching makes room for the nerve roots."
status = "unsupported"
certainty = "very-low"
certainty_basis = "editor"
source_fit = "indirect"
wording = "Stretching may feel good."
fair_wording = "Stretching may feel good."
scope = "Adults."
reviewed = 2026-11-23
[[reference.frame]]
subject = ["stretching"]
relation = ["makes-room"]
[reference.examples]
supported = ["Nobody has shown that stretching makes room for the roots."]
unsupported = ["Stretching makes room for the roots."]
[[reference.source]]
author = "Alder M"
title = "Stretching and roots"
identifier = "none"
verified = false
"""


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "exercise.toml").write_text(GOOD, encoding="utf-8")
    assert references_at(tmp_path).references["stretching"].sources[0].verified is False


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '["makes-room"]',
            '["makes-rooom"]',
            "exercise.toml: stretching: frame.1.relation: “makes-rooom” is not one of called, ",
        ),
        (
            '["stretching"]',
            '["stretchng"]',
            "exercise.toml: stretching: frame.1.subject: concept “stretchng” is not in claims/lexicon/",
        ),
        (
            '"unsupported"',
            '"unsuported"',
            "exercise.toml: stretching: status: “unsuported” is not one of 'supported', ",
        ),
        ('identifier = "none"\n', "", "exercise.toml: stretching: source.1.identifier: Field required"),
        ("unsupported = [", "supported2 = [", "exercise.toml: stretching: examples.supported2"),
        (GOOD[GOOD.index("[[reference.source]]") :], "", "exercise.toml: stretching: source: Field required"),
        ('topic = "exercise"', "", "exercise.toml: needs `topic = "),
    ],
)
def test_a_wrong_entry_is_named_with_file_id_and_field(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    (tmp_path / "exercise.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        references_at(tmp_path)
    assert str(caught.value).startswith(message)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataError, match=r"b\.toml: stretching: id: stands twice"):
        references_at(tmp_path)


def test_examples_on_one_side_only_are_refused(tmp_path: Path) -> None:
    start, end = GOOD.index("unsupported = ["), GOOD.index("[[reference.source]]")
    (tmp_path / "a.toml").write_text(GOOD[:start] + GOOD[end:], encoding="utf-8")
    with pytest.raises(DataError, match="one that agrees with the evidence and one that differs are needed"):
        references_at(tmp_path)


def test_the_hash_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    before = references_at(tmp_path).sha256
    (tmp_path / "a.toml").write_text(GOOD.replace("Adults.", "Adults only."), encoding="utf-8")
    assert references_at(tmp_path).sha256 != before
