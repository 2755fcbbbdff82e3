"""The figures of an evaluation, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % bootstrap interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; `value` is null where nothing bears on it, `interval` where one page or none does."""

    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Rates:
    """`n` were there to find, `found` were reported; 0/0 counts as 0."""

    precision: float
    recall: float
    f1: float
    n: int
    found: int


@dataclass(frozen=True, slots=True)
class FlagRates:
    """The rates of one flag, and the interval of its F1."""

    rates: Rates
    f1_interval: Interval | None


@dataclass(frozen=True, slots=True)
class Flags:
    """All flags pooled, and one by one."""

    micro: Rates
    per_flag: Mapping[str, FlagRates]


@dataclass(frozen=True, slots=True)
class Confusion:
    """`counts[row][column]`: how often the label `rows[row]` met the answer `columns[column]`."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Asserted claims about nerve roots or the herb; one that was not found counts as a wrong answer."""

    n: int
    accuracy: float | None
    macro_f1: float | None
    per_class: Mapping[str, Rates]
    confusion: Confusion


@dataclass(frozen=True, slots=True)
class Stances:
    """Whose words a claim is in, over the claims that were found."""

    n: int
    accuracy: float | None
    per_class: Mapping[str, Rates]
    confusion: Confusion


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `n` hold."""

    n: int
    share: float | None


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """Alarms on units that deserve none, for the words that were read."""

    words: int
    alarms: int
    per_1000_words: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Verdicts given with a confidence from `low` up to `high`: their mean confidence, and the share that was right."""

    low: float
    high: float
    n: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether confidence means what it says."""

    n: int
    ece: float | None
    brier: float | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The main figures on pages of one kind."""

    pages: int
    units: int
    claim_detection: Rates
    alarm: Rates
    verdict_accuracy: float | None
    verdict_macro_f1: float | None
    flags_micro_f1: float | None
    false_alarms: FalseAlarms


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A unit on whose alarm or verdict label and auditor disagree; `got` is a verdict, `unverified`, `not_judged`,
    `missed` (no claim was found in one) or `none`."""

    page: str
    kind: str
    quote: str
    gold: str
    got: str
    gold_flags: tuple[str, ...]
    got_flags: tuple[str, ...]
    gold_references: tuple[str, ...]
    got_references: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class NotAudited:
    """A page that could not be audited, because; it counts as one on which nothing was found."""

    page: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything one evaluation measured."""

    pages: int
    units: int
    words: int
    not_audited: tuple[NotAudited, ...]
    headline: Mapping[str, Estimate]
    claim_detection: Rates
    alarm: Rates
    verdict: Verdicts
    flags: Flags
    page_flags: Mapping[str, Rates]
    stance: Stances
    reference_hit: Share
    error_findings: Share
    reputable: FalseAlarms
    calibration: Calibration
    kinds: Mapping[str, KindFigures]
    misses: tuple[Disagreement, ...]
