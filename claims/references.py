"""The reference claim set: `references/*.toml`, validated, versioned and hashed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from claims.concepts import lexicon
from claims.data import HERE, sha256_of, toml_files
from claims.errors import DataError, faults_in
from claims.facts.levels import levels_named
from claims.facts.words import any_of, words
from claims.model import Certainty, Status, Strength, Verdict
from claims.relations import relations

FOLDER = HERE / "references"
COUNT = re.compile(r"count \d+")


class CertaintyBasis(StrEnum):
    """Who rated the certainty: the source itself, or the editor who compiled the set."""

    SOURCE = "source"
    EDITOR = "editor"


class SourceFit(StrEnum):
    """Whether the cited work tests the statement."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    CONTEXT_ONLY = "context-only"


class Stands(StrEnum):
    """How a claim of this form stands to the statement.

    It agrees; it exceeds it; it contradicts it, or a fact beside it; or it corrects a statement that is itself wrong.
    """

    AGREES = "agrees"
    EXCEEDS = "exceeds"
    CONTRADICTS = "contradicts"
    CORRECTS = "corrects"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class NumberRule(_Frozen):
    """A figure that a claim of this form may bear: `of` names the unit; outside the bounds it is wrong."""

    of: str
    equals: tuple[float, ...] = ()
    at_most: float | None = None
    at_least: float | None = None

    def bears(self, value: float) -> bool:
        """True where the figure is within what the evidence bears."""
        if self.equals:
            return value in self.equals
        return (self.at_most is None or value <= self.at_most) and (self.at_least is None or value >= self.at_least)


class FramePattern(_Frozen):
    """A form of claim that a reference speaks to. Empty `subject`, `relation` or `object` match anything."""

    subject: frozenset[str] = frozenset()
    relation: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    requires: frozenset[str] = Field(default=frozenset(), alias="with")
    without: frozenset[str] = frozenset()
    stands: Stands = Stands.AGREES
    number: NumberRule | None = None

    @cached_property
    def concepts(self) -> frozenset[str]:
        """All concepts that the pattern names."""
        return self.subject | self.object

    @field_validator("relation")
    @classmethod
    def _known_relation(cls, names: frozenset[str]) -> frozenset[str]:
        known = relations().names
        if wrong := sorted(names - known):
            raise ValueError(f"“{wrong[0]}” is not one of {', '.join(sorted(known))}")
        return names

    @field_validator("subject", "object")
    @classmethod
    def _known_concepts(cls, ids: frozenset[str]) -> frozenset[str]:
        if wrong := sorted(ids - lexicon().concepts.keys()):
            raise ValueError(f"concept “{wrong[0]}” is not in claims/lexicon/")
        return ids

    @model_validator(mode="after")
    def _says_something(self) -> FramePattern:
        if not (self.subject or self.object):
            raise ValueError("a frame needs a subject or an object")
        return self


class Fact(_Frozen):
    """What belongs to fixed levels of the spine or one side of the root, or how many pairs; for `claims/facts/`.

    `says` are expressions for it; `of` names where it belongs (`L5`, `L2-L4`, `side dorsal`) or how many pairs it has
    (`count 8`), `near` also what is not ruled on beside that. If it is `whole`, it is made of those levels; if `bones`,
    vertebrae are meant and not roots. In a sentence with one of `unless` it is something else.
    """

    says: tuple[str, ...] = Field(min_length=1)
    of: str
    near: str = ""
    whole: bool = False
    bones: bool = False
    unless: tuple[str, ...] = ()

    @property
    def is_of_levels(self) -> bool:
        """True where it belongs to levels of the spine."""
        return self.of[:1].isupper()

    @field_validator("of", "near")
    @classmethod
    def _known_places(cls, named: str) -> str:
        sides = [side for side, _ in words().members]
        if named[:1].isupper():
            levels_named(named)
        elif named and named not in sides and not COUNT.fullmatch(named):
            raise ValueError(f"“{named}” is no level of the spine, no count such as `count 8` and none of {sides}")
        return named

    @field_validator("says", "unless")
    @classmethod
    def _well_formed(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        try:
            any_of(patterns)
        except re.error as error:
            raise ValueError(f"“{error.pattern!s}” is no regular expression: {error.msg}") from error
        return patterns


class Source(_Frozen):
    """A cited work. `verified` means that the citation was seen, not that the whole paper was read."""

    author: str
    title: str
    year: int | None = None
    identifier: str
    verified: bool
    seen_at: str | None = None
    note: str | None = None


class Reference(_Frozen):
    """One reference claim: what the evidence says, how surely, and which wording it bears."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    topic: str
    statement: str = Field(min_length=10)
    status: Status
    certainty: Certainty
    certainty_basis: CertaintyBasis
    source_fit: SourceFit
    wording: str = Field(min_length=10)
    """The strongest wording that the evidence bears."""
    fair_wording: str = Field(min_length=10)
    scope: str
    urgent: bool = False
    """True where readers come to harm who are told otherwise: a contradiction is not weighed down by calm words."""
    reviewed: date
    bears: Strength = Strength.DIRECT
    limits: frozenset[str] = frozenset()
    """Qualifiers, one of which an unhedged claim has to state, such as `short-term`."""
    frames: tuple[FramePattern, ...] = Field(alias="frame", min_length=1)
    facts: tuple[Fact, ...] = Field(default=(), alias="fact")
    examples: Mapping[Verdict, tuple[str, ...]]
    sources: tuple[Source, ...] = Field(alias="source", min_length=1)

    @field_validator("bears", mode="before")
    @classmethod
    def _strength_by_name(cls, value: Any) -> Any:
        names = {strength.name.lower(): strength for strength in Strength}
        if isinstance(value, str) and value not in names:
            raise ValueError(f"“{value}” is not one of {', '.join(names)}")
        return names[value] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _examples_on_both_sides(self) -> Reference:
        agreeing = self.examples.get(Verdict.SUPPORTED, ())
        differing = [text for verdict, texts in self.examples.items() if verdict != Verdict.SUPPORTED for text in texts]
        if not agreeing or not differing:
            raise ValueError("examples: one that agrees with the evidence and one that differs are needed")
        return self


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """All reference claims by id, with a version (the newest review date) and a hash of the files."""

    version: str
    sha256: str
    references: Mapping[str, Reference]


def references_at(folder: Path) -> ReferenceSet:
    """The reference set in a folder; raises `DataError` naming file, id and field of what is wrong."""
    found: dict[str, Reference] = {}
    for path, data in toml_files(folder):
        for reference in _references_in(path.name, data):
            if reference.id in found:
                raise DataError(f"{path.name}: {reference.id}: id: stands twice in the set; rename one")
            found[reference.id] = reference
    version = max(reference.reviewed for reference in found.values()).strftime("%Y.%m.%d")
    return ReferenceSet(version, sha256_of(folder.rglob("*.toml")), found)


def _references_in(name: str, data: dict[str, Any]) -> Iterator[Reference]:
    topic = data.get("topic")
    entries = data.get("reference")
    if not isinstance(topic, str) or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise DataError(f'{name}: needs `topic = "…"` and at least one [[reference]]')
    for number, entry in enumerate(entries, 1):
        label = entry.get("id", f"reference {number}")
        try:
            yield Reference(topic=topic, **entry)
        except ValidationError as error:
            raise DataError(f"{name}: {label}: {next(faults_in(error))}") from error


@cache
def reference_set() -> ReferenceSet:
    """The project's own reference set, read once."""
    return references_at(FOLDER)


__all__ = ["Reference", "ReferenceSet", "Source", "Stands", "reference_set", "references_at"]
