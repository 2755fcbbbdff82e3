"""What “nerve root” means where it stands: anatomy, herb, substance or unclear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from claims.data import HERE, toml_at
from claims.language import Sentence
from claims.model import Sense

FILE = HERE / "senses.toml"
ROOT = r"(?:spinal )?nerve[\s-]?roots?"
SINGULAR = r"nerve[\s-]?root"
NAMED = re.compile(ROOT, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SenseReading:
    """The sense a sentence gives “nerve root”, whether it names it, and what it points back to."""

    sense: Sense
    named: bool
    refers_to: str | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        group: re.compile("|".join(pattern.replace("{root}", SINGULAR) for pattern in entry["patterns"]))
        for group, entry in toml_at(FILE).items()
    }


def own_sense(text: str) -> Sense | None:
    """The sense that a folded sentence itself gives “nerve root”; None where it does not name it."""
    lowered = text.lower()
    patterns = _patterns()
    if patterns["herb"].search(lowered):
        return Sense.HERB
    if not NAMED.search(lowered):
        return None
    if patterns["substance"].search(lowered):
        return Sense.SUBSTANCE
    if patterns["anatomy"].search(lowered):
        return Sense.ANATOMY
    return Sense.SUBSTANCE if patterns["bare"].search(lowered) else Sense.UNCLEAR


def senses_of(sentences: Sequence[Sentence]) -> tuple[SenseReading, ...]:
    """The sense for every sentence: its own, else what it points back to, else the page's."""
    own = [own_sense(sentence.text) for sentence in sentences]
    page = page_sense(own)
    readings: list[SenseReading] = []
    last: tuple[Sense, str] | None = None
    for sentence, sense in zip(sentences, own, strict=True):
        if sense is not None:
            sense = page if sense is Sense.UNCLEAR else sense
            last = (sense, sentence.text)
            readings.append(SenseReading(sense, named=True))
        else:
            readings.append(_carried(sentence, last, page))
    return tuple(readings)


def page_sense(own: Iterable[Sense | None]) -> Sense:
    """The sense most sentences of a page give “nerve root”; unclear where none does, anatomy before others in a tie."""
    counts: Counter[Sense | None] = Counter(own)
    order = (Sense.ANATOMY, Sense.HERB, Sense.SUBSTANCE)
    most = max(order, key=lambda sense: counts[sense])
    return most if counts[most] else Sense.UNCLEAR


def _carried(sentence: Sentence, last: tuple[Sense, str] | None, page: Sense) -> SenseReading:
    lowered = sentence.text.lower()
    patterns = _patterns()
    if last is None or last[0] is not Sense.SUBSTANCE or patterns["body"].search(lowered):
        return SenseReading(page if page is not Sense.SUBSTANCE else Sense.UNCLEAR, named=False)
    if patterns["back"].search(lowered):
        return SenseReading(Sense.SUBSTANCE, named=False, refers_to=f"“nerve root” in “{last[1]}”")
    return SenseReading(page, named=False)
