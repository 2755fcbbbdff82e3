"""Likeness of words between a sentence and the references: it ranks those that match and never decides a verdict."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from claims.references import Reference

WORD = re.compile(r"[a-z][a-z0-9'-]+")
ENDINGS = re.compile(r"(?:ing|ed|es|s|ly)$")


def stems_in(text: str) -> Counter[str]:
    """The words of a text without their endings, counted."""
    return Counter(ENDINGS.sub("", word) for word in WORD.findall(text.lower()) if len(word) > 2)


@dataclass(frozen=True)
class Likeness:
    """Cosine of tf-idf vectors between a text and every reference."""

    references: Mapping[str, Reference]

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        seen = Counter(stem for words in self._words.values() for stem in words)
        return {stem: math.log(len(self._words) / count) + 0.1 for stem, count in seen.items()}

    @cached_property
    def _words(self) -> Mapping[str, Counter[str]]:
        return {name: stems_in(_text_of(reference)) for name, reference in self.references.items()}

    @cached_property
    def _norms(self) -> Mapping[str, float]:
        return {name: self._norm(words) for name, words in self._words.items()}

    def _norm(self, words: Counter[str]) -> float:
        return math.sqrt(sum((self._weights.get(stem, 0.0)) ** 2 for stem in words)) or 1.0

    def to_each(self, names: Iterable[str], text: str) -> dict[str, float]:
        """How alike a sentence and each of the references named are: 0 to 1."""
        words = stems_in(text)
        norm = self._norm(words)
        return {name: self._shared(name, words) / (norm * self._norms[name]) for name in names}

    def _shared(self, name: str, words: Counter[str]) -> float:
        return sum(self._weights[stem] ** 2 for stem in words.keys() & self._words[name].keys())


def _text_of(reference: Reference) -> str:
    examples = (text for texts in reference.examples.values() for text in texts)
    return " ".join([reference.statement, reference.wording, reference.fair_wording, *examples])
