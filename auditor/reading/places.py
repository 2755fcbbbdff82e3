"""The parts of an article that are more than its text: answers, author boxes, what sells."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from auditor.model import Role
from auditor.reading.furniture import attribute
from auditor.reading.signs import sign
from auditor.reading.vocabulary import place_named, vocabulary

_NEVER = frozenset({"html", "body", "main", "article"})  # what they are called says nothing of their parts
_LONGEST_ADDRESS, _SHORT = 2_000, 300  # characters; longer text that happens to be linked is an article's


def place_of(tag: Tag) -> Role | None:
    """The part of an article that an element says it is."""
    answers = vocabulary()["places"]["answer"]
    if tag.name in answers["elements"] or attribute(tag, "itemtype").rsplit("/", 1)[-1].lower() in answers["types"]:
        return Role.ANSWER
    said = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    return place_named(said) if said != " " and tag.name not in _NEVER else None


def sells(text: str, links: Sequence[Tag]) -> Role | None:
    """What a linked line or a button does that earns its page money."""
    if len(text) > _SHORT:
        return None
    for link in links:
        href = attribute(link, "href")[:_LONGEST_ADDRESS]
        if "sponsored" in attribute(link, "rel").lower() or sign("selling.affiliate").search(href):
            return Role.AFFILIATE
        if sign("selling.link").search(href):
            return Role.CALL_TO_ACTION
    return Role.CALL_TO_ACTION if sign("selling.text").search(text) else None
