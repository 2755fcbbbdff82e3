"""Figures in a sentence, with their units."""

from __future__ import annotations

import re

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "thirty-one": 31, "thirty-three": 33, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
VALUE = r"\d+(?:[.,]\d+)?|" + "|".join(sorted(WORDS, key=len, reverse=True))
UNIT = (
    r"%|per ?cent|pairs?|weeks?|days?|months?|years?|hours?|minutes?|"
    r"cervical|thoracic|lumbar|sacral|coccygeal|mg|vertebrae"
)
NUMBER = re.compile(rf"(?<![\w.])({VALUE})[\s-]?({UNIT})(?!\w)")
IN_TEN = re.compile(r"\b(" + "|".join(WORDS) + r"|\d+) (?:times )?(?:in|out of|of) (?:every )?(ten|10|a hundred|100)\b")
SINGULAR = {"per cent": "%", "percent": "%", "vertebrae": "vertebra"}


def numbers_in(text: str) -> tuple[tuple[float, str], ...]:
    """Every figure of a folded sentence with its unit in the singular; “nine in ten” is 90 %."""
    lowered = text.lower()
    found = [(_value(m[1]), _unit(m[2])) for m in NUMBER.finditer(lowered)]
    found += ((_value(m[1]) * (10 if m[2] in ("ten", "10") else 1), "%") for m in IN_TEN.finditer(lowered))
    return tuple(found)


def _value(text: str) -> float:
    return float(WORDS[text]) if text in WORDS else float(text.replace(",", "."))


def _unit(text: str) -> str:
    return SINGULAR.get(text, text.removesuffix("s") if text.endswith("s") else text)
