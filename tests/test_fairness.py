"""No suggested wording would itself be flagged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.examine import examine
from claims.fairness import is_fair, rules_broken_by, with_fair_wordings
from claims.model import BlockKind, PageFacts, Passage, Sense
from claims.references import reference_set
from claims.rules.load import rule_set

UNFAIR = "One visit cures sciatica for good."
WORDINGS = {f"reference {id}": entry.fair_wording for id, entry in reference_set().references.items()}
WORDINGS |= {f"rule {id}": rule.instead for id, rule in rule_set().rules.items()}


@pytest.mark.parametrize("sense", [None, Sense.ANATOMY, Sense.HERB])
def test_every_wording_of_the_data_may_be_shown(sense: Sense | None) -> None:
    broken = {name: rules_broken_by(text, sense) for name, text in WORDINGS.items()}
    assert {name: rules for name, rules in broken.items() if rules} == {}


def test_a_wording_that_would_be_flagged_is_known_for_one() -> None:
    assert "promo/cure" in rules_broken_by(UNFAIR, Sense.ANATOMY)
    assert not is_fair(UNFAIR, Sense.ANATOMY)


def test_a_wording_from_elsewhere_is_examined_and_may_be_shown() -> None:
    assert is_fair("Most people with sciatica improve within weeks.", Sense.ANATOMY)


def test_a_correction_of_a_substance_is_read_as_anatomy() -> None:
    assert rules_broken_by("Most people with sciatica improve within weeks.", Sense.SUBSTANCE) == ()


def test_only_the_wording_that_would_be_flagged_is_kept_back() -> None:
    found = examine([Passage(BlockKind.PARAGRAPH, UNFAIR)], PageFacts())
    first, *rest = found.findings
    tampered = replace(found, findings=(replace(first, suggestion=UNFAIR), *rest))
    shown = with_fair_wordings(tampered)
    assert shown.findings[0].suggestion is None
    assert shown.findings[1:] == found.findings[1:]
    assert with_fair_wordings(found) == found
