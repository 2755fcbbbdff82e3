"""What a review came to, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.evaluation.model import Interval
from reports.decisions import Decision, DecisionEntry
from reports.layout import labelled
from reports.plain import one_line, shortened
from reports.review.measuring import Measured, measured
from reports.review.merging import Merged
from reports.review.settling import Outcome
from reports.wording import counted

_DECISIONS = {
    Decision.CONFIRM: "confirmed",
    Decision.FALSE_ALARM: "false alarm",
    Decision.NEEDS_EXPERT: "needs an expert",
}
_NAME, _QUOTE = 32, 60


def summary(review: Merged, width: int) -> str:
    """Who decided what, how far they agree, how often each rule was right, and where they differ."""
    figures = measured(review.decisions)
    lines = [_counted(review, figures)]
    lines += ["", "Reviewers", *_grid(["", *_DECISIONS.values()], _reviewers(figures))]
    lines += ["", "Agreement", *_agreement(figures)]
    lines += ["", "Rules", *_grid(["", *(outcome.value for outcome in Outcome), "precision"], _rules(figures))]
    lines += _differing(review.differing, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _counted(review: Merged, figures: Measured) -> str:
    reviewers, findings = counted(len(figures.by_reviewer), "reviewer"), counted(figures.findings, "finding")
    replaced = f", {len(review.replaced)} replaced by a later one of the same reviewer" if review.replaced else ""
    return f"{reviewers}, {findings}, {counted(len(review.decisions), 'decision')}{replaced}"


def _reviewers(figures: Measured) -> Iterator[list[str]]:
    for name, decisions in figures.by_reviewer.items():
        yield [shortened(name, _NAME), *(str(decisions[decision]) for decision in _DECISIONS)]


def _agreement(figures: Measured) -> Iterator[str]:
    if not figures.shared:
        yield "  No finding was decided by two reviewers."
        return
    for pair in figures.pairs:
        names = f"{shortened(pair.one, _NAME)} and {shortened(pair.other, _NAME)}"
        yield f"  Cohen's kappa, {names}: {_number(pair.kappa)} ({counted(pair.findings, 'finding')})"
    interval = _between(figures.alpha_interval)
    yield f"  Krippendorff's alpha: {_number(figures.alpha)}{interval} ({counted(figures.shared, 'finding')})"


def _rules(figures: Measured) -> Iterator[list[str]]:
    for rule in figures.rules:
        precision = _number(rule.precision) + _between(rule.interval)
        yield [one_line(rule.rule), *(str(rule.outcomes[outcome]) for outcome in Outcome), precision]


def _differing(groups: Sequence[Sequence[DecisionEntry]], width: int) -> Iterator[str]:
    if groups:
        yield from ("", f"Reviewers differ ({len(groups)})")
    for entries in groups:
        first = entries[0]
        quoted = f" “{shortened(first.quote, _QUOTE)}”" if first.quote else ""
        yield f"  {one_line(first.rule)}{quoted} in {shortened(first.input, _QUOTE)}"
        for entry in entries:
            noted = f": {one_line(entry.note)}" if entry.note else ""
            yield labelled("", f"{_DECISIONS[entry.decision]} by {one_line(entry.reviewer)}{noted}", width)


def _grid(headings: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    """The rows in columns: names to the left, figures to the right."""
    table = [list(headings), *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(headings))]
    for name, *cells in table:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        yield "  " + "  ".join([name.ljust(widths[0]), *padded])


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _between(interval: Interval | None) -> str:
    return f" (95 % {interval.low:.2f} to {interval.high:.2f})" if interval else ""
