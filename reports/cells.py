"""Cells of a table that no spreadsheet takes for formulas (OWASP, CSV Injection)."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[\s\ufeff\u200b]*[=+\-@\t\r\n＝＋－＠]")


def defused(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_it_was(cell: str) -> str:
    """The text that a cell stands for: the opposite of `defused`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
