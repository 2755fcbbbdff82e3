"""The relations of `relations.toml` and where a sentence states them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from claims.data import HERE, toml_at
from claims.errors import DataError, faults_in
from claims.gates import matches_in
from claims.patterns import PhraseIndex, verb_forms

FILE = HERE / "relations.toml"
GAP = re.compile(r"\(\?:\\w\+ \)")  # the free words between the words of a phrase
DENIALS = r"not|never|no|nor|neither|without|hardly|nothing"
DENIAL = re.compile(rf"\b(?:{DENIALS})\b")


class Relation(BaseModel):
    """A kind of statement with the words that make it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verbs: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    benefit: bool = False


@dataclass(frozen=True, slots=True)
class RelationCue:
    """Words that state a relation; `reversed` where they name the outcome first.

    `denied` is true where a denial fills a gap between them (“keeps it not open”), and false where it is one of them
    (“no side effects”).
    """

    relation: str
    start: int
    end: int
    reversed: bool
    denied: bool = False


@dataclass(frozen=True)
class Relations:
    """All relations by name, and an index of their verbs."""

    by_name: Mapping[str, Relation]
    _verbs: Mapping[str, tuple[str, ...]]
    _index: PhraseIndex

    @property
    def names(self) -> frozenset[str]:
        """Every relation's name."""
        return frozenset(self.by_name)

    @cached_property
    def benefits(self) -> frozenset[str]:
        """The relations that promise something good."""
        return frozenset(name for name, relation in self.by_name.items() if relation.benefit)

    def cues_in(self, text: str) -> tuple[RelationCue, ...]:
        """Every place where a folded text states a relation, in order; one place may state several."""
        lowered = text.lower()
        found = {
            RelationCue(name, hit.start, hit.end, False)
            for hit in self._index.hits_in(lowered)
            for name in self._verbs[hit.phrase]
        }
        for name, relation in self.by_name.items():
            for backward, patterns in ((False, relation.phrases), (True, relation.reversed)):
                for m in matches_in(patterns, lowered, whole_words=True):
                    found.add(RelationCue(name, m.start(), m.end(), backward, _is_denied(m)))
        return tuple(sorted(found, key=lambda cue: (cue.start, cue.end, cue.relation, cue.reversed)))


def _is_denied(match: re.Match[str]) -> bool:
    """True where the words that state a relation hold a denial that its phrase does not name."""
    if not DENIAL.search(match.string, *match.span()):
        return False
    return not _strict(match.re.pattern).fullmatch(match.string, *match.span())


@cache
def _strict(phrase: str) -> re.Pattern[str]:
    """A phrase that lets no denial into its gaps."""
    return re.compile(GAP.sub(rf"(?:(?!(?:{DENIALS})\\b)\\w+ )", phrase))


def _compiled(by_name: Mapping[str, Relation]) -> Relations:
    verbs: dict[str, tuple[str, ...]] = {}
    for name, relation in by_name.items():
        for form in [*relation.forms, *(form for verb in relation.verbs for form in verb_forms(verb))]:
            if name not in verbs.get(form, ()):
                verbs[form] = (*verbs.get(form, ()), name)
    return Relations(by_name, verbs, PhraseIndex(verbs))


@cache
def relations() -> Relations:
    """The project's relations, read once; raises `DataError` naming the relation and field of what is wrong."""
    found: dict[str, Relation] = {}
    for name, entry in toml_at(FILE).items():
        try:
            found[name] = Relation(**entry)
        except ValidationError as error:
            raise DataError(f"{FILE.name}: {name}: {next(faults_in(error))}") from error
    return _compiled(found)


@lru_cache(maxsize=256)  # two modules ask this of a sentence
def relation_cues_in(text: str) -> tuple[RelationCue, ...]:
    """Every place where a folded text states one of the project's relations, in order."""
    return relations().cues_in(text)
