"""Fits the weights of the learned layer on the training pages: python -m claims.training.fit_verdicts [FILE.jsonl …]

The verdict model is a multinomial logistic regression over named features. Its penalty is chosen on out-of-fold
chances, with no page in two folds. `docs/accuracy.md` says in which order the scripts are run.
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
RARE = 4  # a feature seen on fewer sentences is left out
FOLDS = 5

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
    """Fits on the pages of the files and writes `verdict.json`."""
    examples = examples_in(paths)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys(sorted(names), 1.0) for names in examples.features])
    common = np.asarray(table.sum(axis=0)).ravel() >= RARE
    table, names = table[:, common], np.array(vectorizer.feature_names_)[common]
    penalty, chances = max(
        ((c, _unseen_chances(table, examples, c)) for c in PENALTIES), key=lambda x: _macro(x[1], examples)
    )
    model = LogisticRegression(C=penalty, max_iter=1000).fit(table, examples.verdicts)
    _write_model(names, model)
    print(
        f"{len(examples.verdicts)} claims, {len(names)} features, penalty {penalty}; on pages left out: accuracy "
        f"{accuracy_score(examples.verdicts, chances.argmax(axis=1)):.3f}, macro-F1 {_macro(chances, examples):.3f}"
    )


def _unseen_chances(table: Table, examples: Examples, penalty: float) -> Table:
    chances = np.zeros((len(examples.verdicts), len(VERDICTS)))
    for train, held in GroupKFold(FOLDS).split(table, examples.verdicts, examples.pages):
        model = LogisticRegression(C=penalty, max_iter=1000).fit(table[train], examples.verdicts[train])
        chances[held] = model.predict_proba(table[held])
    return chances


def _macro(chances: Table, examples: Examples) -> float:
    return float(f1_score(examples.verdicts, chances.argmax(axis=1), average="macro"))


def _write_model(names: NDArray[np.str_], model: LogisticRegression) -> None:
    weights = {
        str(name): [round(float(w), 3) for w in column] for name, column in zip(names, model.coef_.T, strict=True)
    }
    data = {"labels": VERDICTS, "bias": [round(float(b), 3) for b in model.intercept_], "weights": weights}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).replace('], "', '],\n"')
    (FOLDER / "verdict.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    fit([Path(path) for path in sys.argv[1:]] or list(HERE.glob("train-*.jsonl")))
