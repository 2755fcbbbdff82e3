"""A page's markup → a BeautifulSoup tree of the shape that browsers make (WHATWG HTML, tree construction)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString
from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.errors import Unreadable
from auditor.reading.vocabulary import block_elements

LINE = "data-auditor-line"  # the attribute that carries an element's line through the parser
MOST_ELEMENTS = 60_000
_LONG_TAG, _MOST_ATTRIBUTES = 20_000, 2_000  # characters; each attribute is compared with all before it
_DEEPEST = 6_000  # levels; parsing takes the square of them, and browsers flatten a page below 512
_MOST_REOPENED = 2_000_000  # open inline elements × elements; each is made again in every block that follows

_UNSEEN = "script|style|noscript|textarea|title|iframe|xmp|noembed|noframes|svg"
_MARKUP = re.compile(
    rf"<!--.*?(?:-->|--!>|\Z)|<(?P<unseen>{_UNSEEN})(?=[\s/>])(?P<raw>.*?)(?:</(?P=unseen)(?=[\s/>])|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-z][^\s/>]*)",
    re.IGNORECASE | re.DOTALL,
)
_MARK = re.compile(rf" {LINE}=\d+ ")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
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
    return BeautifulSoup(io.StringIO(text), builder=_Builder(multi_valued_attributes={}))


class _Builder(HTMLTreeBuilder):
    """Hands the elements and texts of lexbor's tree on to BeautifulSoup, as they stand."""

    NAME = "lexbor"
    features: Iterable[str] = ()
    TRACKS_LINE_NUMBERS = True

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        """The markup, unchanged: it is text already."""
        yield markup, None, None, False

    def set_up_substitutions(self, tag: Tag) -> bool:  # noqa: ARG002  # the name is bs4's
        """Leaves the charset that a page declares as it stands: the tree is never written out again."""
        return False

    def feed(self, markup: Any) -> None:
        """Builds the whole tree, without the space between blocks that no browser shows."""
        soup = self.soup
        node: LexborNode | None = parsed(markup).root
        assert soup is not None
        around, last, left = [soup], soup, MOST_ELEMENTS
        while node is not None:
            inner = None
            if node.is_element_node:
                left -= 1
                _refuse_large(left)
                last = self._tag(node, around[-1], last)
                inner = node.first_child if last.name != "svg" else None
            elif node.is_text_node and not _is_between_blocks(node, around[-1]):
                last = self._string(node, around[-1], last)
            if inner is not None:
                around.append(last)
                node = inner
                continue
            node = _after(node, around)

    def _tag(self, node: LexborNode, around: Any, last: Any) -> Any:
        attributes, line = _attributes(node)
        tag = Tag(self.soup, self, node.tag or "", None, None, attributes, around, last, sourceline=line)
        around.contents.append(tag)
        return tag

    def _string(self, node: LexborNode, around: Any, last: Any) -> Any:
        string = self.string_containers.get(around.name, NavigableString)(node.text_content or "")
        string.setup(around, last)
        around.contents.append(string)
        return string

    def test_fragment_to_document(self, fragment: str) -> str:
        """What a piece of a page becomes as a whole one."""
        return f"<html><head></head><body>{fragment}</body></html>"


def _after(node: LexborNode, around: list[Any]) -> LexborNode | None:
    """What follows an element and all that is in it; `around` is left open no further than to its parent."""
    while node.next is None:
        if len(around) == 1 or node.parent is None:
            return None
        node = node.parent
        around.pop()
    return node.next


def _is_between_blocks(node: LexborNode, around: Any) -> bool:
    """True for white space with blocks or nothing on either side."""
    text = node.text_content
    if text and not text.isspace():
        return False
    blocks = block_elements()
    return around.name in blocks and all(side is None or side.tag in blocks for side in (node.prev, node.next))


def _refuse_large(left: int) -> None:
    if left < 0:
        raise Unreadable("read/too-large", f"the page has over {MOST_ELEMENTS:,} elements; split it")


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
            _refuse_large(MOST_ELEMENTS - tags)
            _refuse_tiring(deep, reopened * tags)
            _refuse_long_tag(text, found.end())
            yield text[done : found.end()] + _mark(line)
            done = found.end()
            continue
        begun = found.end("unseen")
        yield text[done:begun] + _mark(line)
        done = begun
        if found["unseen"].lower() == "noscript":
            raw = found["raw"]
            yield raw[: raw.find(">") + 1] + "\n" * raw.count("\n")
            line += raw.count("\n")
            done = found.end("raw")
    yield text[done:]


def _mark(line: int) -> str:
    """The attribute, without quotes: it may come to stand in the value of another."""
    return f" {LINE}={line} "


def _refuse_long_tag(text: str, begun: int) -> None:
    if len(text) - begun < _LONG_TAG or text.find(">", begun, begun + _LONG_TAG) >= 0:
        return
    bare = _QUOTED.sub("", text[begun:].partition(">")[0])
    if sum(map(bare.count, " \n\t/=")) > _MOST_ATTRIBUTES:
        raise Unreadable("read/too-large", f"an element of the page has over {_MOST_ATTRIBUTES:,} attributes")


def _refuse_tiring(deep: int, reopened: int) -> None:
    if deep > _DEEPEST or reopened > _MOST_REOPENED:
        raise Unreadable("read/too-deep", "the page leaves elements open without end; close them")
