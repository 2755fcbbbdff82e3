"""Which findings the reader asked for, and which of them gate."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.model import Severity
from reports.hinting import known

if TYPE_CHECKING:
    from reports.model import AuditEntry, MissEntry, Report

_WEIGHT = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Choice:
    """Rules and families to keep (all where empty) and to leave out; leaving out wins."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def keeps(self, rule: str) -> bool:
        """True where findings of this rule are wanted."""
        names = {rule, family_of(rule)}
        return not names & self.ignore and (not self.select or bool(names & self.select))


def choice_of(select: Iterable[str], ignore: Iterable[str], rules: Collection[str]) -> Choice:
    """The choice that comma-separated names make; raises `UnknownName` for a name that is no rule or family."""
    return Choice(_names_in(select, rules), _names_in(ignore, rules))


def rules_called(name: str, rules: Collection[str]) -> list[str]:
    """The rule of this name, or the rules of this family; raises `UnknownName` for neither."""
    name = _known(name, rules)
    return [rule for rule in sorted(rules) if name in (rule, family_of(rule))]


def family_of(rule: str) -> str:
    """The part of a rule's id before the slash."""
    return rule.partition("/")[0]


def chosen(report: Report, choice: Choice) -> Report:
    """The report with only the findings of the choice; its claims all stay."""

    def kept(entry: AuditEntry | MissEntry) -> AuditEntry | MissEntry:
        if entry.status != "ok":
            return entry
        findings = tuple(finding for finding in entry.findings if choice.keeps(finding.rule))
        return entry.model_copy(update={"findings": findings})

    return report.model_copy(update={"audits": tuple(kept(entry) for entry in report.audits)})


def gates(report: Report, fail_on: str) -> bool:
    """True where an alarm is at least as severe as `fail_on`; “never” lets everything pass."""
    return reaches((found.severity for found in report.alarms), fail_on)


def reaches(severities: Iterable[str], fail_on: str) -> bool:
    """True where one of the severities is at least `fail_on`; “never” lets everything pass."""
    return fail_on != "never" and any(_WEIGHT[Severity(name)] >= _WEIGHT[Severity(fail_on)] for name in severities)


def _names_in(texts: Iterable[str], rules: Collection[str]) -> frozenset[str]:
    names = [name.strip() for text in texts for name in text.split(",")]
    return frozenset(_known(name, rules) for name in names if name)


def _known(name: str, rules: Collection[str]) -> str:
    families = {family_of(rule) for rule in rules}
    return known("rule", name.removesuffix("/*"), sorted({*rules, *families}), "audit.py explain --all lists them")
