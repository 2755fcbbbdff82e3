"""The cues of `cues.toml`: negation, hedge, attribution, myth frame, each with its own scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict, ValidationError

from claims.data import HERE, toml_at
from claims.errors import DataError, faults_in

FILE = HERE / "cues.toml"


class CueGroup(StrEnum):
    """What a cue does to a claim."""

    NEGATION = "negation"
    LACKING = "lacking"
    HEDGE = "hedge"
    FREQUENCY = "frequency"
    ABSOLUTE = "absolute"
    PERMANENT = "permanent"
    LIMITED = "limited"
    ATTRIBUTION = "attribution"
    MYTH = "myth"
    FACT = "fact"


class Scope(StrEnum):
    """How far a cue reaches."""

    CLAUSE = "clause"
    BELOW = "below"
    SENTENCE = "sentence"


class Cue(BaseModel):
    """A group of patterns that act alike, with the sentences that test them."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    group: CueGroup
    scope: Scope
    patterns: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    fires: tuple[str, ...]
    quiet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueMention:
    """A cue in a sentence, by code points of the sentence."""

    group: CueGroup
    scope: Scope
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Compiled:
    cue: Cue
    pattern: re.Pattern[str]
    exceptions: re.Pattern[str] | None

    def mentions_in(self, lowered: str) -> Iterator[CueMention]:
        barred = [m.span() for m in self.exceptions.finditer(lowered)] if self.exceptions else []
        for match in self.pattern.finditer(lowered):
            if not any(start < match.end() and match.start() < end for start, end in barred):
                yield CueMention(self.cue.group, self.cue.scope, match.start(), match.end())


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, read once; raises `DataError` naming the group and field of what is wrong."""
    found = []
    for entry in toml_at(FILE)["cue"]:
        try:
            found.append(Cue(**{("exceptions" if key == "except" else key): value for key, value in entry.items()}))
        except ValidationError as error:
            raise DataError(f"{FILE.name}: {entry.get('group')}: {next(faults_in(error))}") from error
    return tuple(found)


@cache
def _compiled() -> tuple[_Compiled, ...]:
    return tuple(
        _Compiled(c, re.compile("|".join(c.patterns)), re.compile("|".join(c.exceptions)) if c.exceptions else None)
        for c in cues()
    )


def cue_mentions_in(text: str) -> tuple[CueMention, ...]:
    """Every cue in a folded sentence, in order."""
    lowered = text.lower()
    return tuple(sorted((m for c in _compiled() for m in c.mentions_in(lowered)), key=lambda m: (m.start, m.end)))
