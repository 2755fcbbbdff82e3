"""The figures of an evaluation as tables, for every format that shows tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.evaluation.model import Confusion, Figures, Rates
from reports.evaluation_wording import HEADLINES, between, named, number
from reports.tabulating import Table

_RATES = ("precision", "recall", "F1", "n")


def tables_of(figures: Figures) -> Iterator[Table]:
    """The headline figures first, then each of their parts; parts that no label bears on are left out."""
    yield _headline(figures)
    yield _by_name("found", "Claims and alarms", {"claims": figures.claim_detection, "alarms": figures.alarm})
    yield _by_name("verdicts", "Verdicts", figures.verdict.per_class)
    yield _confusion("confusion", "Verdicts: label (row) and answer (column)", figures.verdict.confusion)
    yield _flags(figures)
    if figures.page_flags:
        yield _by_name("page-flags", "Flags of whole pages", figures.page_flags)
    yield _by_name("stances", "Stances", figures.stance.per_class)
    yield _confusion("stance-confusion", "Stances: label (row) and answer (column)", figures.stance.confusion)
    yield _calibration(figures)
    yield _kinds(figures)


def _headline(figures: Figures) -> Table:
    rows = ((HEADLINES[name], number(each.value), between(each.interval)) for name, each in figures.headline.items())
    return Table("headline", "Headline figures", ("", "value", "95 % interval"), tuple(rows))


def _by_name(name: str, title: str, rates: Mapping[str, Rates]) -> Table:
    rows = ((named(label), *_cells(each)) for label, each in rates.items())
    return Table(name, title, ("", *_RATES), tuple(rows))


def _flags(figures: Figures) -> Table:
    pooled = ("all flags", *_cells(figures.flags.micro), between(figures.headline["flags_micro_f1"].interval))
    rows = ((flag, *_cells(each.rates), between(each.f1_interval)) for flag, each in figures.flags.per_flag.items())
    return Table("flags", "Flags", ("", *_RATES, "F1, 95 %"), (pooled, *rows))


def _confusion(name: str, title: str, confusion: Confusion) -> Table:
    rows = (
        (named(row), *map(str, counts), str(sum(counts)))
        for row, counts in zip(confusion.rows, confusion.counts, strict=True)
    )
    return Table(name, title, ("", *map(named, confusion.columns), "n"), tuple(rows))


def _calibration(figures: Figures) -> Table:
    rows = (
        (f"{each.low:.1f}–{each.high:.1f}", number(each.confidence), number(each.accuracy), str(each.n))
        for each in figures.calibration.bins
        if each.n
    )
    return Table("calibration", "Calibration", ("confidence", "mean confidence", "share right", "n"), tuple(rows))


def _kinds(figures: Figures) -> Table:
    rows = (
        (
            kind,
            str(each.pages),
            str(each.units),
            number(_f1(each.claim_detection)),
            number(_f1(each.alarm)),
            number(each.verdict_accuracy),
            number(each.verdict_macro_f1),
            number(each.flags_micro_f1),
            number(each.false_alarms.per_1000_words),
        )
        for kind, each in figures.kinds.items()
    )
    headings = ("", "pages", "units", "claims F1", "alarms F1", "verdicts", "macro-F1", "flags F1", "false/1,000 w")
    return Table("kinds", "By kind of page", headings, tuple(rows))


def _cells(rates: Rates) -> tuple[str, ...]:
    """The rates, with a dash for those that nothing bears on."""
    precision = rates.precision if rates.found else None
    recall = rates.recall if rates.n else None
    return number(precision), number(recall), number(_f1(rates)), str(rates.n)


def _f1(rates: Rates) -> float | None:
    return rates.f1 if rates.n or rates.found else None
