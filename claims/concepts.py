"""The lexicon: words of a text → mentions of known concepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.data import HERE, toml_files
from claims.errors import DataError, faults_in
from claims.patterns import PhraseIndex, with_plural

FOLDER = HERE / "lexicon"


class ConceptKind(StrEnum):
    """What sort of thing a concept is."""

    STRUCTURE = "structure"
    CONDITION = "condition"
    SYMPTOM = "symptom"
    INTERVENTION = "intervention"
    PRODUCT = "product"
    OUTCOME = "outcome"
    POPULATION = "population"
    RISK = "risk"
    TEST = "test"
    PLANT = "plant"
    OTHER = "other"


class Concept(BaseModel):
    """A thing that pages speak of, with the words they use for it.

    `terms` are words, matched as whole words in any case, with their plurals; `patterns` are regular expressions.
    `broader` names concepts that this one is a kind of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: ConceptKind
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    mesh: str | None = None
    uberon: str | None = None
    code_status: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named in a text, by code points of that text."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """All concepts by id, and an index of their words."""

    concepts: Mapping[str, Concept]

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """Each concept's id with itself and everything broader than it."""
        return {name: frozenset(self._upward(name)) for name in self.concepts}

    def _upward(self, name: str) -> Iterator[str]:
        yield name
        for broader in self.concepts[name].broader:
            yield from self._upward(broader)

    @cached_property
    def _by_term(self) -> Mapping[str, str]:
        return {form: c.id for c in self.concepts.values() for term in c.terms for form in with_plural(key_of(term))}

    @cached_property
    def _terms(self) -> PhraseIndex:
        return PhraseIndex(self._by_term)

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple(
            (c.id, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
            for c in self.concepts.values()
            for pattern in c.patterns
        )

    def mentions_in(self, text: str) -> tuple[Mention, ...]:
        """Every concept named in a folded text, in order; where one lies within the words of another, the longer."""
        found = [Mention(self._by_term[hit.phrase], hit.start, hit.end) for hit in self._terms.hits_in(text)]
        for concept, pattern in self._patterns:
            found += (Mention(concept, m.start(), m.end()) for m in pattern.finditer(text))
        return tuple(_longest(found))

    def is_a(self, concept: str, wanted: Iterable[str]) -> bool:
        """True where a concept is one of those wanted, or a kind of one."""
        return not self.ancestors[concept].isdisjoint(wanted)


def key_of(term: str) -> str:
    """A term as the index of words holds it."""
    return term.lower().replace("-", " ").replace("’", "'")


def _longest(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start - m.end):  # stable: of two as long, terms before patterns
        if not any(other.start <= mention.start and mention.end <= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def lexicon_at(folder: Path) -> Lexicon:
    """The lexicon in a folder; raises `DataError` naming file, concept and field of what is wrong."""
    found: dict[str, Concept] = {}
    for path, data in toml_files(folder):
        for concept in _concepts_in(path.name, data):
            if concept.id in found:
                raise DataError(f"{path.name}: {concept.id}: id: stands twice in the lexicon; merge the two")
            found[concept.id] = concept
    for concept in found.values():
        for broader in concept.broader:
            if broader not in found:
                raise DataError(f"{concept.kind}s.toml: {concept.id}: broader: “{broader}” is not in the lexicon")
    return Lexicon(found)


def _concepts_in(name: str, data: dict[str, Any]) -> Iterator[Concept]:
    for number, entry in enumerate(data.get("concept", ()), 1):
        try:
            yield Concept(**{"kind": data.get("kind"), **entry})
        except ValidationError as error:
            raise DataError(f"{name}: {entry.get('id', f'concept {number}')}: {next(faults_in(error))}") from error


@cache
def lexicon() -> Lexicon:
    """The project's own lexicon, read once."""
    return lexicon_at(FOLDER)


@lru_cache(maxsize=256)  # two modules ask this of a sentence
def mentions_in(text: str) -> tuple[Mention, ...]:
    """Every concept of the project's own lexicon that a folded text names, in order."""
    return lexicon().mentions_in(text)
