"""The labelled training pages and contrast sets, and which of a page's sentences belong to which labelled unit.

A file `train-*.jsonl` holds pages in the format of the gold set. A file `contrast-*.jsonl` holds sets of sentences that
stand on no page, a set a line: what people say of one reference, or with and without one flag, in contrast.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from claims.extraction import Reading, readings_of
from claims.language import sentences_of
from claims.model import BlockKind, Passage, Verdict

HERE = Path(__file__).parent
WORD = re.compile(r"[a-z0-9%]+")
VERDICTS = [verdict.value for verdict in Verdict if verdict not in (Verdict.UNVERIFIED, Verdict.NOT_JUDGED)]

Labelled = dict[str, Any]


def pages_in(*paths: Path) -> list[Labelled]:
    """The pages of the files; contrast sets are left out."""
    return [item for item in _items_in(paths) if "text" in item]


def contrast_sets_in(*paths: Path) -> list[list[Labelled]]:
    """The units of each contrast set of the files; pages are left out."""
    return [item["units"] for item in _items_in(paths) if "text" not in item]


def _items_in(paths: Iterable[Path]) -> Iterator[Labelled]:
    for path in sorted(paths):
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)


def passages_of(page: Labelled) -> list[Passage]:
    """A page's Markdown as passages; the labelled pages use headings, paragraphs, list items and bold words only."""
    return [_passage(line) for line in page["text"].replace("**", "").splitlines() if line.strip()]


def _passage(line: str) -> Passage:
    if line.startswith("#"):
        return Passage(BlockKind.HEADING, line.lstrip("# "))
    if item := re.match(r"(?:[-*+]|\d+[.)])\s+(.*)", line.strip()):
        return Passage(BlockKind.LIST_ITEM, item[1])
    return Passage(BlockKind.PARAGRAPH, line.strip())


def labelled_readings(page: Labelled) -> Iterator[tuple[Reading, Labelled]]:
    """Every sentence of a page with the unit that it stands in; sentences in no unit are left out."""
    units = [(unit, " ".join(WORD.findall(unit["quote"].lower()))) for unit in page["units"]]
    position = 0
    for reading in readings_of(sentences_of(passages_of(page))):
        words = " ".join(WORD.findall(reading.sentence.text.lower()))
        for number in range(position, len(units)):
            if words and (words in units[number][1] or units[number][1] in words):
                position = number
                yield reading, units[number][0]
                break
