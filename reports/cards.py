"""What stands beside the article: a numbered card for each claim, with its findings, and for what else was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from claims.model import Severity, Verdict
from reports.marking import Mark
from reports.model import AuditEntry, ClaimEntry, FindingEntry
from reports.wording import MEANINGS, SEVERITIES


class Tab(StrEnum):
    """The list that a card stands in."""

    FINDINGS = "findings"
    SUPPORTED = "supported"
    OPEN = "open"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Card:
    """A numbered claim or finding; `block` is None for the whole page."""

    number: int
    block: int | None
    start: int
    end: int
    quote: str
    claim: ClaimEntry | None
    findings: tuple[FindingEntry, ...]

    @property
    def alarms(self) -> tuple[FindingEntry, ...]:
        """Those of its findings that no reviewer decided to be a false alarm."""
        return tuple(finding for finding in self.findings if not finding.suppressed)

    @property
    def severity(self) -> Severity | None:
        """The gravest severity of its alarms."""
        found = {finding.severity for finding in self.alarms}
        return next((severity for severity in SEVERITIES if severity in found), None)

    @property
    def tone(self) -> str:
        """How loudly to show it: a severity, else `supported`, else `quiet`."""
        if self.severity:
            return self.severity.value
        return "supported" if self.claim and self.claim.verdict == Verdict.SUPPORTED else "quiet"

    @property
    def tab(self) -> Tab:
        """Alarms are findings; what is left is suppressed, supported, or open. A fault without a finding is one too."""
        if self.alarms:
            return Tab.FINDINGS
        if self.findings or not self.claim:
            return Tab.SUPPRESSED
        if self.claim.verdict == Verdict.SUPPORTED:
            return Tab.SUPPORTED
        return Tab.OPEN if self.claim.verdict in MEANINGS else Tab.FINDINGS

    @property
    def marks(self) -> Iterator[Mark]:
        """Its stretches of the block: its own, and those of findings inside it."""
        yield Mark(self.number, self.start, self.end, self.tone, numbered=True)
        for finding in self.alarms:
            if finding.start is not None and finding.end is not None and _place(finding) != _place(self):
                yield Mark(self.number, finding.start, finding.end, finding.severity.value, numbered=False)


def cards_of(audit: AuditEntry) -> tuple[Card, ...]:
    """Every claim and finding of a page on a card, in reading order.

    What is about the whole page stands first, but mere notes of that kind last. The findings on a card stand with the
    gravest first.
    """
    cards = sorted((*_claim_cards(audit), *_finding_cards(audit)), key=_reading_order)
    return tuple(replace(card, number=number, findings=_graded(card)) for number, card in enumerate(cards, 1))


def _graded(card: Card) -> tuple[FindingEntry, ...]:
    return tuple(sorted(card.findings, key=lambda finding: SEVERITIES.index(finding.severity)))


def _claim_cards(audit: AuditEntry) -> Iterator[Card]:
    about = _findings_by_claim(audit)
    for claim in audit.claims:
        yield Card(0, claim.block, claim.start, claim.end, claim.quote, claim, about.get((claim.id, claim.block), ()))


def _finding_cards(audit: AuditEntry) -> Iterator[Card]:
    places = {(claim.id, claim.block) for claim in audit.claims}
    alone = (finding for finding in audit.findings if (finding.claim, finding.block) not in places)
    for (block, start, end), findings in groupby(sorted(alone, key=_reading_order), key=_place):
        found = tuple(findings)
        for group in [found] if block is not None else [(finding,) for finding in found]:
            yield Card(0, block, start or 0, end or 0, group[0].quote, None, group)


def _findings_by_claim(audit: AuditEntry) -> dict[tuple[str | None, int | None], tuple[FindingEntry, ...]]:
    """A finding belongs to the claim that it names where both stand in one block."""
    found: dict[tuple[str | None, int | None], tuple[FindingEntry, ...]] = {}
    for finding in audit.findings:
        key = (finding.claim, finding.block)
        found[key] = (*found.get(key, ()), finding)
    return found


def _place(entry: FindingEntry | Card) -> tuple[int | None, int | None, int | None]:
    return entry.block, entry.start, entry.end


def _reading_order(entry: FindingEntry | Card) -> tuple[bool, int, int, int]:
    findings = (entry,) if isinstance(entry, FindingEntry) else entry.findings
    is_mere_note = entry.block is None and all(finding.severity is Severity.NOTE for finding in findings)
    return is_mere_note, -1 if entry.block is None else entry.block, entry.start or 0, -(entry.end or 0)


def counted_by_rule(findings: Iterable[FindingEntry]) -> dict[str, int]:
    """How many findings each rule has, by the name of the rule."""
    names = sorted(finding.rule for finding in findings)
    return {rule: len(tuple(group)) for rule, group in groupby(names)}
