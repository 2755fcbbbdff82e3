"""Fits how signs, table, linear models and encoder are joined: python -m claims.training.fit_joining FILE.jsonl …

The files hold labelled pages from which none of the models in `claims/weights/` has learnt; `docs/accuracy.md` says
which these were for the committed weights. Each part is a logistic regression with an L2 penalty. The cuts are fitted
on chances got by cross-validation in which no page is in two folds, and follow from what is written beside each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, precision_score
from sklearn.model_selection import GroupKFold

from claims.extraction import readings_of
from claims.language import sentences_of
from claims.model import Severity, Stance, Verdict
from claims.rules.load import rule_set
from claims.training.fit_verdicts import VERDICTS
from claims.training.pages import labelled_readings, pages_in, passages_of
from claims.weighing.joining import Cuts, Heard, Signs, claim_signs, flag_signs, heard_on, log_odds, verdict_signs
from claims.weighing.linear import FOLDER, chance
from claims.weighing.pages import model

FOLDS = 5
PENALTIES = {"claim": 0.3, "verdict": 0.1, "flag": 0.3}  # the smaller, the nearer to no weight at all
STEPS = tuple(step / 50 for step in range(5, 46))
ALARMS_RIGHT, FLAGS_RIGHT, REFERENCES_RIGHT, ERRORS_RIGHT = 0.92, 0.7, 2 / 3, 0.95  # better quiet than wrong
GRAVE = (Verdict.REFUTED, Verdict.CATEGORY_ERROR)
IN_SCOPE = ("nerve-root", "herb")

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A sentence of a labelled page, its unit, and what each model made of it."""

    heard: Heard
    unit: dict[str, Any]
    page: str

    @property
    def is_claim(self) -> bool:
        """True where people found a claim on topic."""
        return bool(self.unit["claim"]) and self.unit["topic"] in IN_SCOPE

    @property
    def verdict(self) -> int | None:
        """The number of the verdict that people gave, where the claim is the page's own."""
        asserted = self.unit["stance"] == Stance.ASSERTED.value
        return VERDICTS.index(self.unit["verdict"]) if asserted and self.unit["verdict"] in VERDICTS else None

    @property
    def deserves_alarm(self) -> bool:
        """True where an editor should look."""
        return bool(self.unit["flags"]) or bool(self.verdict)


@dataclass(frozen=True)
class Fitted:
    """A joining model as data, and its chances on pages it had not seen."""

    data: dict[str, Any]
    unseen: Table


def examples_in(paths: Sequence[Path]) -> list[Example]:
    """Every labelled sentence of the pages."""
    return [example for page in pages_in(*paths) for example in _examples_on(page)]


def _examples_on(page: dict[str, Any]) -> Iterator[Example]:
    heard = {item.reading.sentence.span: item for item in heard_on(readings_of(sentences_of(passages_of(page))))}
    for reading, unit in labelled_readings(page):
        yield Example(heard[reading.sentence.span], unit, page["id"])


def fitted(name: str, signs: Sequence[Signs], wanted: Sequence[int], pages: Sequence[str]) -> Fitted:
    """The logistic regression of `wanted` on the signs."""
    vectorizer = DictVectorizer()
    table, target = vectorizer.fit_transform(signs), np.array(wanted)
    unseen = np.zeros((len(target), len(set(wanted))))
    for train, held in GroupKFold(FOLDS).split(table, target, pages):
        unseen[held] = _regression(name).fit(table[train], target[train]).predict_proba(table[held])
    final = _regression(name).fit(table, target)
    weights = zip(vectorizer.feature_names_, final.coef_.T, strict=True)
    labels = VERDICTS if name == "verdict" else [name]
    bias = [round(float(value), 3) for value in final.intercept_]
    rounded = {str(sign): [round(float(value), 3) for value in values] for sign, values in weights}
    return Fitted({"labels": labels, "bias": bias, "weights": rounded}, unseen)


def _regression(name: str) -> LogisticRegression:
    return LogisticRegression(C=PENALTIES[name], max_iter=5000)


def main(paths: Sequence[Path]) -> None:
    """Fits all parts on the pages of the files and writes them."""
    examples = examples_in(paths)
    judged = [example for example in examples if example.verdict is not None]
    flags = model().labels.flags
    pairs = [(example, flag) for example in examples for flag in flags]
    parts = {
        "claim": _fitted_on("claim", examples, claim_signs, [int(example.is_claim) for example in examples]),
        "verdict": _fitted_on("verdict", judged, verdict_signs, [example.verdict or 0 for example in judged]),
        "flag": fitted(
            "flag",
            [flag_signs(example.heard, flag) for example, flag in pairs],
            [int(flag in example.unit["flags"]) for example, flag in pairs],
            [example.page for example, _ in pairs],
        ),
    }
    for name, part in parts.items():
        _write(f"joined-{name}.json", part.data)
    _write("cuts.json", asdict(_cuts(examples, judged, parts)))


def _fitted_on(
    name: str, examples: Sequence[Example], signs: Callable[[Heard], Signs], wanted: Sequence[int]
) -> Fitted:
    return fitted(name, [signs(e.heard) for e in examples], wanted, [e.page for e in examples])


def _cuts(examples: Sequence[Example], judged: Sequence[Example], parts: dict[str, Fitted]) -> Cuts:
    claims = parts["claim"].unseen[:, 1]
    wanted = np.array([example.is_claim for example in examples])
    claim = max(STEPS, key=lambda cut: float(f1_score(wanted, claims >= cut)))
    raised = parts["flag"].unseen[:, 1]
    names = model().labels.flags
    given = np.array([flag in example.unit["flags"] for example in examples for flag in names])
    flag = _best_cut(given, raised, FLAGS_RIGHT)
    verdicts = parts["verdict"].unseen
    problem = np.array([bool(example.verdict) for example in judged])
    alarm = _best_cut(problem, 1 - verdicts[:, 0], ALARMS_RIGHT)
    chosen = np.where(1 - verdicts[:, 0] < alarm, 0, verdicts[:, 1:].argmax(1) + 1)
    numbers = np.array([example.verdict for example in judged])
    print(
        f"{len(examples)} sentences of {len({example.page for example in examples})} pages, cross-validated: "
        f"claims F1 {f1_score(wanted, claims >= claim):.3f}; verdicts accuracy {accuracy_score(numbers, chosen):.3f}, "
        f"macro-F1 {f1_score(numbers, chosen, average='macro'):.3f}; "
        f"flags micro-F1 {f1_score(given, raised >= flag):.3f}"
    )
    curve = _confidence_curve(verdicts, chosen, numbers)
    sure = [
        (chance(curve[0] + curve[1] * log_odds(v[c])), e.deserves_alarm)
        for v, c, e in zip(verdicts, chosen, judged, strict=True)
        if VERDICTS[c] in GRAVE
    ]
    grave = {rule.id for rule in rule_set().rules.values() if rule.severity is Severity.ERROR}
    sure += [
        (share, e.deserves_alarm)
        for share, (e, name) in zip(raised, product(examples, names), strict=True)
        if name in grave and share >= flag
    ]
    return Cuts(
        claim, alarm, flag, _lowest(_reference_answers(examples), REFERENCES_RIGHT), _lowest(sure, ERRORS_RIGHT), curve
    )


def _best_cut(wanted: NDArray[np.bool_], chances: Table, right: float) -> float:
    """The cut of the best F1 among those that are right often enough, else the strictest."""

    def quality(cut: float) -> tuple[bool, float]:
        named = chances >= cut
        holds = bool(precision_score(wanted, named, zero_division=1.0) >= right)
        return holds, float(f1_score(wanted, named)) if holds else cut

    return max(STEPS, key=quality)


def _confidence_curve(verdicts: Table, chosen: NDArray[np.int64], numbers: NDArray[np.int64]) -> tuple[float, float]:
    odds = [[log_odds(float(row[verdict]))] for row, verdict in zip(verdicts, chosen, strict=True)]
    curve = LogisticRegression(C=1e6).fit(odds, chosen == numbers)
    return round(float(curve.intercept_[0]), 3), round(float(curve.coef_[0, 0]), 3)


def _reference_answers(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """The chance of each reference that the encoder names where no frame matches, and whether people named it too."""
    left = [example for example in examples if example.is_claim and not example.heard.matches]
    return [(e.heard.told.reference[1], e.heard.told.reference[0] in e.unit.get("reference", [])) for e in left]


def _lowest(answers: Sequence[tuple[float, bool]], right: float) -> float:
    """The lowest cut from which answers are right often enough."""

    def holds(cut: float) -> bool:
        above = [is_right for share, is_right in answers if share >= cut]
        return sum(above) >= right * len(above)

    return next(cut for cut in (*STEPS, 1.0) if holds(cut))


def _write(name: str, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).replace('], "', '],\n"')
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]])
