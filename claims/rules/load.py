"""The rule set: `rules/FAMILY/NAME.toml`, validated and hashed.

`{word}` in a pattern stands for the entry of that name in `rules/words.toml`, which may name others in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from claims.data import sha256_of, toml_at, toml_files
from claims.errors import DataError, faults_in
from claims.model import Sense, Severity, Stance, Verdict
from claims.patterns import NAME, filled

FOLDER = Path(__file__).parent
WORDS = "words.toml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PhraseMatch(_Frozen):
    """Fires where a sentence the page asserts has one of `any`, all of `all` and none of `unless`.

    All are regular expressions over the folded, lower-case sentence. A match inside the scope of a negation counts only
    where `negated` says so, and a question only where `asked` does.
    """

    kind: Literal["phrase"]
    any: tuple[str, ...] = Field(min_length=1)
    all: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negated: bool = False
    asked: bool = False
    stances: frozenset[Stance] = frozenset({Stance.ASSERTED})


class RelationMatch(_Frozen):
    """Fires where an asserted, positive frame has one of the relations between concepts of the kinds or ids named.

    A question never counts.
    """

    kind: Literal["relation"]
    relation: frozenset[str]
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    unless: tuple[str, ...] = ()


class VerdictMatch(_Frozen):
    """Fires on every claim with this verdict."""

    kind: Literal["verdict"]
    verdict: Verdict


class SenseMatch(_Frozen):
    """Fires where “nerve root” has this sense, or once for a page where it has all of `together`."""

    kind: Literal["sense"]
    sense: Sense | None = None
    together: frozenset[Sense] = frozenset()


class PageMatch(_Frozen):
    """Fires once for a page that has none of the facts in `lacks` and all of those in `has`."""

    kind: Literal["page"]
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()


class AbsenceMatch(_Frozen):
    """Fires once for a page whose text has one of `present` (and of `also`) and none of `absent`."""

    kind: Literal["absence"]
    present: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    absent: tuple[str, ...] = Field(min_length=1)


Match = Annotated[
    PhraseMatch | RelationMatch | VerdictMatch | SenseMatch | PageMatch | AbsenceMatch, Field(discriminator="kind")
]


class Rule(_Frozen):
    """What to look for, why it matters, on whose authority, and what to write instead."""

    id: str
    severity: Severity
    message: str
    why: str = Field(min_length=10)
    basis: tuple[str, ...] = Field(min_length=1)
    instead: str = Field(min_length=10)
    flags: tuple[str, ...] = Field(min_length=2)
    allows: tuple[str, ...] = Field(min_length=2)
    match: tuple[Match, ...] = Field(min_length=1)

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.split("/")[0]

    @field_validator("flags", "allows")
    @classmethod
    def _no_doubles(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(texts)) < len(texts):
            raise ValueError("an example stands twice")
        return texts


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules by id, with a hash of their files."""

    sha256: str
    rules: Mapping[str, Rule]


def rules_at(folder: Path) -> RuleSet:
    """The rule set in a folder; raises `DataError` naming rule and field of what is wrong."""
    found: dict[str, Rule] = {}
    words = _words_at(folder / WORDS)
    for path, data in toml_files(folder):
        if path.name == WORDS:
            continue
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            found[name] = Rule(id=name, **_with_words(data, words))
        except ValidationError as error:
            raise DataError(f"{name}.toml: {next(faults_in(error))}") from error
        except KeyError as error:
            raise DataError(f"{name}.toml: match: no word {error} in {WORDS}") from error
    return RuleSet(sha256_of(folder.rglob("*.toml")), found)


def _words_at(path: Path) -> dict[str, str]:
    return toml_at(path)["words"] if path.exists() else {}


def _with_words(data: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    matches = [{field: _each_filled(value, words) for field, value in match.items()} for match in data.get("match", ())]
    return {**data, "match": matches} if matches else data


def _each_filled(value: Any, words: Mapping[str, str]) -> Any:
    if not isinstance(value, list):
        return value
    return [_one_filled(entry, words) if isinstance(entry, str) else entry for entry in value]


def _one_filled(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with its words put in; raises `KeyError` where there is no such word."""
    whole = filled(pattern, words)
    if unknown := NAME.search(whole):
        raise KeyError(unknown[1])
    return whole


@cache
def rule_set() -> RuleSet:
    """The project's own rules, read once."""
    return rules_at(FOLDER)
