"""The signs by which a page's facts are known, as kept in `signs.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

_CASED = frozenset({"author.byline", "reviewer.byline"})


@cache
def vocabulary() -> dict[str, Any]:
    """`signs.toml`, as it stands."""
    return tomllib.loads(resources.files(__package__).joinpath("signs.toml").read_text("utf-8"))


@cache
def sign(name: str) -> re.Pattern[str]:
    """The pattern of a sign such as `selling.text`: any of its lines."""
    family, member = name.split(".")
    lines = vocabulary()[family][member]["any"]
    if name in _CASED:
        return re.compile("|".join(_with_own_names(lines)))
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


def listed(family: str, member: str) -> tuple[str, ...]:
    """A plain list of words, such as the `nobody` of `author`."""
    return tuple(vocabulary()[family][member])


def names_one_of(words: tuple[str, ...], name: str) -> bool:
    """True where a class or id has one of the words in it, as `post__byline` has `byline`."""
    spaced = f" {' '.join(re.findall('[a-z0-9]+', name.lower()))} "
    return any(f" {word} " in spaced for word in words)


def _with_own_names(lines: list[str]) -> list[str]:
    """Alternatives of one pattern may not share a group name."""
    return [f"(?:{line.replace('(?P<name>', f'(?P<name{number}>')})" for number, line in enumerate(lines)]
