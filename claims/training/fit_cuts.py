"""Fits from which chances on something is said: python -m claims.training.fit_cuts FILE.jsonl …

The files hold labelled pages from which none of the models in `claims/weights/` has learnt. The weights that are
committed were made on the open pages of the development set (52 pages: those whose number, from 0, leaves no remainder
of 2 by 3). What each cut follows from is written beside it.
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
ALARMS_RIGHT, FLAGS_RIGHT, REFERENCES_RIGHT, ERRORS_RIGHT = 0.85, 0.8, 2 / 3, 0.95  # better quiet than wrong
EVEN, SURE = 0.5, 0.6  # a claim is one from even chances on; no error is named from less than the second
GRAVE = (Verdict.REFUTED, Verdict.CATEGORY_ERROR)

Answer = tuple[float, bool]  # a chance, and whether what it was a chance of is so


def fitted(examples: Sequence[Example]) -> Cuts:
    """The cuts that the examples ask for."""
    chances = [weighed(example.heard) for example in examples]
    pairs = list(zip(examples, chances, strict=True))
    judged = [(example, weighing) for example, weighing in pairs if example.verdict is not None]
    alarm = _best([(_problem(weighing), bool(example.verdict)) for example, weighing in judged], ALARMS_RIGHT)
    flag = _best([answer for example, weighing in pairs for answer in _flags(example, weighing)], FLAGS_RIGHT)
    named = [(example, *_chosen(weighing, alarm)) for example, weighing in judged]
    curve = _curve([(share, VERDICTS.index(verdict) == example.verdict) for example, verdict, share in named])
    grave = [
        (chance(curve[0] + curve[1] * log_odds(share)), example.deserves_alarm)
        for example, verdict, share in named
        if verdict in GRAVE
    ]
    grave += [answer for example, weighing in pairs for answer in _errors(example, weighing, flag)]
    references = [answer for example in examples for answer in _references(example)]
    reference, error = _lowest(references, REFERENCES_RIGHT), max(_lowest(grave, ERRORS_RIGHT), SURE)
    return Cuts(EVEN, alarm, flag, reference, error, curve)


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


def _references(example: Example) -> Iterator[Answer]:
    """What the encoder names where no frame matches and people named a reference."""
    if example.is_claim and not example.heard.matches and example.unit.get("reference"):
        name, share = example.heard.told.reference
        yield share, name in example.unit["reference"]


def _best(answers: Sequence[Answer], right: float) -> float:
    """The cut of the best F1 among those that are right often enough, else the strictest."""
    chances, wanted = np.array([share for share, _ in answers]), np.array([is_so for _, is_so in answers])

    def quality(cut: float) -> tuple[bool, float]:
        named: NDArray[np.bool_] = chances >= cut
        holds = bool(precision_score(wanted, named, zero_division=1.0) >= right)
        return holds, float(f1_score(wanted, named)) if holds else cut

    return max(STEPS, key=quality)


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
