"""Figures in a sentence, with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "a dozen": 12, "a hundred": 100, "one hundred": 100,
    "hundred": 100,
}  # fmt: skip
COMPOUND = {f"{ten}{gap}{one}": TENS[ten] + ONES[one] for ten in TENS for one in ONES for gap in "- "}
WORDS = {**ONES, **TENS, **TEENS, **COMPOUND}
PARTS = {
    "half": 50, "a third": 33, "one third": 33, "two thirds": 67, "a quarter": 25, "one quarter": 25,
    "three quarters": 75, "a fifth": 20, "four fifths": 80, "nine tenths": 90, "a tenth": 10,
}  # fmt: skip
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
DIGITS = THOUSANDS.pattern + r"|\d+(?:[.,]\d+)?"  # “1,000” is a thousand, “2,5” two and a half
VALUE = DIGITS + "|" + "|".join(sorted(WORDS, key=len, reverse=True))
REGION = r"cervical|thoracic|lumbar|sacral|coccygeal"
BONES = r"vertebrae?|bones?|discs?|disks?|segments?"
UNIT = rf"%|per ?cent|(?:{REGION}) (?:{BONES})|pairs?|weeks?|days?|months?|years?|hours?|minutes?|{REGION}|mg|vertebrae"
TO = r"(?:(?<=[\d%]) ?[-–] ?(?=\d)| to | or )"
OF = r"(?: of (?:the|your|these|those|its|our))?"
NUMBER = re.compile(rf"(?<![\w.])(?<!every )(?<!each )(?:({VALUE})(?: ?%)?{TO})?({VALUE}){OF}[\s-]?({UNIT})(?!\w)")
BETWEEN = re.compile(rf"\bbetween ({VALUE})(?: ?%)? and (?:{VALUE})[\s-]?({UNIT})(?!\w)")
IN_ALL = re.compile(rf"(?<![\w.])({VALUE}) (?:times )?(?:in|out of|of) (?:every )?({VALUE})(?!\w)(?! ?(?:{UNIT}))")
PART = re.compile(
    r"(?<!\w)(" + "|".join(sorted((part.replace(" ", "[ -]") for part in PARTS), key=len, reverse=True)) + r")"
    r"(?= (?:of\b(?! an?\b)|the (?:people|patients)|(?:all )?(?:people|patients|cases|sufferers|those)))"
)
SINGULAR = {"per cent": "%", "percent": "%", "vertebrae": "vertebra"}


@lru_cache(maxsize=32)  # every frame of a sentence asks
def numbers_in(text: str) -> tuple[tuple[float, str], ...]:
    """Every figure of a folded sentence with its unit in the singular, of a range both ends; “nine in ten” is 90 %."""
    return tuple(_all_numbers(text.lower()))


def _all_numbers(lowered: str) -> Iterator[tuple[float, str]]:
    for match in NUMBER.finditer(lowered):
        yield from ((value_of(value), _unit(match[3])) for value in match.group(1, 2) if value)
    yield from ((value_of(match[1]), _unit(match[2])) for match in BETWEEN.finditer(lowered))
    for match in IN_ALL.finditer(lowered):
        part, whole = value_of(match[1]), value_of(match[2])
        if 0 < part <= whole:
            yield round(100 * part / whole, 1), "%"
    yield from ((float(PARTS[match[1].replace("-", " ")]), "%") for match in PART.finditer(lowered))


def value_of(figure: str) -> float:
    """What a figure that `VALUE` matches stands for: “1,000”, “2.5”, “thirty-one”."""
    if figure in WORDS:
        return float(WORDS[figure])
    return float(figure.replace(",", "") if THOUSANDS.fullmatch(figure) else figure.replace(",", "."))


def _unit(text: str) -> str:
    return SINGULAR.get(text, text.replace("vertebrae", "vertebra").removesuffix("s"))
