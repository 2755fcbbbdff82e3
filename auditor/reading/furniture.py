"""Which parts of a web page are not its article: hidden ones, and the furniture of the site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from claims.model import BlockKind

HIDDEN = "hidden"
_NEVER = frozenset({"html", "body", "main", "article", "h1"})
_MOST = 0.8  # an element with this share of the page's text is the page, whatever its class says
_HIDING_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


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


def attribute(tag: Tag, name: str) -> str:
    """An attribute as one string, empty where the element lacks it."""
    value = tag.get(name)
    return value if isinstance(value, str) else " ".join(value or ())


def furniture_in(soup: BeautifulSoup) -> dict[int, str]:
    """`id(tag)` of every element to leave out, with why: `hidden` or a kind of furniture; outermost only."""
    weights = _weights(soup)
    page = weights[id(soup)]
    found: dict[int, str] = {}
    waiting: list[tuple[Tag, bool]] = [(soup, False)]
    while waiting:
        tag, inside = waiting.pop()
        label = _label(tag, inside, weights[id(tag)], page)
        if label:
            found[id(tag)] = label
            continue
        inside = inside or tag.name in vocabulary()["outside"]["article"]
        waiting.extend((child, inside) for child in tag.children if isinstance(child, Tag))
    return found


@dataclass(slots=True)
class _Weight:
    """What an element holds: characters of text, main headings, and whether the page's main part is in it."""

    text: int = 0
    titles: int = 0
    main: bool = False


def _weights(soup: BeautifulSoup) -> dict[int, _Weight]:
    nodes = [soup, *soup.descendants]
    weights = {id(node): _Weight() for node in nodes if isinstance(node, Tag)}
    for node in reversed(nodes[1:]):  # children before parents, in one pass however deep the page
        parent = weights[id(node.parent)]
        if isinstance(node, Tag):
            own = weights[id(node)]
            parent.text += own.text
            parent.titles += own.titles + (node.name == "h1")
            parent.main = parent.main or own.main or node.name in ("main", "article")
        elif type(node) is NavigableString:
            parent.text += len(node.strip())
    return weights


def _label(tag: Tag, inside: bool, weight: _Weight, page: _Weight) -> str | None:
    if tag.name in vocabulary()["elements"]["unread"] or _hides(tag):
        return HIDDEN
    if tag.name in _NEVER or tag.parent is None or (weight.titles and weight.titles == page.titles):
        return None
    return _by_element(tag, inside, weight, page) or _by_words(tag, weight, page)


def _hides(tag: Tag) -> bool:
    rules = vocabulary()["hidden"]
    if tag.has_attr("hidden") and attribute(tag, "hidden") != "until-found":
        return attribute(tag, "role") not in rules["unfolding_roles"]
    if _HIDING_STYLE.search(attribute(tag, "style")) or (tag.name == "dialog" and not tag.has_attr("open")):
        return True
    if attribute(tag, "aria-hidden") == "true" and tag.name not in block_elements():
        return True  # an icon or an anchor sign; a whole block with this is shown to those who see
    return not set(rules["classes"]).isdisjoint(attribute(tag, "class").split())


def _by_element(tag: Tag, inside: bool, weight: _Weight, page: _Weight) -> str | None:
    role = attribute(tag, "role")
    for label, rules in vocabulary()["furniture"].items():
        if tag.name in rules.get("elements", ()) or role in rules.get("roles", ()):
            return str(label)
    if inside or weight.main:
        return None
    label = vocabulary()["outside"]["elements"].get(tag.name)
    return label if label != "aside" or page.main else None


def _by_words(tag: Tag, weight: _Weight, page: _Weight) -> str | None:
    said = f"{attribute(tag, 'class')} {attribute(tag, 'id')}".strip()
    if not said or weight.text > _MOST * page.text:
        return None
    for label in (_furniture_named(name) for name in said.split()):
        if label:
            return label
    return None


@cache
def _word_lists() -> tuple[tuple[str, str], ...]:
    return tuple((label, f" {words} ") for label, words in _all_words())


def _all_words() -> Iterator[tuple[str, str]]:
    for label, rules in vocabulary()["furniture"].items():
        yield from ((label, words) for words in rules["words"])


def _furniture_named(name: str) -> str | None:
    """The furniture that one class or id names. Not cached: names come from pages, and have no end."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = f" {' '.join(re.findall('[a-z0-9]+', spaced.lower()))} "
    return next((label for label, listed in _word_lists() if listed in words), None)
