"""A page's markup → a BeautifulSoup tree of the shape that browsers make (WHATWG HTML, tree construction)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.errors import Unreadable

LINE = "data-auditor-line"  # the attribute that carries an element's line through the parser
MOST_ELEMENTS = 100_000
_DEEPEST = 6_000  # levels; parsing takes the square of them, and browsers flatten a page below 512
_MOST_REOPENED = 2_000_000  # open inline elements × elements; each is made again in every block that follows

_UNSEEN = "script|style|noscript|textarea|title|iframe|xmp|noembed|noframes|svg"
_MARKUP = re.compile(
    rf"<!--.*?(?:-->|--!>|\Z)|<(?P<unseen>{_UNSEEN})(?=[\s/>])(?P<raw>.*?)(?:</(?P=unseen)(?=[\s/>])|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-z][^\s/>]*)",
    re.IGNORECASE | re.DOTALL,
)
_MARK = re.compile(rf' {LINE}="?\d+"?')
_FLAT = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "p", "li", "dd", "dt", "td", "th", "tr", "option", "html", "head", "body",
    }
)  # fmt: skip
_REOPENED = frozenset(
    {
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    }
)  # fmt: skip


def parsed(text: str) -> LexborHTMLParser:
    """The page as browsers parse it, each element with its line. Raises Unreadable (`read/too-deep`)."""
    return LexborHTMLParser("".join(_with_lines(text)))


def soup_of(text: str) -> BeautifulSoup:
    """The page as a tree; `tag.sourceline` is the line of its start tag, where it has one.

    Raises Unreadable (`read/too-deep`, `read/too-large`) for a page made to tire the reader.
    """
    return BeautifulSoup(text, builder=_Builder(multi_valued_attributes=None))


class _Builder(HTMLTreeBuilder):
    """Hands the elements and texts of lexbor's tree on to BeautifulSoup, as they stand."""

    NAME = "lexbor"
    features: Iterable[str] = ()
    TRACKS_LINE_NUMBERS = True

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        """The markup, unchanged: it is text already."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Builds the whole tree."""
        assert self.soup is not None
        soup, left = self.soup, MOST_ELEMENTS
        root = parsed(markup).root
        if root is None:
            return
        for node, leaving in _steps(root):
            if leaving:
                soup.handle_endtag(node.tag or "")
            elif node.is_text_node:
                soup.handle_data(node.text_content or "")
            else:
                left -= 1
                if left < 0:
                    raise Unreadable("read/too-large", f"the page has over {MOST_ELEMENTS:,} elements; split it")
                attributes, line = _attributes(node)
                soup.handle_starttag(node.tag or "", None, None, attributes, sourceline=line)

    def test_fragment_to_document(self, fragment: str) -> str:
        """What a piece of a page becomes as a whole one."""
        return f"<html><head></head><body>{fragment}</body></html>"


def _steps(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every element and text in order; each element once more, with True, when it is left."""
    node: LexborNode | None = root
    while node is not None:
        if node.is_text_node or node.is_element_node:
            yield node, False
        inner = node.first_child if node.is_element_node and node.tag != "svg" else None
        if inner is not None:
            node = inner
            continue
        if node.is_element_node:
            yield node, True
        while node is not None and node.next is None:
            node = node.parent
            if node is None or not node.is_element_node:
                return
            yield node, True
        node = node.next if node is not None else None


def _attributes(node: LexborNode) -> tuple[dict[str, str], int | None]:
    found = {name: value or "" for name, value in node.attributes.items()}
    line = found.pop(LINE, None)
    for name, value in found.items():
        if LINE in value:
            found[name] = _MARK.sub("", value)
    return found, int(line) if line and line.isdigit() else None


def _with_lines(text: str) -> Iterator[str]:
    """The page with each start tag's line in it, and without what `<noscript>` holds, which browsers do not parse."""
    line, done, deep, reopened, tags = 1, 0, 0, 0, 0
    for found in _MARKUP.finditer(text):
        name = (found["name"] or "").lower()
        if found["slash"]:
            deep -= name not in _FLAT
            reopened -= name in _REOPENED
            continue
        if not name and not found["unseen"]:
            continue
        line += text.count("\n", done, found.start())
        if name:
            tags, deep, reopened = tags + 1, deep + (name not in _FLAT), reopened + (name in _REOPENED)
            _refuse_tiring(deep, reopened * tags)
            yield text[done : found.end()] + f' {LINE}="{line}"'
            done = found.end()
            continue
        begun = found.end("unseen")
        yield text[done:begun] + f' {LINE}="{line}"'
        done = begun
        if found["unseen"].lower() == "noscript":
            raw = found["raw"]
            yield raw[: raw.find(">") + 1] + "\n" * raw.count("\n")
            line += raw.count("\n")
            done = found.end("raw")
    yield text[done:]


def _refuse_tiring(deep: int, reopened: int) -> None:
    if deep > _DEEPEST or reopened > _MOST_REOPENED:
        raise Unreadable("read/too-deep", "the page leaves elements open without end; close them")
