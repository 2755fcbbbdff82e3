"""Fits from which chances on something is said: python -m claims.training.fit_cuts FILE.jsonl …

The files hold labelled pages from which none of the models in `claims/weights/` has learnt. The cuts that are committed
were made on the open pages of the development set (52 pages: those whose number, from 0, leaves no remainder of 2 by
3). What each cut follows from is written beside it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score

from claims.model import Severity, Stance, Verdict
from claims.rules.load import rule_set
from claims.training.fit_joining import Example, examples_in
from claims.training.fit_verdicts import VERDICTS
from claims.weighing.joining import Cuts, Weighed, likeliest, log_odds, weighed
from claims.weighing.linear import FOLDER, chance

STEPS = tuple(step / 50 for step in range(3, 48))
ALARMS_RIGHT, FLAGS_RIGHT, ERRORS_RIGHT = 0.9, 0.8, 0.95  # better quiet than wrong
REFERENCES_RIGHT, FIRST_RIGHT = 2 / 3, 0.9
NEARLY = 0.97  # of the best F1: a false alarm costs more trust than a missed adjective
EVEN, SURE = 0.5, 0.6  # claims and flags are named from even chances on, errors from the second
GRAVE = (Verdict.REFUTED, Verdict.CATEGORY_ERROR)

Answer = tuple[float, bool]  # a chance, and whether what it was a chance of is so


def fitted(examples: Sequence[Example]) -> Cuts:
    """The cuts that the examples ask for."""
    chances = [weighed(example.heard) for example in examples]
    pairs = list(zip(examples, chances, strict=True))
    judged = [(example, weighing) for example, weighing in pairs if example.verdict is not None]
    alarm = _best([(_problem(weighing), bool(example.verdict)) for example, weighing in judged], ALARMS_RIGHT)
    raised = [answer for example, weighing in pairs for answer in _flags(example, weighing)]
    flag = max(_best(raised, FLAGS_RIGHT), EVEN)
    named = [(example, *_chosen(weighing, alarm)) for example, weighing in judged]
    curve = _curve([(share, VERDICTS.index(verdict) == example.verdict) for example, verdict, share in named])
    grave = [
        (chance(curve[0] + curve[1] * log_odds(share)), example.deserves_alarm)
        for example, verdict, share in named
        if verdict in GRAVE
    ]
    grave += [answer for example, weighing in pairs for answer in _errors(example, weighing, flag)]
    named_by_people = [example for example in examples if example.is_claim and example.unit.get("reference")]
    alone = [_reference(example) for example in named_by_people if not example.heard.matches]
    reference = _lowest(alone, REFERENCES_RIGHT)
    first = _lowest([_reference(example) for example in named_by_people], FIRST_RIGHT)
    return Cuts(EVEN, alarm, flag, reference, first, max(_lowest(grave, ERRORS_RIGHT), SURE), curve)


def _problem(weighing: Weighed) -> float:
    return 1 - weighing.verdicts[Verdict.SUPPORTED]


def _chosen(weighing: Weighed, alarm: float) -> tuple[Verdict, float]:
    verdict = likeliest(weighing.verdicts, alarm)
    return verdict, weighing.verdicts[verdict]


def _flags(example: Example, weighing: Weighed) -> Iterator[Answer]:
    if example.heard.reading.stance is Stance.ASSERTED:
        yield from ((share, flag in example.unit["flags"]) for flag, share in weighing.flags.items())


def _errors(example: Example, weighing: Weighed, cut: float) -> Iterator[Answer]:
    rules = rule_set().rules
    for flag, share in weighing.flags.items():
        if rules[flag].severity is Severity.ERROR and share >= cut:
            yield share, example.deserves_alarm


def _reference(example: Example) -> Answer:
    name, share = example.heard.told.reference
    return share, name in example.unit["reference"]


def _best(answers: Sequence[Answer], right: float) -> float:
    """The strictest cut that is nearly as good, by F1, as the best of those that are right often enough."""
    chances, wanted = np.array([share for share, _ in answers]), np.array([is_so for _, is_so in answers])
    named: dict[float, NDArray[np.bool_]] = {cut: chances >= cut for cut in STEPS}
    holding = [cut for cut in STEPS if precision_score(wanted, named[cut], zero_division=1.0) >= right]
    quality = {cut: float(f1_score(wanted, named[cut])) for cut in holding}
    enough = NEARLY * max(quality.values(), default=0.0)
    return max((cut for cut in holding if quality[cut] >= enough), default=STEPS[-1])


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
    FOLDER.joinpath("cuts.json").write_text(json.dumps(asdict(cuts), indent=1) + "\n", encoding="utf-8")
    print(cuts)
