"""Text with its accidents removed, and the way back to where each character stood."""

from __future__ import annotations

import re
from dataclasses import dataclass

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
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
    origin: tuple[int, ...]

    def original(self, offset: int) -> int:
        """Where a code point of the folded text stands in the original."""
        return self.origin[offset]


def folded(text: str) -> Folded:
    """A text with one kind of apostrophe, quote, hyphen and space, and nothing invisible in it."""
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
