"""Fits how signs, table, linear models and encoder are joined: python -m claims.training.fit_joining FILE.jsonl …

The files hold labelled pages from which none of the models in `claims/weights/` has learnt; `docs/accuracy.md` says
which these were for the committed weights. Each part is a logistic regression with an L2 penalty; what is printed was
got by cross-validation in which no page is in two folds.

Pages written to teach hold more problems than pages do: a leaflet with a third of its facts wrong teaches much and is
rare. The verdicts are therefore weighted so that problems are as frequent on each kind of page as on those that came
with the labelled set (prior correction: King and Zeng, Logistic regression in rare events data, 2001).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold

from claims.extraction import Reading, readings_of
from claims.language import sentences_of
from claims.model import Stance
from claims.training.fit_verdicts import VERDICTS
from claims.training.pages import HERE, labelled_readings, pages_in, passages_of
from claims.weighing.joining import (
    Heard,
    Signs,
    flag_signs,
    heard_on,
    joined_part,
    stance_signs,
    verdict_signs,
)
from claims.weighing.linear import FOLDER
from claims.weighing.pages import model

FOLDS = 5
PENALTIES = {"stance": 0.3, "verdict": 0.1, "flag": 0.3}  # the smaller, the nearer to no weight at all
IN_SCOPE = ("nerve-root", "herb")
LIKE = [HERE / f"train-{letter}.jsonl" for letter in "abc"]  # the pages that came with the labelled set
LABELS = {"verdict": VERDICTS, "stance": [stance.value for stance in Stance]}

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A sentence of a labelled page as its words alone have it, what each model made of it, and its unit."""

    reading: Reading
    heard: Heard
    unit: dict[str, Any]
    page: str
    kind: str

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
    loss: float


def examples_in(paths: Sequence[Path]) -> list[Example]:
    """Every labelled sentence of the pages."""
    return [example for page in pages_in(*paths) for example in _examples_on(page)]


def _examples_on(page: dict[str, Any]) -> Iterator[Example]:
    heard = {item.reading.sentence.span: item for item in heard_on(readings_of(sentences_of(passages_of(page))))}
    for reading, unit in labelled_readings(page):
        yield Example(reading, heard[reading.sentence.span], unit, page["id"], page["kind"])


def problem_shares(pages: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The share of problems among the claims that each kind of page makes itself."""
    units = [(page["kind"], unit) for page in pages for unit in page["units"]]
    made = [(kind, unit["verdict"]) for kind, unit in units if unit["stance"] == Stance.ASSERTED.value]
    verdicts = [(kind, VERDICTS.index(verdict)) for kind, verdict in made if verdict in VERDICTS]
    problems = Counter(kind for kind, verdict in verdicts if verdict)
    return {kind: problems[kind] / count for kind, count in Counter(kind for kind, _ in verdicts).items()}


def likened(answers: Sequence[tuple[str, bool]], shares: Mapping[str, float]) -> Table:
    """A weight for each answer, given as its kind of page and whether it is a problem.

    Weighted so, problems have on each kind of page the share that is given, and every kind weighs what it did.
    """
    counts, kinds = Counter(answers), Counter(kind for kind, _ in answers)
    wanted = {(kind, bad): shares[kind] if bad else 1 - shares[kind] for kind, bad in counts}
    return np.array([wanted[answer] * kinds[answer[0]] / counts[answer] for answer in answers])


def fitted(
    name: str, signs: Sequence[Signs], wanted: Sequence[int], pages: Sequence[str], weights: Table | None = None
) -> Fitted:
    """The logistic regression of `wanted` on the signs."""
    vectorizer = DictVectorizer()
    table, target = vectorizer.fit_transform(signs), np.array(wanted)
    counted = np.ones(len(target)) if weights is None else weights
    unseen = np.zeros((len(target), len(set(wanted))))
    for train, held in GroupKFold(FOLDS).split(table, target, pages):
        learnt = _regression(name).fit(table[train], target[train], sample_weight=counted[train])
        unseen[held] = learnt.predict_proba(table[held])
    final = _regression(name).fit(table, target, sample_weight=counted)
    columns = zip(vectorizer.feature_names_, final.coef_.T, strict=True)
    labels = LABELS.get(name, [name])
    bias = [round(float(value), 3) for value in final.intercept_]
    rounded = {str(sign): [round(float(value), 3) for value in values] for sign, values in columns}
    loss = float(log_loss(target, unseen, sample_weight=counted))
    return Fitted({"labels": labels, "bias": bias, "weights": rounded}, unseen, loss)


def _regression(name: str) -> LogisticRegression:
    return LogisticRegression(C=PENALTIES[name], max_iter=5000)


def main(paths: Sequence[Path]) -> None:
    """Fits all parts on the pages of the files and writes them: the stance first, which the others see."""
    _keep("stance", _stance(examples_in(paths)))
    joined_part.cache_clear()
    examples = examples_in(paths)
    _keep("verdict", _verdict([example for example in examples if example.verdict is not None]))
    pairs = [(example, flag) for example in examples for flag in model().labels.flags]
    signs = [flag_signs(example.heard, flag) for example, flag in pairs]
    wanted = [int(flag in example.unit["flags"]) for example, flag in pairs]
    _keep("flag", fitted("flag", signs, wanted, [example.page for example, _ in pairs]))


def _stance(examples: Sequence[Example]) -> Fitted:
    claims = [example for example in examples if example.is_claim]
    signs = [stance_signs(example.reading, example.heard.told) for example in claims]
    wanted = [LABELS["stance"].index(example.unit["stance"]) for example in claims]
    return fitted("stance", signs, wanted, [example.page for example in claims])


def _verdict(judged: Sequence[Example]) -> Fitted:
    signs = [verdict_signs(example.heard) for example in judged]
    wanted = [example.verdict or 0 for example in judged]
    weights = likened([(e.kind, bool(e.verdict)) for e in judged], problem_shares(pages_in(*LIKE)))
    return fitted("verdict", signs, wanted, [example.page for example in judged], weights)


def _keep(name: str, part: Fitted) -> None:
    _write(f"joined-{name}.json", part.data)
    print(f"{name}: {len(part.unseen)} answers, cross-validated log-loss {part.loss:.3f}")


def _write(name: str, data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True).replace('], "', '],\n"')
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main([Path(path) for path in sys.argv[1:]])
