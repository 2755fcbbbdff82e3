"""Which parts of a web page are not its article: hidden ones, and the furniture of the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from auditor.reading.vocabulary import block_elements, furniture_named, unfolds, unread, vocabulary

HIDDEN = "hidden"
_NEVER = frozenset({"html", "body", "main", "article", "h1"})
_MOST = 0.8  # an element with this share of the page's text is the page, whatever its class says


def attribute(tag: Tag, name: str) -> str:
    """An attribute as one string, empty where the element lacks it."""
    return str(tag.attrs.get(name, ""))


def furniture_in(soup: BeautifulSoup) -> dict[int, str]:
    """`id(tag)` of every element outside the article, with why: `hidden` or a kind of furniture.

    Outermost only, but for what is hidden in furniture.
    """
    weights = _weights(soup)
    page = weights[id(soup)]
    outside = frozenset(vocabulary()["outside"]["article"])
    found: dict[int, str] = {}
    waiting: list[tuple[Tag, bool, bool]] = [(soup, False, False)]
    while waiting:
        tag, inside, known = waiting.pop()
        label = HIDDEN if hides(tag.name, tag.attrs) else None
        if not known and not label:
            label = _label(tag, inside, weights[id(tag)], page)
        if label:
            found[id(tag)] = label
        if label != HIDDEN:
            inside, known = inside or tag.name in outside, known or label is not None
            waiting.extend((child, inside, known) for child in tag.contents if isinstance(child, Tag))
    return found


def hides(name: str, attributes: Mapping[str, Any]) -> bool:
    """True for an element that no reader sees, and that none can open; values are strings or None."""
    if name in unread() or (name == "dialog" and "open" not in attributes):
        return True
    if not attributes:
        return False
    if is_folded(attributes):
        return not _opens(attributes)
    if attributes.get("aria-hidden") == "true" and name not in block_elements():
        return True  # an icon or an anchor sign; a whole block with this is shown to those who see
    return not _for_screen_readers().isdisjoint((attributes.get("class") or "").split())


def is_folded(attributes: Mapping[str, Any]) -> bool:
    """True for an element that is read, and shown only when a reader opens it."""
    hidden = "hidden" in attributes and attributes["hidden"] != "until-found"
    return hidden or bool(attributes.get("style") and _hiding().search(attributes["style"]))


def _opens(attributes: Mapping[str, Any]) -> bool:
    if attributes.get("role") in vocabulary()["hidden"]["unfolding_roles"]:
        return True
    return unfolds(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")


@cache
def _hiding() -> re.Pattern[str]:
    styles = "|".join(vocabulary()["hidden"]["styles"])
    return re.compile(rf"(?:^|[;\s])(?:{styles})", re.IGNORECASE)


@cache
def _for_screen_readers() -> frozenset[str]:
    return frozenset(vocabulary()["hidden"]["classes"])


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
    if tag.name in _NEVER or tag.parent is None or (weight.titles and weight.titles == page.titles):
        return None
    return _by_element(tag, inside, weight, page) or _by_words(tag, weight, page)


def _by_element(tag: Tag, inside: bool, weight: _Weight, page: _Weight) -> str | None:
    label = _label_of(tag.name, attribute(tag, "role"))
    if label or inside or weight.main:
        return label
    beside = vocabulary()["outside"]["elements"].get(tag.name)
    return beside if beside != "aside" or page.main else None


def _label_of(name: str, role: str) -> str | None:
    by_element, by_role = _labels()
    return by_element.get(name) or by_role.get(role)


@cache
def _labels() -> tuple[Mapping[str, str], Mapping[str, str]]:
    rules = vocabulary()["furniture"].items()
    elements = {name: label for label, rule in rules for name in rule.get("elements", ())}
    return elements, {name: label for label, rule in rules for name in rule.get("roles", ())}


def _by_words(tag: Tag, weight: _Weight, page: _Weight) -> str | None:
    said = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    if said == " " or weight.text > _MOST * page.text:
        return None
    return furniture_named(said)
