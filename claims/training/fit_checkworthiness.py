"""Fits `weights/checkworthiness.toml` on the training pages: python -m claims.training.fit_checkworthiness

Logistic regression with an L2 penalty over the signs of `claims/checkworthiness.py`; the penalty is
chosen by cross-validation in which no page is in two folds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from claims.checkworthiness import WEIGHTS, signs_of
from claims.training.pages import HERE, labelled_readings, pages_in

PENALTIES = (0.05, 0.1, 0.2, 0.5, 1.0)
IN_SCOPE = ("nerve-root", "herb")
RARE = 5  # a sign seen on fewer sentences is left out


def fit(paths: list[Path]) -> None:
    """Fits on the pages of the files and writes the weights."""
    signs, wanted, groups = [], [], []
    for number, page in enumerate(pages_in(*paths)):
        for reading, unit in labelled_readings(page):
            signs.append(dict.fromkeys(sorted(signs_of(reading)), 1.0))
            wanted.append(unit["claim"] and unit["topic"] in IN_SCOPE)
            groups.append(number)
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform(signs)
    common = table.sum(axis=0) >= RARE
    table, names = table[:, common], np.array(vectorizer.feature_names_)[common]
    target, threshold, penalty = np.array(wanted), 0.5, 1.0
    best = -1.0
    for candidate in PENALTIES:
        model = LogisticRegression(C=candidate, max_iter=2000)
        chance = cross_val_predict(model, table, target, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
        for cut in np.arange(0.3, 0.71, 0.02):
            score = f1_score(target, chance >= cut)
            if score > best:
                best, threshold, penalty = score, float(cut), candidate
    model = LogisticRegression(C=penalty, max_iter=2000).fit(table, target)
    print(f"{len(target)} sentences, cross-validated F1 {best:.3f} (penalty {penalty}, threshold {threshold:.2f})")
    _write(float(model.intercept_[0]), dict(zip(names, model.coef_[0], strict=True)))


def _write(bias: float, weights: dict[str, float]) -> None:
    lines = [
        "# Made by claims/training/fit_checkworthiness.py; do not edit.",
        f"bias = {bias:.3f}",
        "",
    ]
    lines += ["[weights]", *(f'"{name}" = {weight:.3f}' for name, weight in sorted(weights.items()))]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    fit([Path(path) for path in sys.argv[1:]] or list(HERE.glob("train-*.jsonl")))
