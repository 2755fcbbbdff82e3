"""Linear models over named features, as data: evaluated with nothing but the standard library."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from claims.data import HERE
from claims.errors import DataError

FOLDER = HERE / "weights"


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of every feature for each label; a feature it does not know weighs nothing."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str] | Mapping[str, float]) -> tuple[float, ...]:
        """The sum for each label, before it is turned into a chance."""
        valued = features.items() if isinstance(features, Mapping) else ((name, 1.0) for name in features)
        totals = list(self.bias)
        for name, value in valued:
            for number, weight in enumerate(self.weights.get(name, ())):
                totals[number] += weight * value
        return tuple(totals)

    def chances(self, features: Iterable[str] | Mapping[str, float]) -> dict[str, float]:
        """The chance of each of several labels that exclude one another; they sum to 1."""
        scores = self.scores(features)
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        return {label: power / sum(powers) for label, power in zip(self.labels, powers, strict=True)}


def chance(score: float) -> float:
    """The chance that belongs to the sum of one label that stands alone (a logistic curve)."""
    return 1 / (1 + math.exp(-score)) if score > -500 else 0.0


def linear_at(path: Path) -> Linear:
    """The model in a weights file; raises `DataError` where the file is missing or broken."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights = {name: tuple(values) for name, values in data["weights"].items()}
        return Linear(tuple(data["labels"]), tuple(data["bias"]), weights)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path.name}: cannot be read; make it again with `python -m claims.training.fit_verdicts`"
        ) from error
