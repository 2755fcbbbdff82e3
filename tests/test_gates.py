"""A gate saves compiling an expression and never hides a match."""

import re

import pytest

from claims.cues import cues
from claims.gates import FILE, any_matches, gate_of, matches_in, patterns_in_data, table
from claims.rules.load import rule_set


def sentences() -> list[str]:
    from_rules = [text for rule in rule_set().rules.values() for text in (*rule.flags, *rule.allows)]
    return [text.lower() for text in from_rules + [text for cue in cues() for text in (*cue.fires, *cue.quiet)]]


def test_the_table_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "run `python -m claims.gates`"


def test_no_gate_hides_a_match_of_any_expression_on_any_example() -> None:
    texts = sentences()
    hidden = [
        (pattern, text)
        for pattern in set(patterns_in_data())
        for text in texts
        if re.search(pattern, text) and not any_matches([pattern], text)
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("pattern", "gate"),
    [
        (r"\bcures?\b", {"cure"}),
        (r"(?:heals|mends) the root", {" the r"}),
        (r"(?:heals|mends)", {"heals", "mends"}),
        (r"(?:very )?magic", {"magic"}),
        (r"\w+ing\b", {"ing"}),
    ],
)
def test_a_gate_is_letters_that_every_match_holds(pattern: str, gate: set[str]) -> None:
    assert gate_of(pattern) == gate


@pytest.mark.parametrize("pattern", [r"\?$", r"a|b", r"(?:healing)?", r"(?=magic)"])
def test_an_expression_that_needs_no_letters_has_no_gate(pattern: str) -> None:
    assert gate_of(pattern) is None


def test_an_expression_without_a_gate_is_always_tried() -> None:
    assert [match.group() for match in matches_in([r"\?$"], "why?")] == ["?"]
