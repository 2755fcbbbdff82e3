"""Web pages: their blocks in reading order, each with its role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditor.errors import NothingToJudge
from auditor.model import Block, Role
from auditor.reading.draft import Draft
from auditor.reading.embedded import embedded_in
from auditor.reading.fragments import with_fragments
from auditor.reading.hidden import is_stuffed
from auditor.reading.linked_data import said_in
from auditor.reading.links import links_in
from auditor.reading.mask import kept_in
from auditor.reading.metadata import about, is_source_list
from auditor.reading.shells import is_shell
from auditor.reading.teasers import is_archive, is_walled
from auditor.reading.tree import Tree, linked_data_in, tree_of
from auditor.reading.walk import Piece, pieces_in

_WHOLE = re.compile(r"<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_LITTLE = 250  # characters; a page that shows less may have its article elsewhere
_SOFT = frozenset({"aside", "header", "footer"})  # furniture by its element's name; an article may be in one


def draft_of(text: str) -> Draft:
    """A web page as read. A page that seems to be all furniture is taken to be all article.

    Raises NothingToJudge (`page/needs-javascript`) where scripts alone show the page, Unreadable (`read/too-…`).
    """
    tree = tree_of(text)
    pieces = pieces_of(tree)
    blocks = with_fragments(settled(pieces, kept_in(tree, pieces)), pieces)
    shown = sum(len(block.text) for block in blocks if block.role.judged)
    embedded = embedded_in(tree) if shown < _LITTLE else ()
    if shown < _LITTLE and not embedded and is_shell(tree, text, blocks):
        raise NothingToJudge(
            "page/needs-javascript", "the page shows its text by scripts only; save it from a browser and audit that"
        )
    said = said_in(linked_data_in(tree))
    return Draft(
        blocks=(*blocks, *embedded),
        about=about(tree, said),
        links=links_in(tree),
        cites=said.cites or any(is_source_list(tag) for tag, label in tree.tags if label is None),
        whole=_WHOLE.search(text) is not None,
        broken=is_archive(tree) or is_walled(tree, said, shown),
        stuffed=is_stuffed(tree),
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of a page, without the furniture of the site."""
    blocks = settled(pieces_of(tree_of(text)), None)
    return tuple(block for block in blocks if block.role.judged)


def settled(pieces: Sequence[Piece], kept: frozenset[int] | None) -> tuple[Block, ...]:
    """The blocks with their final roles; `kept` are the numbers of those that make the article, where that is known."""
    blocks = tuple(_in_its_role(piece, None if kept is None else n in kept) for n, piece in enumerate(pieces))
    if any(block.role.judged for block in blocks):
        return blocks
    return tuple(replace(block, role=Role.CORE) for block in blocks)


def _in_its_role(piece: Piece, kept: bool | None) -> Block:
    block = piece.block
    if piece.furniture in _SOFT and kept:
        return replace(block, role=Role.CORE)
    return replace(block, role=Role.SECONDARY) if block.role is Role.CORE and kept is False else block


def pieces_of(tree: Tree) -> tuple[Piece, ...]:
    """The blocks as walked, without alternative texts that say what the page says anyway."""
    found = list(pieces_in(tree))
    said = {piece.block.text for piece in found if piece.nodes}
    return tuple(piece for piece in found if piece.nodes or piece.block.text not in said)
