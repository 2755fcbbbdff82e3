"""The small charts of an index: counts in, bars out, in the units of the drawing, each with its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.model import Severity, Verdict
from reports import wording
from reports.html_rows import IndexRow
from reports.tabulating import Table

# Of a bar: its height with the gap, where it begins, how long the longest is, the room for its number.
ROW, LEFT, WIDTH, COUNT = 24, 205, 325, 55
_MOST_SITES, _MOST_RULES, _MOST_MONTHS = 10, 12, 18
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar, of one kind; `kind` is the class that colours it."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A named bar of the chart, cut into its kinds."""

    label: str
    total: int
    y: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, the kinds that its bars are cut into, and the same numbers as a table."""

    title: str
    bars: tuple[Bar, ...]
    kinds: Mapping[str, str]
    table: Table

    @property
    def height(self) -> int:
        """How high the drawing is."""
        return len(self.bars) * ROW


def charts_of(rows: Sequence[IndexRow]) -> tuple[Chart, ...]:
    """Verdicts by site, rules by frequency, claims by topic, findings by time; empty ones are left out."""
    charts = (_by_site(rows), _by_rule(rows), _by_topic(rows), _by_time(rows))
    return tuple(chart for chart in charts if chart.bars)


def _by_site(rows: Sequence[IndexRow]) -> Chart:
    sites: dict[str, Counter[str]] = {}
    for row in rows:
        sites.setdefault(row.site, Counter()).update({verdict.value: n for verdict, n in row.verdicts.items()})
    ordered = sorted(sites.items(), key=lambda entry: (-entry[1].total(), entry[0]))
    return _chart("Verdicts by site", _topped(ordered, _MOST_SITES, "other sites"), _verdicts())


def _by_rule(rows: Sequence[IndexRow]) -> Chart:
    rules: Counter[str] = Counter()
    for row in rows:
        rules.update(row.rules)
    ordered = [
        (rule, Counter({"rule": n})) for rule, n in sorted(rules.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    return _chart("Findings by rule", _topped(ordered, _MOST_RULES, "other rules"), {"rule": "findings"})


def _by_topic(rows: Sequence[IndexRow]) -> Chart:
    topics: dict[str, Counter[str]] = {}
    for row in rows:
        for (topic, verdict), n in row.topics.items():
            topics.setdefault(topic.value.replace("-", " "), Counter())[verdict.value] += n
    return _chart("Claims by topic", dict(sorted(topics.items())), _verdicts())


def _by_time(rows: Sequence[IndexRow]) -> Chart:
    """By month, or by year where the months are many; of publication, or of fetching where that is all there is."""
    dated = [row for row in rows if row.day]
    length = 7 if len({row.day[:7] for row in dated}) <= _MOST_MONTHS else 4
    times: dict[str, Counter[str]] = {}
    for row in dated:
        found = {severity.value: n for severity, n in row.severities.items()}
        times.setdefault(row.day[:length], Counter()).update(found)
    kinds = {severity.value: severity.value + "s" for severity in wording.SEVERITIES}
    return _chart("Findings by date of the page", dict(sorted(times.items())[-_MOST_MONTHS:]), kinds)


def _verdicts() -> dict[str, str]:
    return {verdict.value: wording.VERDICTS[verdict] for verdict in Verdict}


def _topped(ordered: Sequence[tuple[str, Counter[str]]], most: int, others: str) -> Counts:
    rest = sum((counts for _, counts in ordered[most:]), Counter[str]())
    return dict(ordered[:most]) | ({f"{len(ordered) - most} {others}": rest} if rest else {})


def _chart(title: str, counts: Counts, kinds: Mapping[str, str]) -> Chart:
    counts = {label: each for label, each in counts.items() if sum(each.values())}
    most = max((sum(each.values()) for each in counts.values()), default=0)
    bars = tuple(_bar(label, place, each, most, kinds) for place, (label, each) in enumerate(counts.items()))
    seen = {kind: name for kind, name in kinds.items() if any(each.get(kind) for each in counts.values())}
    rows = tuple((label, *(str(each.get(kind, 0)) for kind in seen)) for label, each in counts.items())
    return Chart(title, bars, seen, Table(title, title, ("", *seen.values()), rows))


def _bar(label: str, place: int, counts: Mapping[str, int], most: int, kinds: Iterable[str]) -> Bar:
    pieces, x = [], float(LEFT)
    for kind in kinds:
        if number := counts.get(kind, 0):
            width = WIDTH * number / most
            pieces.append(Piece(kind, round(x, 1), round(width, 1)))
            x += width
    return Bar(label, sum(counts.values()), place * ROW, tuple(pieces))


def severity_total(rows: Iterable[IndexRow]) -> list[tuple[Severity, int]]:
    """How many findings of each severity there are, the gravest first."""
    total: Counter[Severity] = Counter()
    for row in rows:
        total.update(row.severities)
    return [(severity, total[severity]) for severity in wording.SEVERITIES if total[severity]]
