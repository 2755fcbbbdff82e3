"""Text as a reader sees it: one space between words, nothing that cannot be printed."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # in a text for its breaks, and passed over in a search


def scrubbed(text: str) -> str:
    """The text with `\\n` line ends and without NULs, control characters and lone surrogates."""
    return _UNPRINTABLE.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def plain(text: str) -> str:
    """The text on one line, its whitespace collapsed."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def readable(text: str) -> bool:
    """True where there is at least one letter or digit to read."""
    return any(character.isalnum() for character in text)
