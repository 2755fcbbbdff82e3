"""Fits the weights of the learned layer on the training pages: python -m claims.training.fit_verdicts [FILE.jsonl …]

The verdict model is a multinomial logistic regression over named features. Its penalty, the factor of every verdict and
the confidence curve are chosen on out-of-fold chances, with no page in two folds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold

from claims.matching import matches_for
from claims.model import Stance, Verdict
from claims.rules.kinds import fired_by_words
from claims.training.pages import HERE, labelled_readings, pages_in
from claims.weighing.features import features_of
from claims.weighing.linear import FOLDER

VERDICTS = [v.value for v in Verdict if v not in (Verdict.UNVERIFIED, Verdict.NOT_JUDGED)]
PENALTIES = (0.05, 0.1, 0.2)
FACTORS = (1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0)
RARE = 4  # a feature seen on fewer sentences is left out
FOLDS = 5
# Pages that nobody read while writing rules and frames: only there do rules fire as they do on pages of strangers, so
# thresholds and confidence are fitted on these alone.
UNREAD = ("tr-c", "tr-f")

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Claims with a verdict: their features, the verdict's number, and the page each stands on."""

    features: list[frozenset[str]]
    verdicts: NDArray[np.int64]
    pages: list[str]


def examples_in(paths: Iterable[Path]) -> Examples:
    """Every asserted, judged claim of the labelled pages."""
    features, verdicts, pages = [], [], []
    for page in pages_in(*paths):
        for reading, unit in labelled_readings(page):
            if unit["verdict"] in VERDICTS and unit["stance"] == Stance.ASSERTED.value:
                features.append(features_of(reading, matches_for(reading), fired_by_words(reading)))
                verdicts.append(VERDICTS.index(unit["verdict"]))
                pages.append(page["id"])
    return Examples(features, np.array(verdicts), pages)


def fit(paths: Iterable[Path]) -> None:
    """Fits on the pages of the files and writes `verdict.json` and `cuts.json`."""
    examples = examples_in(paths)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(sorted(names), 1.0) for names in examples.features])
    common = np.asarray(table.sum(axis=0)).ravel() >= RARE
    table, names = table[:, common], np.array(vectorizer.feature_names_)[common]
    penalty, chances = max(
        ((c, _unseen_chances(table, examples, c)) for c in PENALTIES), key=lambda x: _macro(x[1], examples)
    )
    unread = np.array([page.startswith(UNREAD) for page in examples.pages])
    alarm = _alarm_threshold(chances[unread], examples.verdicts[unread])
    factors = _factors(chances[unread], examples.verdicts[unread], alarm)
    model = LogisticRegression(C=penalty, max_iter=1000).fit(table, examples.verdicts)
    _write_model(names, model)
    chosen = _chosen(chances[unread], factors, alarm)
    _write_cuts(alarm, factors, _confidence_curve(chances[unread], chosen, examples.verdicts[unread]))
    right = examples.verdicts[unread]
    print(
        f"{len(examples.verdicts)} claims, {len(names)} features, penalty {penalty}, alarm from {alarm:.2f}; on "
        f"{len(right)} claims of unread pages: accuracy {accuracy_score(right, chosen):.3f}, "
        f"macro-F1 {f1_score(right, chosen, average='macro'):.3f}, alarm F1 {f1_score(right > 0, chosen > 0):.3f}"
    )


def _unseen_chances(table: Table, examples: Examples, penalty: float) -> Table:
    chances = np.zeros((len(examples.verdicts), len(VERDICTS)))
    for train, held in GroupKFold(FOLDS).split(table, examples.verdicts, examples.pages):
        model = LogisticRegression(C=penalty, max_iter=1000).fit(table[train], examples.verdicts[train])
        chances[held] = model.predict_proba(table[held])
    return chances


def _macro(chances: Table, examples: Examples) -> float:
    return float(f1_score(examples.verdicts, chances.argmax(axis=1), average="macro"))


def _chosen(chances: Table, factors: Table, alarm: float) -> NDArray[np.int64]:
    """What `models.likeliest` gives: supported below the alarm threshold, else the likeliest problem."""
    problems = (chances[:, 1:] * factors[1:]).argmax(axis=1) + 1
    return np.where(1 - chances[:, 0] >= alarm, problems, 0)


def _alarm_threshold(chances: Table, verdicts: NDArray[np.int64]) -> float:
    """The chance of a problem from which the alarm F1 is best; never under one half: better quiet than wrong."""
    trials = [
        (float(f1_score(verdicts > 0, 1 - chances[:, 0] >= cut)), float(cut)) for cut in np.arange(0.5, 0.8, 0.02)
    ]
    return max(trials)[1]


def _factors(chances: Table, verdicts: NDArray[np.int64], alarm: float) -> Table:
    """The factor of every problem, found one after another, that gives the best macro-F1 together."""
    factors = np.ones(len(VERDICTS))
    for _ in range(3):
        for number in range(1, len(VERDICTS)):
            trials = []
            for factor in FACTORS:
                trial = factors.copy()
                trial[number] = factor
                trials.append((float(f1_score(verdicts, _chosen(chances, trial, alarm), average="macro")), -factor))
            factors[number] = -max(trials)[1]
    return factors


def _confidence_curve(chances: Table, chosen: NDArray[np.int64], verdicts: NDArray[np.int64]) -> tuple[float, float]:
    share = np.clip(chances[np.arange(len(chosen)), chosen], 1e-6, 1 - 1e-6)
    curve = LogisticRegression(C=1e6).fit(np.log(share / (1 - share))[:, None], chosen == verdicts)
    return float(curve.intercept_[0]), float(curve.coef_[0, 0])


def _write_model(names: NDArray[np.str_], model: LogisticRegression) -> None:
    weights = {
        str(name): [round(float(w), 3) for w in column] for name, column in zip(names, model.coef_.T, strict=True)
    }
    data = {"labels": VERDICTS, "bias": [round(float(b), 3) for b in model.intercept_], "weights": weights}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).replace('], "', '],\n"')
    (FOLDER / "verdict.json").write_text(text + "\n", encoding="utf-8")


def _write_cuts(alarm: float, factors: Table, curve: tuple[float, float]) -> None:
    data = {
        "alarm": round(alarm, 2),
        "factors": dict(zip(VERDICTS, (round(float(f), 2) for f in factors), strict=True)),
        "confidence": [round(value, 3) for value in curve],
    }
    (FOLDER / "cuts.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    fit([Path(path) for path in sys.argv[1:]] or list(HERE.glob("*.jsonl")))
