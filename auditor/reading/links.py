"""The links, buttons and forms of a web page."""

from __future__ import annotations

from bs4 import Tag

from auditor.reading.draft import Link
from auditor.reading.furniture import HIDDEN, attribute
from auditor.reading.plain import plain
from auditor.reading.tree import Tree, first_words

_LONGEST_ADDRESS = 2_000  # characters


def links_in(tree: Tree) -> tuple[Link, ...]:
    """Every link, button and form that a reader can use, with the furniture it stands in."""
    return tuple(_link(tag, label) for tag, label in tree.tags if label != HIDDEN and _leads_on(tag))


def _leads_on(tag: Tag) -> bool:
    if tag.name == "input":
        return attribute(tag, "type") in ("submit", "button", "image")
    return tag.name in ("button", "form") or (tag.name == "a" and tag.has_attr("href"))


def _link(tag: Tag, label: str | None) -> Link:
    return Link(
        text="" if tag.name == "form" else first_words(tag) or plain(attribute(tag, "value")),
        href=(attribute(tag, "href") or attribute(tag, "action"))[:_LONGEST_ADDRESS],
        rel=frozenset(attribute(tag, "rel").lower().split()),
        place=label,
    )
