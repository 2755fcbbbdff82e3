"""The cues of `cues.toml`: negation, hedge, attribution, myth frame, each with its own scope."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from claims.data import HERE, toml_at
from claims.errors import DataError, faults_in
from claims.gates import matches_in
from claims.patterns import filled

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
    ABSENT = "absent"


class Scope(StrEnum):
    """How far a cue reaches."""

    PHRASE = "phrase"
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


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, read once; raises `DataError` naming the group and field of what is wrong."""
    data = toml_at(FILE)
    found = []
    for entry in data["cue"]:
        try:
            found.append(_cue_of(entry, data["words"]))
        except ValidationError as error:
            raise DataError(f"{FILE.name}: {entry.get('group')}: {next(faults_in(error))}") from error
    return tuple(found)


@cache
def joint() -> re.Pattern[str]:
    """The marks and words with which a phrase ends."""
    return re.compile(toml_at(FILE)["words"]["joint"])


def _cue_of(entry: Mapping[str, Any], words: Mapping[str, str]) -> Cue:
    """The cue of an entry, with the lists of [words] put in where its patterns name them."""
    cue = Cue(**{("exceptions" if key == "except" else key): value for key, value in entry.items()})
    texts = {name: tuple(filled(p, words) for p in getattr(cue, name)) for name in ("patterns", "exceptions")}
    return cue.model_copy(update=texts)


def cue_mentions_in(text: str, groups: Container[CueGroup] = frozenset(CueGroup)) -> tuple[CueMention, ...]:
    """Every cue of some groups in a folded sentence, in order."""
    lowered = text.lower()
    found = (mention for cue in cues() if cue.group in groups for mention in _mentions_of(cue, lowered))
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


def _mentions_of(cue: Cue, lowered: str) -> Iterator[CueMention]:
    barred = [match.span() for match in matches_in(cue.exceptions, lowered)]
    for match in matches_in(cue.patterns, lowered):
        if not any(start < match.end() and match.start() < end for start, end in barred):
            yield CueMention(cue.group, cue.scope, match.start(), match.end())
