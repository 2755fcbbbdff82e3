"""Labelled sentences that are worded like one: which references and verdicts they had."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from claims.errors import DataError
from claims.weighing.linear import FOLDER

FILE = FOLDER / "neighbours.json"
WORD = re.compile(r"[a-z0-9][a-z0-9'-]*")
ENDINGS = re.compile(r"(?:ing|ed|es|s|ly|'s)$")
NEAREST = 12


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A labelled sentence: the page it stands on, its words, its verdict and the references it speaks to."""

    page: str
    text: str
    verdict: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A neighbour and how alike it is, 0 to 1 (cosine of tf-idf over stems and pairs of stems)."""

    neighbour: Neighbour
    likeness: float


def terms_in(text: str) -> frozenset[str]:
    """The stems of a text and the pairs of stems that stand side by side."""
    stems = [ENDINGS.sub("", word) or word for word in WORD.findall(text.lower())]
    return frozenset(stems) | frozenset(f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False))


@dataclass(frozen=True)
class Neighbourhood:
    """All labelled sentences, indexed by their terms."""

    neighbours: Sequence[Neighbour]

    @cached_property
    def _terms(self) -> Sequence[frozenset[str]]:
        return [terms_in(neighbour.text) for neighbour in self.neighbours]

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        counts = Counter(term for terms in self._terms for term in terms)
        return {term: math.log(len(self.neighbours) / count) for term, count in counts.items() if count > 1}

    @cached_property
    def _norms(self) -> Sequence[float]:
        return [self._norm(terms) for terms in self._terms]

    @cached_property
    def _index(self) -> Mapping[str, Sequence[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for number, terms in enumerate(self._terms):
            for term in terms:
                if term in self._weights:
                    index[term].append(number)
        return index

    def _norm(self, terms: Iterable[str]) -> float:
        return math.sqrt(sum(self._weights.get(term, 0.0) ** 2 for term in terms)) or 1.0

    def near(self, text: str, *, but_not_on: str = "") -> tuple[Near, ...]:
        """The nearest labelled sentences, nearest first; those on one page can be left out, for honest fitting."""
        terms = terms_in(text)
        totals: dict[int, float] = defaultdict(float)
        for term in terms:
            for number in self._index.get(term, ()):
                totals[number] += self._weights[term] ** 2
        norm = self._norm(terms)
        ranked = sorted(((total / (norm * self._norms[n]), n) for n, total in totals.items()), key=lambda x: (-x[0], x[1]))
        near = (Near(self.neighbours[n], likeness) for likeness, n in ranked[: NEAREST * 3])
        return tuple(item for item in near if item.neighbour.page != but_not_on or not but_not_on)[:NEAREST]


@cache
def neighbourhood() -> Neighbourhood:
    """The project's labelled sentences, read once."""
    try:
        rows = json.loads(FILE.read_text(encoding="utf-8"))
        return Neighbourhood([Neighbour(page, text, verdict, tuple(refs)) for page, text, verdict, refs in rows])
    except (OSError, ValueError) as error:
        raise DataError(f"{FILE.name}: cannot be read; make it again with `python -m claims.training.fit`") from error
