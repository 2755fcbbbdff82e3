"""What the elements and the class names of web pages mean to a reader, as kept in `furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from auditor.model import Role
from claims.model import BlockKind

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile("[a-z0-9]+")
_LONGEST = 300  # characters of class and id that are looked at


@cache
def vocabulary() -> dict[str, Any]:
    """`furniture.toml`, as it stands."""
    return tomllib.loads(resources.files(__package__).joinpath("furniture.toml").read_text("utf-8"))


@cache
def kinds() -> dict[str, BlockKind]:
    """Element name → what its text is, for the elements that say so."""
    elements = vocabulary()["elements"]
    return {name: BlockKind(kind) for kind in BlockKind if kind in elements for name in elements[kind]}


@cache
def block_elements() -> frozenset[str]:
    """The elements that begin a block of text."""
    return frozenset(vocabulary()["elements"]["block"]) | frozenset(kinds())


@cache
def unread() -> frozenset[str]:
    """The elements whose text is never shown, or is not the author's."""
    return frozenset(vocabulary()["elements"]["unread"])


@cache
def roles() -> Mapping[str, Role]:
    """Kind of furniture → the role of its blocks."""
    return {label: Role(rules["role"]) for label, rules in vocabulary()["furniture"].items()}


def furniture_named(said: str) -> str | None:
    """The furniture that a class or id names, if any does."""
    return _named(said, "furniture")


def place_named(said: str) -> Role | None:
    """The part of an article that a class or id names, if any does."""
    label = _named(said, "places")
    return Role(label) if label else None


def unfolds(said: str) -> bool:
    """True where a class or id names something that a reader can open."""
    return _unfolding().search(_spaced(said)) is not None


def _named(said: str, family: str) -> str | None:
    pattern, labels = _names(family)
    for name in said[:_LONGEST].split():
        found = pattern.search(_spaced(name))
        if found:
            return labels[found[0]]
    return None


def _spaced(name: str) -> str:
    return f" {' '.join(_WORD.findall(_HUMP.sub(' ', name).lower()))} "


@cache
def _names(family: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    labels = {words: label for label, rules in reversed(vocabulary()[family].items()) for words in rules["words"]}
    return _any_of(labels), labels


@cache
def _unfolding() -> re.Pattern[str]:
    return _any_of(vocabulary()["hidden"]["unfolding_words"])


def _any_of(words: Any) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, longest_first))})(?= )")
