"""One audited page as it is laid out: the article in rows, the cards in tabs, an anchor for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.model import FactKind, Role
from claims.model import Verdict
from reports import wording
from reports.cards import Card, Tab, cards_of
from reports.html_words import ROLES
from reports.linking import live_link
from reports.marking import Segment, segments_of
from reports.model import AuditEntry, BlockEntry, FactEntry, FindingEntry, Report
from reports.plain import slug

_FIRST = (FactKind.REVIEWER, FactKind.UPDATED, FactKind.CANONICAL)
_MANY = 40  # cards; where there are more, findings are closed at first so that the list can be surveyed
TABS = {
    Tab.FINDINGS: "Findings",
    Tab.SUPPORTED: "Supported",
    Tab.OPEN: "Unverified, not judged",
    Tab.SUPPRESSED: "Suppressed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the article, cut where its marks begin and end; `note` says what is special about it."""

    kind: str
    segments: tuple[Segment, ...]
    note: str
    role: Role


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the bar of verdicts, in percent of its width."""

    verdict: Verdict
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One audited page as it is laid out."""

    number: int
    audit: AuditEntry
    verdicts: tuple[Verdict, ...]
    bars: tuple[Bar, ...]
    tabs: Mapping[Tab, tuple[Card, ...]]
    rows: tuple[Row, ...]
    anchors: Mapping[FindingEntry, str]
    lives: Mapping[int, str]

    @property
    def opened(self) -> bool:
        """True where findings show their grounds at once."""
        return len(self.tabs[Tab.FINDINGS]) <= _MANY

    @property
    def unread(self) -> tuple[Row, ...]:
        """The text that was left out of judgement because of what it is."""
        return tuple(row for row in self.rows if not row.role.judged)

    @property
    def facts(self) -> tuple[FactEntry, ...]:
        """What the page says of itself that an editor looks for first."""
        return tuple(fact for fact in self.audit.about if fact.fact in _FIRST)

    @property
    def truncated(self) -> bool:
        """True where the page could only be read in part."""
        return any(finding.rule == "page/truncated" for finding in self.audit.findings)


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """The audited pages of a report, in order; no two findings in it share an anchor."""
    names = _Names()
    return tuple(_sheet(number, audit, names) for number, audit in enumerate(report.audited, 1))


class _Names:
    """Gives each finding a name that no other has: by its fingerprint, so that a link to it outlives the report."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, findings: Iterable[FindingEntry]) -> dict[FindingEntry, str]:
        return {finding: self._fresh("f-" + slug(finding.fingerprint)) for finding in findings}

    def _fresh(self, name: str) -> str:
        self._given[name] += 1
        return name if self._given[name] == 1 else f"{name}-{self._given[name]}"


def _sheet(number: int, audit: AuditEntry, names: _Names) -> Sheet:
    cards = cards_of(audit)
    verdicts = tuple(claim.verdict for claim in audit.claims)
    return Sheet(
        number=number,
        audit=audit,
        verdicts=verdicts,
        bars=tuple(_bars(verdicts)),
        tabs={tab: tuple(card for card in cards if card.tab == tab) for tab in Tab},
        rows=tuple(_rows(audit, cards)),
        anchors=names.of(audit.findings),
        lives=dict(_lives(audit)),
    )


def _rows(audit: AuditEntry, cards: Sequence[Card]) -> Iterator[Row]:
    beside: dict[int | None, list[Card]] = {}
    for card in cards:
        beside.setdefault(card.block, []).append(card)
    for index, block in enumerate(audit.blocks):
        yield _row(block, beside.get(index, []))


def _row(block: BlockEntry, cards: Sequence[Card]) -> Row:
    marks = [mark for card in cards for mark in card.marks]
    return Row(block.kind.value, segments_of(block.text, marks), _note(block), block.role)


def _note(block: BlockEntry) -> str:
    origin = f"from {block.origin}, not shown on the page" if block.origin else ""
    said = "; ".join(part for part in (block.header or "", ROLES[block.role], origin) if part)
    return (said[:1].upper() + said[1:]) + ("" if block.role.judged else ": not judged")


def _lives(audit: AuditEntry) -> Iterator[tuple[int, str]]:
    for index, block in enumerate(audit.blocks):
        if link := live_link(audit.url, block.fragment):
            yield index, link


def _bars(verdicts: Sequence[Verdict]) -> Iterator[Bar]:
    start = 0.0
    for verdict, number in wording.tally(verdicts):
        width = 100 * number / len(verdicts)
        yield Bar(verdict, round(start, 2), round(width, 2))
        start += width
