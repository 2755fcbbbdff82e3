"""Every rule fires on its own bad examples and is quiet on its good ones; a broken rule file is told on one line."""

from pathlib import Path

import pytest

from claims.errors import DataError
from claims.examine import examine
from claims.model import BlockKind, PageFacts, Passage
from claims.rules.load import PageMatch, Rule, rule_set, rules_at

RULES = rule_set().rules.values()
UNDER_A_HEADING = {"promo", "claim"}  # a turn of phrase counts on a page about root pain only, so one is made around it

GOOD_RULE = """
severity = "warning"
message = "“{quote}” is a test."
why = "Because it is a test."
basis = ["House rule"]
instead = "Write something else."
flags = ["One.", "Two."]
allows = ["Three.", "Four."]

[[match]]
kind = "phrase"
any = ["one"]
"""


def fired(rule: Rule, example: str) -> set[str]:
    """The ids of the rules that fire on one example of a rule."""
    if any(isinstance(match, PageMatch) for match in rule.match):
        facts = PageFacts(**dict.fromkeys(example.split(), True))
        return {finding.rule for finding in examine([Passage(BlockKind.PARAGRAPH, "A nerve root.")], facts).findings}
    heading = [Passage(BlockKind.HEADING, "Sciatica")] if needs_heading(rule) else []
    found = examine([*heading, Passage(BlockKind.PARAGRAPH, example)], PageFacts())
    return {finding.rule for finding in found.findings}


def needs_heading(rule: Rule) -> bool:
    return rule.family in UNDER_A_HEADING or rule.id == "safety/replaces-care"


def examples(side: str) -> list[object]:
    return [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in RULES for text in getattr(rule, side)]


@pytest.mark.parametrize(("rule", "text"), examples("flags"))
def test_a_rule_fires_on_its_bad_examples(rule: Rule, text: str) -> None:
    assert rule.id in fired(rule, text)


@pytest.mark.parametrize(("rule", "text"), examples("allows"))
def test_a_rule_is_quiet_on_its_good_examples(rule: Rule, text: str) -> None:
    assert rule.id not in fired(rule, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_four_examples_of_either_kind(rule: Rule) -> None:
    assert len(rule.flags) >= 4
    assert len(rule.allows) >= 4


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_example_of_a_rule_is_both_good_and_bad(rule: Rule) -> None:
    assert not set(rule.flags) & set(rule.allows)


def test_a_denied_cure_is_not_flagged() -> None:
    found = examine([Passage(BlockKind.PARAGRAPH, "Nothing cures sciatica overnight.")], PageFacts())
    assert not [finding for finding in found.findings if finding.rule.startswith("promo/")]


def test_a_slogan_in_another_mouth_is_not_flagged() -> None:
    text = "Some sellers say that their tea cures sciatica for good, instantly and without side effects."
    found = examine([Passage(BlockKind.PARAGRAPH, text)], PageFacts())
    assert not [finding for finding in found.findings if finding.rule.startswith("promo/")]


@pytest.mark.parametrize(
    "text",
    [
        "Every spinal nerve has two roots, and small vessels nourish the nerve root.",
        "If you lose control of your bladder, go to hospital at once: delay can leave permanent damage.",
        "Most people with sciatica improve within weeks, though not everyone recovers fully.",
        "Do not stop gabapentin for sciatica suddenly; ask your doctor first.",
        "No operation is without risk, and surgery for sciatica is no exception.",
        "NICE recommends against opioids for sciatica, because harm is likelier than benefit.",
    ],
)
def test_sober_clinical_text_has_no_promotional_findings(text: str) -> None:
    found = examine([Passage(BlockKind.PARAGRAPH, text)], PageFacts())
    assert not [finding for finding in found.findings if finding.rule.split("/")[0] in ("promo", "safety")]


def message_for(folder: Path, text: str) -> str:
    (folder / "promo").mkdir()
    (folder / "promo" / "test.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        rules_at(folder)
    return str(caught.value)


def test_a_rule_takes_its_id_from_its_path(tmp_path: Path) -> None:
    (tmp_path / "promo").mkdir()
    (tmp_path / "promo" / "test.toml").write_text(GOOD_RULE, encoding="utf-8")
    assert list(rules_at(tmp_path).rules) == ["promo/test"]


def test_an_unknown_kind_of_match_is_told_with_the_kinds_there_are(tmp_path: Path) -> None:
    assert message_for(tmp_path, GOOD_RULE.replace('"phrase"', '"phrases"')) == (
        "promo/test.toml: match.1: Input tag 'phrases' found using 'kind' does not match any of the expected tags: "
        "'phrase', 'relation', 'verdict', 'sense', 'page', 'absence'"
    )


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    assert (
        message_for(tmp_path, GOOD_RULE.replace('instead = "Write something else."', ""))
        == "promo/test.toml: instead: Field required"
    )


def test_a_word_that_the_shared_words_lack_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text("[words]\none = 'one'\n", encoding="utf-8")
    assert message_for(tmp_path, GOOD_RULE.replace('["one"]', '["{one} {two}"]')) == (
        "promo/test.toml: match: no word 'two' in words.toml"
    )


def test_an_example_that_stands_twice_is_named(tmp_path: Path) -> None:
    assert (
        message_for(tmp_path, GOOD_RULE.replace('"Two."', '"One."'))
        == "promo/test.toml: flags: an example stands twice"
    )


def test_an_unknown_severity_is_told_with_those_there_are(tmp_path: Path) -> None:
    assert (
        message_for(tmp_path, GOOD_RULE.replace('"warning"', '"fatal"'))
        == "promo/test.toml: severity: “fatal” is not one of 'error', 'warning' or 'note'"
    )


def test_a_misspelt_field_is_named(tmp_path: Path) -> None:
    assert (
        message_for(tmp_path, GOOD_RULE.replace("basis =", "because = []\nbasis ="))
        == "promo/test.toml: because: Extra inputs are not permitted"
    )


def test_a_folder_without_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no TOML file"):
        rules_at(tmp_path)
