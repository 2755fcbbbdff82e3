"""The report as one HTML file that runs no script and asks for nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from claims.model import Verdict
from reports import wording
from reports.cards import Card, cards_of
from reports.html_page import environment, policy_for, style_of
from reports.linking import link_of, web_link
from reports.look import Look
from reports.marking import Segment, segments_of
from reports.model import AuditEntry, BlockEntry, Report
from reports.plain import harmless, shortened

_ICONS = {
    Verdict.SUPPORTED: "✓",
    Verdict.OVERSTATED: "▲",
    Verdict.UNSUPPORTED: "○",
    Verdict.REFUTED: "✕",
    Verdict.CATEGORY_ERROR: "≠",
    Verdict.UNVERIFIED: "?",
    Verdict.NOT_JUDGED: "–",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the article, cut where its marks begin and end, with the cards that stand beside it."""

    kind: str
    segments: tuple[Segment, ...]
    cards: tuple[Card, ...]


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
    page_cards: tuple[Card, ...]
    rows: tuple[Row, ...]


def render(report: Report, look: Look) -> str:
    """The article of each page with numbered marks, and beside each mark its verdict, its reason and its evidence."""
    report = harmless(report)
    style = style_of("report.css")
    template = environment().get_template("report.html.j2", globals=_words())
    return template.render(
        report=report,
        sheets=[_sheet(number, audit) for number, audit in enumerate(report.audited, 1)],
        rules=look.rules,
        style=style,
        policy=policy_for(style),
    )


def _words() -> dict[str, Any]:
    return {
        "icons": _ICONS,
        "verdict_words": wording.VERDICTS,
        "meanings": wording.MEANINGS,
        "severities": wording.SEVERITIES,
        "no_guarantee": wording.NO_GUARANTEE,
        "standing": wording.standing,
        "citation": wording.citation,
        "reason": wording.reason,
        "locator": wording.locator,
        "caveats": wording.caveats,
        "counted": wording.counted,
        "fraction": wording.fraction,
        "tally": wording.tally,
        "link_of": link_of,
        "web_link": web_link,
        "shortened": shortened,
    }


def _sheet(number: int, audit: AuditEntry) -> Sheet:
    cards = cards_of(audit)
    verdicts = tuple(claim.verdict for claim in audit.claims)
    return Sheet(
        number=number,
        audit=audit,
        verdicts=verdicts,
        bars=tuple(_bars(verdicts)),
        page_cards=tuple(card for card in cards if card.block is None),
        rows=tuple(_rows(audit, cards)),
    )


def _rows(audit: AuditEntry, cards: Sequence[Card]) -> Iterator[Row]:
    beside: dict[int, list[Card]] = {}
    for card in cards:
        if card.block is not None:
            beside.setdefault(card.block, []).append(card)
    for index, block in enumerate(audit.blocks):
        yield _row(block, tuple(beside.get(index, ())))


def _row(block: BlockEntry, cards: tuple[Card, ...]) -> Row:
    marks = [mark for card in cards for mark in card.marks]
    return Row(block.kind.value, segments_of(block.text, marks), cards)


def _bars(verdicts: Sequence[Verdict]) -> Iterator[Bar]:
    start = 0.0
    for verdict, number in wording.tally(verdicts):
        width = 100 * number / len(verdicts)
        yield Bar(verdict, round(start, 2), round(width, 2))
        start += width
