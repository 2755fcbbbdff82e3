"""The expressions of `words.toml`, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claims.data import HERE, toml_at

FILE = HERE / "facts" / "words.toml"
Named = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """What `words.toml` holds; what each part is for stands there."""

    around: Mapping[str, Named]
    joint: Named
    exit: Named
    count: Named
    members: Sequence[tuple[str, re.Pattern[str]]]
    in_turn: re.Pattern[str]
    deny: re.Pattern[str]
    unlike: re.Pattern[str]
    story: re.Pattern[str]
    aside: re.Pattern[str]
    firm: re.Pattern[str]


@cache
def words() -> Words:
    """The project's own expressions."""
    data = toml_at(FILE)
    around = {kind: _named(sides) for kind, sides in data["around"].items()}
    members = [(entry["of"], any_of(entry["patterns"])) for entry in data["member"]]
    lists = {name: any_of(data[name]["patterns"]) for name in ("in_turn", "deny", "unlike", "story", "aside", "firm")}
    return Words(around, _named(data["joint"]), _named(data["exit"]), _named(data["count"]), members, **lists)


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression that matches where any of these does."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _named(entries: Mapping[str, Mapping[str, Sequence[str]]]) -> Named:
    return {name: any_of(entry["patterns"]) for name, entry in entries.items()}
