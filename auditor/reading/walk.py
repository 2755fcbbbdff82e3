"""One walk through the tree of a web page: its blocks, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bs4.element import NavigableString, PageElement, Tag

from auditor.model import Block, Role
from auditor.reading.furniture import HIDDEN, attribute, is_folded
from auditor.reading.places import place_of, sells
from auditor.reading.plain import plain, readable
from auditor.reading.tables import Tables
from auditor.reading.tree import Tree, first_words
from auditor.reading.vocabulary import block_elements, kinds, roles
from claims.model import BlockKind

GAP = "\x00"  # where the text of a block is not the text of the page; never in a scrubbed page
_DEEP = 200  # levels; below, a path names the ancestor there, so that a hostile page can't make paths without end
_NOTE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§])(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?")
_UNIT = re.compile(r"(?:\d|\b[a-z]{1,2})$", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_BOXES = frozenset({"p", "div", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_ALT_WORDS = 4  # fewer name a picture and say nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as walked: `nodes` are the ids of its texts in the tree, `furniture` the label of what it is in, if any.

    `runs` are the stretches that stand so on the page; there are none where it does not show them.
    """

    block: Block
    nodes: tuple[int, ...] = ()
    runs: tuple[str, ...] = ()
    furniture: str | None = None


@dataclass(slots=True)
class _Place:
    """An open element: its path, what its text is, and how many children of each name it had so far."""

    path: str
    kind: BlockKind
    line: int
    furniture: str | None = None
    role: Role | None = None
    folded: bool = False  # shown only when a reader opens it
    children: Counter[str] = field(default_factory=Counter)
    fresh: bool = True  # no block of it has been given yet


@dataclass(slots=True)
class _Gathered:
    """The text read since the last block began or ended, and the side blocks that stand in it."""

    parts: list[str] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    begins: int | None = None
    broken: bool = False  # the last thing read was a line break
    links: list[Tag] = field(default_factory=list)
    linked: int = 0  # characters
    beside: list[Piece] = field(default_factory=list)


def pieces_in(tree: Tree) -> Iterator[Piece]:
    """Every block of a page, furniture included, in reading order; hidden parts are left out."""
    return _Walk(tree).pieces()


class _Walk:
    """Collects text until a block begins or ends."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._open = [_Place("", BlockKind.PARAGRAPH, 1)]
        self._holders = self._open[:]  # of the open elements, those that hold a block
        self._line = 1
        self._now = _Gathered()
        self._paused: list[_Gathered] = []
        self._tables = Tables()
        self._links = 0  # open ones

    def pieces(self) -> Iterator[Piece]:
        waiting: list[tuple[PageElement, bool]] = [(child, False) for child in reversed(self._tree.soup.contents)]
        while waiting:
            node, leaving = waiting.pop()
            if not isinstance(node, Tag):
                self._read(node)
            elif leaving:
                yield from self._leave(node)
            elif not self._skips(node):
                yield from self._enter(node)
                waiting.append((node, True))
                waiting.extend((child, False) for child in reversed(node.contents))
        yield from self._flush()

    def _skips(self, tag: Tag) -> bool:
        if self._tree.left_out.get(id(tag)) != HIDDEN and not self._is_note(tag):
            return False
        self._open[-1].children[tag.name] += 1
        self._open[-1].children["*"] += 1
        self._now.parts.append(GAP)
        return True

    def _is_note(self, tag: Tag) -> bool:
        """True for the raised number of a footnote, which is no part of the word before it (“numb¹”, but “kg/m²”)."""
        if tag.name != "sup" or not _NOTE.fullmatch(words := first_words(tag)):
            return False
        before = "".join(self._now.parts[-3:]).rstrip()
        linked = any(getattr(child, "name", None) == "a" for child in tag.children)
        return not words.isdigit() or linked or _UNIT.search(before) is None

    def _enter(self, tag: Tag) -> Iterator[Piece]:
        begins = _begins_block(tag)
        if begins:
            yield from self._flush()
        self._line = getattr(tag, "sourceline", None) or self._line
        place = self._place_of(tag)
        self._open.append(place)
        if begins:
            self._holders.append(place)
            self._tables.enter(tag)
        elif self._is_side(tag):
            self._now.parts.append(GAP)
            self._paused.append(self._now)
            self._now = _Gathered()
            self._holders.append(place)
        yield from self._enter_inline(tag, place)

    def _enter_inline(self, tag: Tag, place: _Place) -> Iterator[Piece]:
        if tag.name == "br":
            yield from self._break()
        elif tag.name == "q":
            self._now.parts.append(GAP + "“" + GAP)
        elif tag.name == "img":
            self._see(tag, place)
        elif tag.name == "a":
            self._links += 1
            self._now.links.append(tag)

    def _leave(self, tag: Tag) -> Iterator[Piece]:
        if _begins_block(tag):
            yield from self._flush()
            self._holders.pop()
            self._tables.leave(tag)
        elif self._is_side(tag):
            side = [replace(piece, runs=()) for piece in self._flush()]  # its words may run into those around it
            self._now = self._paused.pop()
            self._now.beside.extend(side)
            self._holders.pop()
        if tag.name == "q":
            self._now.parts.append(GAP + "”" + GAP)
        self._links -= tag.name == "a"
        self._open.pop()

    def _is_side(self, tag: Tag) -> bool:
        """True for furniture in the middle of a line, such as a share link."""
        return id(tag) in self._tree.left_out

    def _break(self) -> Iterator[Piece]:
        if self._now.broken:
            yield from self._flush()
        self._now.broken = True
        self._now.parts.append(" " + GAP)

    def _see(self, tag: Tag, place: _Place) -> None:
        alt = plain(attribute(tag, "alt"))
        if len(alt.split()) >= _ALT_WORDS and readable(alt):
            role = self._role_in(place) or Role.CAPTION
            self._now.beside.append(
                Piece(Block(BlockKind.CAPTION, alt, place.path, self._line, role), furniture=place.furniture)
            )

    def _place_of(self, tag: Tag) -> _Place:
        around = self._open[-1]
        around.children[tag.name] += 1
        around.children["*"] += 1
        furniture = around.furniture or self._tree.left_out.get(id(tag))
        role = place_of(tag) or around.role
        folded = around.folded or (bool(tag.attrs) and is_folded(tag.attrs))
        return _Place(self._path_to(tag, around), _kind(tag, around.kind), self._line, furniture, role, folded)

    def _path_to(self, tag: Tag, around: _Place) -> str:
        if len(self._open) > _DEEP:
            return around.path
        step = _step(tag.name, around.children)
        return f"{around.path} > {step}" if around.path else step

    def _read(self, node: PageElement) -> None:
        if type(node) is not NavigableString:  # a comment, a doctype, a script
            return
        now = self._now
        if stripped := node.strip():
            if now.begins is None:
                now.begins = self._line + node[: len(node) - len(node.lstrip())].count("\n")
            now.broken = False
            now.nodes.append(id(node))
            if self._links:
                now.linked += len(stripped)
        self._line += node.count("\n")
        now.parts.append(node)

    def _flush(self) -> Iterator[Piece]:
        now, self._now = self._now, _Gathered()
        joined = "".join(now.parts)
        text = plain(joined)
        if readable(text):
            yield self._piece(now, text, joined)
        yield from now.beside

    def _piece(self, now: _Gathered, text: str, joined: str) -> Piece:
        holder = self._holders[-1]
        line = holder.line if holder.fresh else now.begins or holder.line
        self._wear()
        header = self._tables.header_for(text) if holder.kind is BlockKind.TABLE_CELL else None
        role = self._role_in(holder) or self._role_of(now, text, holder)
        runs = () if holder.folded else tuple(map(plain, joined.split(GAP)))
        block = Block(holder.kind, text, holder.path, line, role, header=header)
        return Piece(block, tuple(now.nodes), runs, holder.furniture)

    def _wear(self) -> None:
        """Notes that the open elements have given a block."""
        for holder in reversed(self._holders):
            if not holder.fresh:
                return
            holder.fresh = False

    def _role_in(self, place: _Place) -> Role | None:
        return roles()[place.furniture] if place.furniture else None

    def _role_of(self, now: _Gathered, text: str, holder: _Place) -> Role:
        if (now.linked * 2 >= len(text) or holder.path.rpartition(" > ")[2].startswith("button:")) and (
            sold := sells(text, now.links)
        ):
            return sold
        if holder.role:
            return holder.role
        return Role.CAPTION if holder.kind is BlockKind.CAPTION else Role.CORE


def _begins_block(tag: Tag) -> bool:
    return tag.name in block_elements() or "-" in tag.name


def _step(name: str, children: Counter[str]) -> str:
    if name in ("html", "body"):
        return name
    if _NAME.fullmatch(name):
        return f"{name}:nth-of-type({children[name]})"
    return f":nth-child({children['*']})"  # a name such as `o:p` means something else in CSS


def _kind(tag: Tag, around: BlockKind) -> BlockKind:
    if tag.name in ("td", "th") and sum(getattr(child, "name", None) in _BOXES for child in tag.contents) > 1:
        return BlockKind.PARAGRAPH  # a table that lays out the page, not one that lists facts
    return kinds().get(tag.name, around)
