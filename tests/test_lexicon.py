"""The lexicon finds concepts in the words that pages use, and refuses wrong entries by name."""

from pathlib import Path

import pytest

from claims.concepts import lexicon, lexicon_at
from claims.errors import DataError


def concepts_in(text: str) -> set[str]:
    return {mention.concept for mention in lexicon().mentions_in(text)}


def test_every_term_stands_under_one_concept() -> None:
    owners: dict[str, set[str]] = {}
    for concept in lexicon().concepts.values():
        for term in concept.terms:
            owners.setdefault(term.lower().replace("-", " ").replace("’", "'"), set()).add(concept.id)
    assert {term: sorted(ids) for term, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("concept", lexicon().concepts.values(), ids=lambda concept: concept.id)
def test_a_concept_is_found_by_each_of_its_terms(concept) -> None:  # type: ignore[no-untyped-def]
    for term in concept.terms:
        found = concepts_in(term.replace("’", "'"))
        assert any(lexicon().is_a(name, {concept.id}) for name in found), term


def test_the_longest_words_win() -> None:
    assert concepts_in("a selective nerve root block") == {"epidural-steroid"}


def test_words_that_overlap_in_part_are_both_found(tmp_path: Path) -> None:
    terms = {"many": "many people", "painless": "people without pain", "people": "people"}
    entries = (f'[[concept]]\nid = "{name}"\nterms = ["{term}"]\n' for name, term in terms.items())
    (tmp_path / "x.toml").write_text('kind = "population"\n' + "".join(entries), encoding="utf-8")
    found = lexicon_at(tmp_path).mentions_in("Many people without pain have a bulging disc.")
    assert [mention.concept for mention in found] == ["many", "painless"]


def test_plurals_hyphens_and_case_do_not_matter() -> None:
    assert concepts_in("Epidural-Steroid Injections") == {"epidural-steroid"}


def test_the_root_of_the_neck_is_a_region_and_a_root_of_the_neck_is_a_nerve_root() -> None:
    assert concepts_in("It swelled at the root of the neck.") == {"neck-base"}
    assert concepts_in("Each root of the neck serves the arm.") >= {"cervical-root"}
    assert concepts_in("The roots of the neck serve the arm.") >= {"cervical-root"}


def test_a_code_says_whether_it_was_seen() -> None:
    coded = [concept for concept in lexicon().concepts.values() if concept.mesh or concept.uberon]
    assert coded
    assert all(concept.code_status in ("verified", "from-memory") for concept in coded)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('kind = "symptom"\n[[concept]]\nid = "Pain"\n', "x.toml: Pain: id: "),
        ('kind = "feeling"\n[[concept]]\nid = "pain"\n', "x.toml: pain: kind: “feeling” is not one of "),
        (
            'kind = "symptom"\n[[concept]]\nid = "pain"\nbroader = ["hurt"]\n',
            "symptoms.toml: pain: broader: “hurt” is not in the lexicon",
        ),
        ('kind = "symptom"\n[[concept]]\nid = "pain"\n[[concept]]\nid = "pain"\n', "x.toml: pain: id: stands twice"),
        ('kind = "symptom\n', "x.toml: cannot be read as TOML"),
    ],
)
def test_a_wrong_entry_is_named_on_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        lexicon_at(tmp_path)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value).split("TOML:")[0]
