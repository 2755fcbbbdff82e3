"""Labelled units beside what the auditor said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.evaluation.gold import GoldPage, GoldUnit
from auditor.evaluation.matching import same_place, words
from auditor.model import Audit, Outcome
from claims.model import Examination, Finding, Judgement, Severity, Stance, Topic, Verdict

VERDICTS = (  # those that judge, the mildest first
    Verdict.SUPPORTED,
    Verdict.OVERSTATED,
    Verdict.UNSUPPORTED,
    Verdict.REFUTED,
    Verdict.CATEGORY_ERROR,
)
MISSED = "missed"  # stands where a verdict would, if no claim was found
_FLAGS = ("promo", "safety")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One labelled unit, with the judged claims and the findings that stand in its place."""

    unit: GoldUnit
    words: int
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]

    @property
    def is_claim(self) -> bool:
        """True where the label says that this is a claim about nerve roots or the herb."""
        return self.unit.claim and self.unit.topic is not Topic.OTHER

    @property
    def is_judged(self) -> bool:
        """True where the label judges what the page itself asserts."""
        return self.is_claim and self.unit.stance is Stance.ASSERTED

    @property
    def was_claimed(self) -> bool:
        """True where the auditor found a claim here."""
        return bool(self.judgements)

    @property
    def worst(self) -> Verdict | None:
        """The gravest of the auditor's verdicts; None where no claim here was judged."""
        found = {judgement.verdict for judgement in self.judgements}
        return next((verdict for verdict in reversed(VERDICTS) if verdict in found), None)

    @property
    def answer(self) -> str:
        """The worst verdict, else why there is none: `unverified`, `not_judged` or `missed`."""
        found = {judgement.verdict for judgement in self.judgements}
        abstained = (verdict for verdict in (Verdict.UNVERIFIED, Verdict.NOT_JUDGED) if verdict in found)
        return str(self.worst or next(abstained, MISSED))

    @property
    def confidence(self) -> float | None:
        """How sure the auditor says it is of its worst verdict, as reports show it."""
        sure = (judgement.confidence for judgement in self.judgements if judgement.verdict is self.worst)
        return round(max(sure), 3) if self.worst else None

    @property
    def deserves_alarm(self) -> bool:
        """True where an editor would want to hear of this unit: a flag, or an asserted claim that does not stand."""
        return bool(self.unit.flags) or (self.is_judged and self.unit.verdict != Verdict.SUPPORTED.value)

    @property
    def was_alarmed(self) -> bool:
        """True where the auditor raised an error or a warning, or a verdict that the claim does not stand."""
        loud = any(finding.severity is not Severity.NOTE for finding in self.findings)
        return loud or self.worst not in (None, Verdict.SUPPORTED)

    @property
    def flags(self) -> frozenset[str]:
        """The promotional techniques and safety faults that the auditor found here."""
        return frozenset(found.rule for found in self.findings if found.rule.partition("/")[0] in _FLAGS)

    @property
    def cited(self) -> frozenset[str]:
        """The references that the auditor judged by."""
        return frozenset(evidence.reference for judgement in self.judgements for evidence in judgement.evidence)

    @property
    def is_miss(self) -> bool:
        """True where label and auditor disagree on the alarm, or on the verdict."""
        return self.deserves_alarm != self.was_alarmed or (self.is_judged and self.unit.verdict != self.worst)


def examination_of(outcome: Outcome) -> Examination:
    """What an audit found; nothing where there is none."""
    return outcome.examination if isinstance(outcome, Audit) else Examination((), ())


def comparisons_of(page: GoldPage, outcome: Outcome) -> tuple[Comparison, ...]:
    """Every unit of a page in order; where the page could not be audited, as if nothing had been found."""
    return tuple(_comparisons(page, outcome))


def _comparisons(page: GoldPage, outcome: Outcome) -> Iterator[Comparison]:
    examination = examination_of(outcome)
    judged = [(words(judgement.claim.quote), judgement) for judgement in examination.judgements]
    found = [(words(finding.quote), finding) for finding in examination.findings]
    for unit in page.units:
        place = words(unit.quote)
        yield Comparison(
            unit,
            len(place),
            tuple(judgement for quote, judgement in judged if same_place(quote, place)),
            tuple(finding for quote, finding in found if same_place(quote, place)),
        )
