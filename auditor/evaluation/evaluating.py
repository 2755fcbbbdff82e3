"""Labelled pages and their audits → figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.evaluation import metrics
from auditor.evaluation.bootstrap import interval_of, resamples
from auditor.evaluation.comparing import MISSED, VERDICTS, Comparison, comparisons_of
from auditor.evaluation.gold import NONE, GoldPage
from auditor.evaluation.metrics import HEADLINES, Pairs
from auditor.evaluation.model import (
    Calibration,
    Confusion,
    Disagreement,
    Estimate,
    FalseAlarms,
    Figures,
    FlagRates,
    Flags,
    Interval,
    KindFigures,
    NotAudited,
    Rates,
    Share,
    Stances,
    Verdicts,
)
from auditor.evaluation.tally import Hit, Tally, summed, tally_of
from auditor.model import Outcome, Skipped
from claims.model import Stance, Verdict

_STANCES = tuple(stance.value for stance in Stance)
_ANSWERS = (*VERDICTS, Verdict.UNVERIFIED, Verdict.NOT_JUDGED, MISSED)


@dataclass(frozen=True, slots=True)
class _Scored:
    page: GoldPage
    outcome: Outcome
    comparisons: tuple[Comparison, ...]
    tally: Tally


def figures_of(pages: Iterable[GoldPage], outcomes: Iterable[Outcome], seed: int = 0) -> Figures:
    """How the audits of these pages, in the same order, stand to their labels; the same for the same seed."""
    scored = [_scored(page, outcome) for page, outcome in zip(pages, outcomes, strict=True)]
    total = summed(each.tally for each in scored)
    flags = sorted({name for name, _ in total.flags})
    intervals = _intervals([each.tally for each in scored], flags, seed)
    return Figures(
        pages=len(scored),
        units=sum(len(each.comparisons) for each in scored),
        words=total.loudness["words"],
        not_audited=tuple(_not_audited(each.outcome) for each in scored if isinstance(each.outcome, Skipped)),
        headline={name: Estimate(figure(total), intervals[name]) for name, figure in HEADLINES.items()},
        claim_detection=metrics.rates(total.claims),
        alarm=metrics.rates(total.alarms),
        verdict=_verdicts(total.verdicts),
        flags=_flags(total, flags, intervals),
        page_flags=_rates_by_name(total.page_flags),
        stance=_stances(total.stances),
        reference_hit=_share(total.references),
        error_findings=_share(total.errors),
        reputable=_false_alarms(total.quiet_loudness),
        calibration=_calibration(total.confidences),
        kinds={kind: _kind([each for each in scored if each.page.kind == kind]) for kind in _kinds(scored)},
        misses=tuple(_disagreement(each.page, unit) for each in scored for unit in each.comparisons if unit.is_miss),
    )


def _scored(page: GoldPage, outcome: Outcome) -> _Scored:
    comparisons = comparisons_of(page, outcome)
    return _Scored(page, outcome, comparisons, tally_of(page, comparisons, outcome))


def _intervals(tallies: Sequence[Tally], flags: Sequence[str], seed: int) -> dict[str, Interval | None]:
    """The interval of every headline figure, and of the F1 of every flag."""
    values: dict[str, list[float | None]] = {name: [] for name in (*HEADLINES, *flags)}
    for sample in resamples(tallies, seed) if len(tallies) > 1 else ():
        total = summed(sample)
        for name, figure in HEADLINES.items():
            values[name].append(figure(total))
        for flag in flags:
            values[flag].append(metrics.f1(metrics.only(total.flags, flag)))
    return {name: interval_of(found) for name, found in values.items()}


def _verdicts(pairs: Pairs) -> Verdicts:
    return Verdicts(
        n=sum(pairs.values()),
        accuracy=metrics.accuracy(pairs),
        macro_f1=metrics.macro_f1(pairs, VERDICTS),
        per_class={verdict.value: metrics.class_rates(pairs, verdict) for verdict in VERDICTS},
        confusion=_confusion(pairs, VERDICTS, _ANSWERS),
    )


def _stances(pairs: Pairs) -> Stances:
    return Stances(
        n=sum(pairs.values()),
        accuracy=metrics.accuracy(pairs),
        per_class={stance: metrics.class_rates(pairs, stance) for stance in _STANCES},
        confusion=_confusion(pairs, _STANCES, _STANCES),
    )


def _confusion(pairs: Pairs, rows: Sequence[str], columns: Sequence[str]) -> Confusion:
    counts = tuple(tuple(pairs.get((row, column), 0) for column in columns) for row in rows)
    return Confusion(tuple(map(str, rows)), tuple(map(str, columns)), counts)


def _flags(total: Tally, flags: Iterable[str], intervals: Mapping[str, Interval | None]) -> Flags:
    per_flag = {flag: FlagRates(metrics.rates(metrics.only(total.flags, flag)), intervals[flag]) for flag in flags}
    return Flags(metrics.rates(metrics.pooled(total.flags)), per_flag)


def _rates_by_name(flags: Mapping[tuple[str, Hit], int]) -> dict[str, Rates]:
    return {name: metrics.rates(metrics.only(flags, name)) for name in sorted({name for name, _ in flags})}


def _share(outcomes: Mapping[bool, int]) -> Share:
    return Share(sum(outcomes.values()), metrics.share(outcomes))


def _false_alarms(loudness: Mapping[str, int]) -> FalseAlarms:
    return FalseAlarms(loudness.get("words", 0), loudness.get("false alarms", 0), metrics.per_1000_words(loudness))


def _calibration(confidences: metrics.Confidences) -> Calibration:
    n = sum(confidences.values())
    return Calibration(n, metrics.ece(confidences), metrics.brier(confidences), metrics.bins(confidences))


def _kinds(scored: Iterable[_Scored]) -> list[str]:
    return sorted({each.page.kind for each in scored})


def _kind(scored: Sequence[_Scored]) -> KindFigures:
    total = summed(each.tally for each in scored)
    return KindFigures(
        pages=len(scored),
        units=sum(len(each.comparisons) for each in scored),
        claim_detection=metrics.rates(total.claims),
        alarm=metrics.rates(total.alarms),
        verdict_accuracy=metrics.accuracy(total.verdicts),
        verdict_macro_f1=metrics.macro_f1(total.verdicts, VERDICTS),
        flags_micro_f1=metrics.f1(metrics.pooled(total.flags)),
        false_alarms=_false_alarms(total.loudness),
    )


def _not_audited(outcome: Skipped) -> NotAudited:
    return NotAudited(outcome.source, outcome.reason.code, outcome.reason.message)


def _disagreement(page: GoldPage, unit: Comparison) -> Disagreement:
    return Disagreement(
        page=page.id,
        kind=page.kind,
        quote=unit.unit.quote,
        gold=unit.unit.verdict,
        got=unit.answer if unit.was_claimed or unit.is_claim else NONE,
        gold_flags=tuple(sorted(unit.unit.flags)),
        got_flags=tuple(sorted(unit.flags)),
        gold_references=tuple(sorted(unit.unit.reference)),
        got_references=tuple(sorted(unit.cited)),
        why=unit.unit.why,
    )
