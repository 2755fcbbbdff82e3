"""What a reader of one format hands on: the blocks of a page, and all that its facts are found in."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model import Block


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself, as it writes it."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None  # BCP 47 primary subtag, lower case


@dataclass(frozen=True, slots=True)
class Link:
    """A link or button: its words, its address, its `rel`, and the furniture it is part of (None in the article)."""

    text: str
    href: str
    rel: frozenset[str] = frozenset()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as read. `elsewhere` is the text a reader sees outside the article; `whole` marks a full web page."""

    blocks: tuple[Block, ...]
    about: About = About()
    links: tuple[Link, ...] = ()
    elsewhere: tuple[str, ...] = ()
    cites: bool = False
    whole: bool = False
