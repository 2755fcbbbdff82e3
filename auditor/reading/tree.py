"""A web page as a tree, with the line of every element and the parts that are not its article."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from auditor.reading.furniture import furniture_in
from auditor.reading.plain import plain

# The words of a link, a byline or a note are few; what a broken page has inside one may be all of it.
_LONG, _NEAR = 400, 200  # characters, nodes


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page; `lines` and `left_out` are keyed by `id(tag)`, which holds as long as `soup` does."""

    soup: BeautifulSoup
    lines: dict[int, int]
    left_out: dict[int, str]


def tree_of(text: str) -> Tree:
    """The tree of a page, however broken its markup. `text` must be scrubbed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 wonders whether short pages are file names, and XHTML is XML
        soup = BeautifulSoup(text, "lxml")
    return Tree(soup, _lines(soup, text), furniture_in(soup))


def tags_in(tree: Tree) -> Iterator[tuple[Tag, str | None]]:
    """Every element in reading order, with the label of the left-out part that it is or stands in, if any."""
    waiting: list[tuple[Tag, str | None]] = [(tree.soup, None)]
    while waiting:
        tag, label = waiting.pop()
        label = label or tree.left_out.get(id(tag))
        yield tag, label
        waiting.extend((child, label) for child in reversed(tag.contents) if isinstance(child, Tag))


def first_words(tag: Tag, between: str = " ") -> str:
    """The first words of an element, with `between` where one inner element ends and the next begins."""
    return plain(between.join(_first_texts(tag))[:_LONG])


def _first_texts(tag: Tag) -> Iterator[str]:
    waiting: list[PageElement | str] = list(reversed(tag.contents[:_NEAR]))
    for _ in range(_NEAR):
        node = waiting.pop() if waiting else None
        if isinstance(node, Tag):
            waiting.extend([" "] if node.name == "br" else reversed(node.contents[:_NEAR]))
        elif type(node) in (NavigableString, str):
            yield str(node)


def _lines(soup: BeautifulSoup, text: str) -> dict[int, int]:
    """The line of each element. bs4 keeps none with lxml, so that lxml is asked again: same parser, same elements."""
    lines: dict[int, int] = {}
    line = 1
    for tag, element in zip(soup.find_all(True), _elements(text), strict=False):
        line = element.sourceline or line
        lines[id(tag)] = line
    return lines


def _elements(text: str) -> list[etree._Element]:
    parser = etree.HTMLParser(recover=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.ParserError:
        return []
    except etree.XMLSyntaxError:  # nothing in it that the parser could make an element of
        return []
    return list(root.iter(etree.Element)) if root is not None else []
