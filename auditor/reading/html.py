"""Web pages: their blocks, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4.element import NavigableString, PageElement, Tag

from auditor.model import Block
from auditor.reading.draft import Draft
from auditor.reading.furniture import HIDDEN, block_elements, kinds
from auditor.reading.metadata import about, cites, links_in
from auditor.reading.plain import plain, readable
from auditor.reading.tree import Tree, first_words, tree_of
from claims.model import BlockKind

_WHOLE = re.compile(r"<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_DEEP = 200  # levels; below, a path names the ancestor there, so that a hostile page can't make paths without end
_NOTE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§])(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?")
_UNIT = re.compile(r"(?:\d|\b[a-z]{1,2})$", re.IGNORECASE)
_BOXES = ("p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6")


def draft_of(text: str) -> Draft:
    """A web page as read. A page that seems to be all furniture is taken to be all article."""
    tree = tree_of(text)
    everything = _blocks(tree, {key: label for key, label in tree.left_out.items() if label == HIDDEN})
    blocks = _blocks(tree, tree.left_out) or everything
    inside = {(block.path, block.text) for block in blocks}
    return Draft(
        blocks=blocks,
        about=about(tree),
        links=links_in(tree),
        elsewhere=tuple(block.text for block in everything if (block.path, block.text) not in inside),
        cites=cites(tree),
        whole=_WHOLE.search(text) is not None,
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a page, or of a piece of one. `path` selects the element that holds the block."""
    tree = tree_of(text)
    return _blocks(tree, tree.left_out)


def _blocks(tree: Tree, left_out: dict[int, str]) -> tuple[Block, ...]:
    return tuple(_Walk(tree, left_out).blocks())


@dataclass(slots=True)
class _Place:
    """An open element: its path, what its text is, and how many children of each name it had so far."""

    path: str
    kind: BlockKind
    line: int
    children: Counter[str] = field(default_factory=Counter)
    fresh: bool = True  # no block of it has been given yet


class _Walk:
    """One walk through a tree, collecting text until a block begins or ends."""

    def __init__(self, tree: Tree, left_out: dict[int, str]) -> None:
        self._tree = tree
        self._left_out = left_out
        self._open = [_Place("", BlockKind.PARAGRAPH, 1)]
        self._holders = self._open[:]  # of the open elements, those that begin a block
        self._line = 1
        self._drop()

    def blocks(self) -> Iterator[Block]:
        """Every block, in reading order."""
        waiting: list[tuple[PageElement, bool]] = [(child, False) for child in reversed(self._tree.soup.contents)]
        while waiting:
            node, leaving = waiting.pop()
            if not isinstance(node, Tag):
                self._read(node)
            elif leaving:
                yield from self._leave(node)
            elif self._skips(node):
                continue
            else:
                yield from self._enter(node)
                waiting.append((node, True))
                waiting.extend((child, False) for child in reversed(node.contents))
        yield from self._flush()

    def _drop(self) -> None:
        self._parts: list[str] = []
        self._begins: int | None = None
        self._broken = False  # the last thing read was a line break

    def _skips(self, tag: Tag) -> bool:
        if id(tag) not in self._left_out and not self._is_note(tag):
            return False
        self._open[-1].children[tag.name] += 1
        self._open[-1].children["*"] += 1
        return True

    def _is_note(self, tag: Tag) -> bool:
        """True for the raised number of a footnote, which is no part of the word before it (“numb¹”, but “kg/m²”)."""
        if tag.name != "sup" or not _NOTE.fullmatch(words := first_words(tag)):
            return False
        before = "".join(self._parts[-3:]).rstrip()
        linked = any(getattr(child, "name", None) == "a" for child in tag.children)
        return not words.isdigit() or linked or _UNIT.search(before) is None

    def _enter(self, tag: Tag) -> Iterator[Block]:
        if _begins_block(tag):
            yield from self._flush()
        elif tag.name == "br":
            yield from self._break()
        elif tag.name == "q":
            self._parts.append("“")
        self._line = self._tree.lines.get(id(tag), self._line)
        self._open.append(_Place(self._path_to(tag), _kind(tag, self._open[-1].kind), self._line))
        if _begins_block(tag):
            self._holders.append(self._open[-1])

    def _leave(self, tag: Tag) -> Iterator[Block]:
        if _begins_block(tag):
            yield from self._flush()
            self._holders.pop()
        elif tag.name == "q":
            self._parts.append("”")
        self._open.pop()

    def _break(self) -> Iterator[Block]:
        if self._broken:
            yield from self._flush()
        self._broken = True
        self._parts.append(" ")

    def _path_to(self, tag: Tag) -> str:
        parent = self._open[-1]
        parent.children[tag.name] += 1
        parent.children["*"] += 1
        if len(self._open) > _DEEP:
            return parent.path
        step = _step(tag.name, parent.children)
        return f"{parent.path} > {step}" if parent.path else step

    def _read(self, node: PageElement) -> None:
        if type(node) is not NavigableString:  # a comment, a doctype, a script
            return
        if node.strip():
            if self._begins is None:
                self._begins = self._line + node[: len(node) - len(node.lstrip())].count("\n")
            self._broken = False
        self._line += node.count("\n")
        self._parts.append(node)

    def _flush(self) -> Iterator[Block]:
        text = plain("".join(self._parts))
        if readable(text):
            holder = self._holders[-1]
            line = holder.line if holder.fresh else self._begins or holder.line
            holder.fresh = False
            yield Block(holder.kind, text, holder.path, line)
        self._drop()


def _begins_block(tag: Tag) -> bool:
    return tag.name in block_elements() or "-" in tag.name


def _step(name: str, children: Counter[str]) -> str:
    if name in ("html", "body"):
        return name
    if re.fullmatch(r"[a-z][a-z0-9-]*", name):
        return f"{name}:nth-of-type({children[name]})"
    return f":nth-child({children['*']})"  # a name such as `o:p` means something else in CSS


def _kind(tag: Tag, around: BlockKind) -> BlockKind:
    if tag.name in ("td", "th") and len(tag.find_all(_BOXES, recursive=False, limit=2)) > 1:
        return BlockKind.PARAGRAPH  # a table that lays out the page, not one that lists facts
    return kinds().get(tag.name, around)
