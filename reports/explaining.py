"""What a rule means and why, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from reports.layout import labelled

if TYPE_CHECKING:
    from claims.rules.load import Rule


def explained(rule: Rule, width: int) -> str:
    """A rule as a page of its manual: what it says, why, on whose authority, what to write, and examples."""
    return "\n".join(_lines(rule, width)) + "\n"


def _lines(rule: Rule, width: int) -> Iterator[str]:
    yield f"{rule.id}  ({rule.severity.value})"
    yield labelled("Says", rule.message, width)
    yield labelled("Why", rule.why, width)
    yield labelled("Basis", "; ".join(rule.basis), width)
    yield labelled("Instead", rule.instead, width)
    for number, example in enumerate(rule.flags):
        yield labelled("" if number else "Flags", f"“{example}”", width)
    for number, example in enumerate(rule.allows):
        yield labelled("" if number else "Allows", f"“{example}”", width)


def manual(rules: Iterable[Rule]) -> str:
    """All rules as a page of Markdown, family by family."""
    lines = ["# Rules", "", "Made by `docs/generate.py` from `claims/rules/`; do not edit."]
    for family, members in groupby(sorted(rules, key=lambda rule: rule.id), key=lambda rule: rule.family):
        lines += ["", f"## {family}", *(line for rule in members for line in _entry(rule))]
    return "\n".join(lines) + "\n"


def _entry(rule: Rule) -> Iterator[str]:
    yield from ("", f"### {rule.id}", "", f"**{rule.severity.value}** · {rule.message}", "", rule.why)
    yield from ("", f"Instead: {rule.instead}", "", f"Basis: {'; '.join(rule.basis)}.", "")
    yield from (f"- flags “{example}”" for example in rule.flags)
    yield from (f"- allows “{example}”" for example in rule.allows)
