"""Text → the numbered word pieces that the encoder was trained on (BERT's uncased WordPiece)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

UNKNOWN = 100  # the piece that stands for whatever the vocabulary cannot spell
LONGEST_WORD = 100  # characters; a longer word is unknown
CHINESE = range(0x4E00, 0xA000)  # each character is a word


class Pieces:
    """A vocabulary, and the pieces of a text in it: the longest first, `##` before what continues a word."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._spelled = lru_cache(maxsize=50_000)(self._spell)

    def of(self, text: str, most: int) -> list[int]:
        """The numbers of the first `most` pieces of a text."""
        found: list[int] = []
        for word in words_of(text):
            found += self._spelled(word)
            if len(found) >= most:
                break
        return found[:most]

    def _spell(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (UNKNOWN,)
        spelled: list[int] = []
        start = 0
        while start < len(word):
            end = self._end_of_longest(word, start)
            if end == start:
                return (UNKNOWN,)
            spelled.append(self._numbers[_piece(word, start, end)])
            start = end
        return tuple(spelled)

    def _end_of_longest(self, word: str, start: int) -> int:
        ends = range(len(word), start, -1)
        return next((end for end in ends if _piece(word, start, end) in self._numbers), start)


def _piece(word: str, start: int, end: int) -> str:
    return f"##{word[start:end]}" if start else word[:end]


def words_of(text: str) -> Iterator[str]:
    """The words of a text in lower case without accents; every mark of punctuation is a word of its own."""
    plain = text.lower() if text.isascii() else _without_accents(text)
    for chunk in plain.split():
        if chunk.isalnum():
            yield chunk
        else:
            yield from _spaced(chunk).split()


def _without_accents(text: str) -> str:
    return "".join(_plain(character) for character in unicodedata.normalize("NFD", text.lower()))


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Mn", "Cc", "Cf") or character == "\ufffd":
        return ""
    return f" {character} " if ord(character) in CHINESE else character


def _spaced(chunk: str) -> str:
    return "".join(f" {character} " if _is_mark(character) else character for character in chunk)


def _is_mark(character: str) -> bool:
    """True for punctuation; in ASCII everything that is visible and neither letter nor digit."""
    if character.isascii():
        return character.isprintable() and not character.isalnum()
    return unicodedata.category(character).startswith("P")
