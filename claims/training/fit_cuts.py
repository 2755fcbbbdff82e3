"""Fits from which chances on something is said: python -m claims.training.fit_cuts FILE.jsonl …

The files hold labelled pages from which none of the models in `claims/weights/` has learnt. The cuts that are committed
were made on the open pages of the development set (52 pages: those whose number, from 0, leaves no remainder of 2 by
3). What each cut follows from is written beside it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score

from claims.extraction import readings_of
from claims.language import sentences_of
from claims.model import Severity, Stance, Topic, Verdict
from claims.rules.load import rule_set
from claims.training.pages import VERDICTS, labelled_readings, pages_in, passages_of
from claims.weighing.cuts import CUTS, Cuts, likeliest, log_odds, on_curve
from claims.weighing.hearing import Heard, heard_on

STEPS = tuple(step / 50 for step in range(3, 48))
ALARMS_RIGHT, FLAGS_RIGHT = 0.9, 0.8  # better quiet than wrong
ERRORS_RIGHT = 0.97  # two points over the aim of 0.95, which other writers' pages take away
REFERENCES_RIGHT, FIRST_RIGHT = 2 / 3, 0.9
NEARLY = 0.995  # of the best F1: a missed claim is never judged, a false alarm costs trust
EVEN, SURE = 0.5, 0.6  # flags are named from even chances on, errors from the second
GRAVE = (Verdict.REFUTED, Verdict.CATEGORY_ERROR)

Answer = tuple[float, bool]  # a chance, and whether what it was a chance of is so


@dataclass(frozen=True)
class Example:
    """A sentence of a labelled page, and its unit."""

    heard: Heard
    unit: dict[str, Any]

    @property
    def is_claim(self) -> bool:
        """True where people found a claim on topic."""
        return bool(self.unit["claim"]) and self.unit["topic"] != Topic.OTHER

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that people gave, where the claim is the page's own."""
        asserted = self.unit["stance"] == Stance.ASSERTED.value
        return Verdict(self.unit["verdict"]) if asserted and self.unit["verdict"] in VERDICTS else None

    @property
    def is_problem(self) -> bool:
        """True where that verdict is none of a sound claim."""
        return self.verdict not in (None, Verdict.SUPPORTED)


def examples_in(paths: Sequence[Path]) -> list[Example]:
    """Every labelled sentence of the pages."""
    return [example for page in pages_in(*paths) for example in _examples_on(page)]


def _examples_on(page: dict[str, Any]) -> Iterator[Example]:
    heard = {item.reading.sentence.span: item for item in heard_on(readings_of(sentences_of(passages_of(page))))}
    yield from (Example(heard[reading.sentence.span], unit) for reading, unit in labelled_readings(page))


def fitted(examples: Sequence[Example]) -> Cuts:
    """The cuts that the examples ask for."""
    claim = min(_good([(example.heard.told.claim, example.is_claim) for example in examples], NEARLY))
    judged = [example for example in examples if example.verdict is not None]
    alarm = max(_good([(_problem(example), example.is_problem) for example in judged], NEARLY, ALARMS_RIGHT))
    flag = max(*_good([answer for example in examples for answer in _flags(example)], NEARLY, FLAGS_RIGHT), EVEN)
    named = [(example, *_chosen(example, alarm)) for example in judged]
    curve = _curve([(share, verdict is example.verdict) for example, verdict, share in named])
    grave = [
        (on_curve(curve[0] + curve[1] * log_odds(share)), _deserves_alarm(example))
        for example, verdict, share in named
        if verdict in GRAVE
    ]
    error = max(_lowest(grave, ERRORS_RIGHT), SURE)
    promised = [answer for example in examples for answer in _errors(example, flag)]
    flag_error = max(_lowest(promised, ERRORS_RIGHT), SURE)
    named_by_people = [example for example in examples if example.is_claim and example.unit.get("reference")]
    alone = [_reference(example) for example in named_by_people if not example.heard.matches]
    reference = _lowest(alone, REFERENCES_RIGHT)
    first = _lowest([_reference(example) for example in named_by_people], FIRST_RIGHT)
    return Cuts(claim, alarm, flag, reference, first, error, flag_error, curve)


def _problem(example: Example) -> float:
    return 1 - example.heard.told.verdicts[Verdict.SUPPORTED]


def _chosen(example: Example, alarm: float) -> tuple[Verdict, float]:
    chances = example.heard.told.verdicts
    verdict = likeliest(chances, alarm)
    return verdict, chances[verdict]


def _deserves_alarm(example: Example) -> bool:
    return bool(example.unit["flags"]) or example.is_problem


def _flags(example: Example) -> Iterator[Answer]:
    if example.heard.reading.stance is Stance.ASSERTED:
        yield from ((share, flag in example.unit["flags"]) for flag, share in example.heard.told.flags.items())


def _errors(example: Example, cut: float) -> Iterator[Answer]:
    rules = rule_set().rules
    for flag, share in example.heard.told.flags.items():
        if rules[flag].severity is Severity.ERROR and share >= cut:
            yield share, _deserves_alarm(example)


def _reference(example: Example) -> Answer:
    name, share = example.heard.told.reference
    return share, name in example.unit["reference"]


def _good(answers: Sequence[Answer], share: float, right: float = 0.0) -> list[float]:
    """The cuts with this share of the best F1 of those that are right often enough; else the last one."""
    chances, wanted = np.array([share for share, _ in answers]), np.array([is_so for _, is_so in answers])
    named: dict[float, NDArray[np.bool_]] = {cut: chances >= cut for cut in STEPS}
    holding = [cut for cut in STEPS if precision_score(wanted, named[cut], zero_division=1.0) >= right]
    quality = {cut: float(f1_score(wanted, named[cut])) for cut in holding}
    enough = share * max(quality.values(), default=0.0)
    return [cut for cut in holding if quality[cut] >= enough] or [STEPS[-1]]


def _lowest(answers: Sequence[Answer], right: float) -> float:
    """The lowest cut from which answers are right often enough."""

    def holds(cut: float) -> bool:
        above = [is_right for share, is_right in answers if share >= cut]
        return sum(above) >= right * len(above)

    return next(cut for cut in (*STEPS, 1.0) if holds(cut))


def _curve(answers: Sequence[Answer]) -> tuple[float, float]:
    """Intercept and slope of the logistic curve from log-odds to the share that was right."""
    odds, right = [[log_odds(share)] for share, _ in answers], [is_right for _, is_right in answers]
    curve = LogisticRegression(C=1e6).fit(odds, right)
    return round(float(curve.intercept_[0]), 3), round(float(curve.coef_[0, 0]), 3)


if __name__ == "__main__":
    cuts = fitted(examples_in([Path(path) for path in sys.argv[1:]]))
    CUTS.write_text(json.dumps(asdict(cuts), indent=1) + "\n", encoding="utf-8")
    print(cuts)
