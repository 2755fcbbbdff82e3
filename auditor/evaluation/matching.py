"""Whether two quotes stand in the same place of a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[a-z0-9%]+")
_ENOUGH = 0.6  # of the neighbouring words; a quote that was cut or cleaned still finds its sentence

Words = tuple[str, ...]


def words(text: str) -> Words:
    """The words of a text in lower case, blind to marks, soft hyphens and zero-width characters."""
    return tuple(_WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()))


def same_place(one: Words, other: Words) -> bool:
    """True where the words of the shorter quote stand in the longer, or most pairs of neighbours do."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    if stands_in(short, long):
        return True
    pairs = set(pairwise(short))
    return bool(pairs) and len(pairs & set(pairwise(long))) / len(pairs) >= _ENOUGH


def stands_in(short: Sequence[str], long: Sequence[str]) -> bool:
    """True where the words of one text stand together, in order, in another."""
    return f" {' '.join(short)} " in f" {' '.join(long)} "
