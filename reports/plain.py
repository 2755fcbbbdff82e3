"""Makes text from a page safe to show: nothing in it can steer a terminal or turn the reading order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import BaseModel

Shown = TypeVar("Shown", bound="BaseModel")

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_STEERING = (*range(0x80, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
_SHOWN = _PICTURES | dict.fromkeys(_STEERING, 0xFFFD) | {ord(space): ord(" ") for space in "\t\n\r"}
_SPACES = re.compile(r"\s+")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """The text with every control character shown as a picture of itself; the length stays the same."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """The plain text on one line, runs of spaces as one."""
    return _SPACES.sub(" ", plain(text)).strip()


def shortened(text: str, length: int) -> str:
    """The plain text on one line, cut at a word with an ellipsis where it is longer than `length`."""
    line = one_line(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut) + "…"


def slug(text: str, length: int = 80) -> str:
    """The text as lower-case letters, digits and hyphens, for the name of a file or an anchor; may be empty."""
    return _NOT_IN_A_NAME.sub("-", text[: 4 * length].lower()).strip("-")[:length].rstrip("-")


def harmless(report: Shown) -> Shown:
    """The same report with plain text in every field; offsets still hold."""
    return type(report).model_validate(_plain(report.model_dump()))


def _plain(value: Any) -> Any:
    if type(value) is str:
        return plain(value)
    if isinstance(value, dict):
        return {_plain(key): _plain(entry) for key, entry in value.items()}
    return tuple(_plain(entry) for entry in value) if isinstance(value, tuple | list) else value
