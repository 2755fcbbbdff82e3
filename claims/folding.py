"""Text with its accidents removed, and the way back to where each character stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
UNEVEN = re.compile(rf"{INVISIBLE.pattern}|[^\S ]|  |^ ")  # what makes a text change its length
ALIKE = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‐": "-",
        "‑": "-",
        "−": "-",
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as matching sees it, with the code point of the original text for each of its own."""

    text: str
    origin: Sequence[int]

    def original(self, offset: int) -> int:
        """Where a code point of the folded text stands in the original."""
        return self.origin[offset]


def folded(text: str) -> Folded:
    """A text with one kind of apostrophe, quote, hyphen and space, and nothing invisible in it."""
    if not UNEVEN.search(text):
        return Folded(text.translate(ALIKE), range(len(text)))
    characters: list[str] = []
    origin: list[int] = []
    for offset, character in enumerate(text):
        if INVISIBLE.match(character):
            continue
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        origin.append(offset)
    return Folded("".join(characters).translate(ALIKE), tuple(origin))
