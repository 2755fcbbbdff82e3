"""Which blocks of a page are its article, by trafilatura's judgement laid over the tree like a mask.

Every text of a block is marked with a character of the block's own that the page does not use. What trafilatura keeps
of these characters tells which blocks it kept, so that texts which stand twice on a page can't be confused.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from lxml import html as lxml_html  # type: ignore[import-untyped]  # lxml ships no types

from auditor.reading.furniture import HIDDEN
from auditor.reading.tree import Tree
from auditor.reading.walk import Piece

_FIRST, _LAST = 0x20000, 0x2A6DF  # CJK Unified Ideographs Extension B: letters to any pattern, and rare
_MOST_BLOCKS, _MOST_NODES, _DEEPEST = 5_000, 30_000, 250  # trafilatura takes the square of them
_LEAST, _MOST = 400, 1_000_000  # characters; of a page with less, all is article
_KEPT = 0.5  # of a block's marks
_ATTRIBUTES = frozenset(
    {
        "class", "id", "href", "rel", "role", "style", "itemprop", "itemtype", "aria-hidden",
        "data-component", "data-testid", "data-lp-replacement-content",
    }
)  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2; lxml refuses them
_DROPPED = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "iframe", "head",
    }
)  # fmt: skip


def kept_in(tree: Tree, pieces: Sequence[Piece]) -> frozenset[int] | None:
    """Numbers of the blocks that are the article; None where the page is too small, too large or too odd to tell."""
    if not sum(len(piece.block.text) for piece in pieces) >= _LEAST or len(pieces) > _MOST_BLOCKS:
        return None
    marks = _marks(tree.soup, len(pieces))
    root = _copied(tree, {node: marks[n] for n, piece in enumerate(pieces) for node in piece.nodes})
    if root is None:
        return None
    found = Counter(_extracted(root))
    kept = (n for n, piece in enumerate(pieces) if piece.nodes and found[marks[n]] >= _KEPT * len(piece.nodes))
    return frozenset(kept) or None


def _marks(soup: BeautifulSoup, wanted: int) -> list[str]:
    """One character a block; none of them stands on the page."""
    used = {character for character in set("".join(soup.strings)) if character >= chr(_FIRST)}
    free = (chr(code) for code in range(_FIRST, _LAST) if chr(code) not in used)
    return [next(free) for _ in range(wanted)] if len(used) + wanted < _LAST - _FIRST else []


def _extracted(root: Any) -> str:
    from trafilatura import bare_extraction  # a sixth of a second, which `--help` need not wait for

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(root, include_comments=False)
    except Exception:  # made for pages of newspapers: on others its failure is no news
        return ""
    body = getattr(document, "body", None)
    return "".join(body.itertext()) if body is not None else ""


def _copied(tree: Tree, marks: Mapping[int, str]) -> Any:
    """The page as a tree of lxml's, each text with its mark; None where it is too deep or too large."""
    root = lxml_html.Element("html")
    body = next(tree.named("body"), None)
    if body is None:
        return None
    waiting: list[tuple[PageElement, Any, int]] = [(body, root, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return root
        node, parent, depth = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _DROPPED or (tree.left_out.get(id(node)) == HIDDEN and node.name != "button"):
                continue
            if depth > _DEEPEST:
                return None
            element = lxml_html.etree.SubElement(parent, _name(node), _attributes(node))
            waiting.extend((child, element, depth + 1) for child in reversed(node.contents))
        elif type(node) is NavigableString:
            _append(parent, marks.get(id(node), "") + _for_xml(node))
    return None


def _name(tag: Tag) -> str:
    return tag.name if _NAME.fullmatch(tag.name) else "span"


def _attributes(tag: Tag) -> dict[str, str]:
    return {name: _for_xml(str(value)) for name, value in tag.attrs.items() if name in _ATTRIBUTES}


def _for_xml(text: str) -> str:
    """The text with a space for what HTML may hold, as a form feed or by a character reference, and XML may not."""
    return _NOT_XML.sub(" ", text)


def _append(parent: Any, text: str) -> None:
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
