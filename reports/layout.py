"""Lays out text for a terminal of any width."""

from __future__ import annotations

from textwrap import fill

_LABEL, _NARROWEST = 10, 40


def labelled(label: str, text: str, width: int) -> str:
    """`  Label     text`, with the text hanging in a column of its own."""
    return fill(
        " ".join(text.split()),
        max(width, _NARROWEST),
        initial_indent=f"  {label:<{_LABEL}}",
        subsequent_indent=" " * (2 + _LABEL),
        break_long_words=False,
        break_on_hyphens=False,
    )
