"""Text that a page keeps from its readers and shows to search engines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from auditor.reading.furniture import HIDDEN, attribute
from auditor.reading.tree import Tree
from auditor.reading.vocabulary import furniture_named, unread, vocabulary

_LEAST, _TIMES, _SHARE = 12, 4, 0.12  # words hidden, how often one comes back, and how much of them it is
_LONG_WORD = 4  # letters
_MOST = 20_000  # characters
_WORD = re.compile(r"[^\W\d_]+")
_USUAL = frozenset({"dialog", "form", "nav", "header", "footer"})  # hidden until they are asked for


def is_stuffed(tree: Tree) -> bool:
    """True where hidden text says a word again and again, as no text for people does."""
    words = _WORD.findall(" ".join(_hidden_texts(tree)).lower())
    counted = Counter(word for word in words if len(word) >= _LONG_WORD)
    if len(words) < _LEAST or not counted:
        return False
    _, most = counted.most_common(1)[0]
    return most >= _TIMES and most >= _SHARE * len(words)


def _hidden_texts(tree: Tree) -> Iterator[str]:
    left = _MOST
    for tag, _ in tree.tags:
        if tree.left_out.get(id(tag)) == HIDDEN and _is_text(tag) and left > 0:
            for node in tag.descendants:
                if type(node) is NavigableString and left > 0:
                    left -= len(node)
                    yield str(node)


def _is_text(tag: Tag) -> bool:
    """True for what is hidden from all readers, and is no menu, box or note for screen readers."""
    said = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    if tag.name in unread() or tag.name in _USUAL or attribute(tag, "aria-hidden") == "true":
        return False
    if not set(vocabulary()["hidden"]["classes"]).isdisjoint(attribute(tag, "class").split()):
        return False
    return furniture_named(said) is None and tag.find(["nav", "form", "dialog", "template"]) is None
