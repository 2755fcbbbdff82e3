"""What a reader of one format hands on: the blocks of a page, and all that its facts are found in."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model import Block, Fact


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states, and where: `meta author`, `json-ld author`, `byline`, or a CSS path."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself, as it writes it."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None  # BCP 47 primary subtag, lower case
    facts: tuple[Fact, ...] = ()  # the same and more, each with its origin


@dataclass(frozen=True, slots=True)
class Link:
    """A link or button: its words, its address, its `rel`, and the furniture it is part of (None in the article)."""

    text: str
    href: str
    rel: frozenset[str] = frozenset()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as read.

    `whole` marks a full web page, `broken` one that shows beginnings only, `stuffed` one that hides keywords.
    """

    blocks: tuple[Block, ...]
    about: About = About()
    links: tuple[Link, ...] = ()
    cites: bool = False
    whole: bool = False
    broken: bool = False
    stuffed: bool = False

    @property
    def article(self) -> tuple[Block, ...]:
        """The blocks without the furniture of the site."""
        return tuple(block for block in self.blocks if block.role.judged)
