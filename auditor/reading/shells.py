"""Pages that are empty until their scripts have run."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model import Block
from auditor.reading.furniture import attribute
from auditor.reading.signs import listed, sign
from auditor.reading.tree import Tree, first_words

_FEW = 30  # characters in the element that scripts are to fill


def is_shell(tree: Tree, text: str, blocks: Sequence[Block]) -> bool:
    """True for a page with scripts and next to no text that has an empty element for them to fill, or says so."""
    if next(tree.named("script"), None) is None:
        return False
    return _has_empty_mount(tree) or any(sign("shell.text").search(said) for said in _said(text, blocks))


def _has_empty_mount(tree: Tree) -> bool:
    mounts, elements = listed("shell", "mounts"), listed("shell", "elements")
    return any(
        len(first_words(tag)) < _FEW for tag, _ in tree.tags if tag.name in elements or attribute(tag, "id") in mounts
    )


def _said(text: str, blocks: Sequence[Block]) -> list[str]:
    """What is shown, and what is shown to those without scripts, which is not parsed."""
    without = [piece.partition("</noscript")[0] for piece in text.split("<noscript")[1:4]]
    return [*(block.text for block in blocks[:10]), *(piece[:500] for piece in without)]
