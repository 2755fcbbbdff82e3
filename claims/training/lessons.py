"""Labelled pages, and sentences that stand on no page, as windows to teach the encoder with."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.model import Stance, Status, Topic, Verdict
from claims.references import Reference
from claims.training.fit_verdicts import VERDICTS
from claims.training.pages import labelled_readings
from claims.weighing.pages import (
    HEADING,
    MOST_OF_HEADING,
    MOST_OF_SENTENCE,
    MOST_OF_TITLE,
    SENTENCE,
    Line,
    Window,
    lines_of,
    windows_of,
)
from claims.weighing.pieces import Pieces

BATCH = 1600  # pieces
HIDDEN, HIDDEN_SHARE = 103, 0.05  # the piece that hides a word, and how many it hides
TOGETHER = (1, 2, 3, 7, 7, 7, 7)  # how many sentences that stand on no page are read in a window
UNDER_HEADING = 0.6  # of the windows with a few, those that begin with a heading
SHORT_OF_TITLE, CUT = 0.15, 0.25  # of pages, those read without a title and those read in two parts
PARTIAL = "partial"  # not supported as it stands; which of the other verdicts is not said
Unit = dict[str, Any]
A_HEADING: Unit = {"topic": "nerve-root", "claim": False, "stance": "asserted", "verdict": "none", "flags": []}


@dataclass(frozen=True)
class Lesson:
    """A window with the units whose answers it teaches."""

    window: Window
    units: Sequence[Unit]


class Lessons:
    """The training pages and the loose sentences as windows, cut and hidden anew each epoch."""

    def __init__(self, pages: Sequence[Mapping[str, Any]], loose: Sequence[Unit], pieces: Pieces, share: float) -> None:
        self._pages, self._share = [self._page(page, pieces) for page in pages], share
        self._headings = [heading for page in self._pages for heading in _bare_headings(page[0], page[2])]
        self._loose = [(Line(SENTENCE, pieces.of(unit["quote"], MOST_OF_SENTENCE), []), unit) for unit in loose]

    @staticmethod
    def _page(page: Mapping[str, Any], pieces: Pieces) -> tuple[list[Line], list[int], list[Unit]]:
        labelled = list(labelled_readings(dict(page)))
        lines = lines_of([reading.sentence for reading, _ in labelled], pieces)
        return lines, pieces.of(page["title"], MOST_OF_TITLE), [unit for _, unit in labelled]

    def batches(self, dice: random.Random) -> list[list[Lesson]]:
        """An epoch: all windows, those of like length together, in a new order."""
        lessons = [_hidden(lesson, dice) for lesson in (*self._from_pages(dice), *self._from_loose(dice))]
        lessons.sort(key=lambda lesson: len(lesson.window.pieces) + dice.random() * 60)
        batches: list[list[Lesson]] = [[]]
        for lesson in lessons:
            longest = max(len(other.window.pieces) for other in (*batches[-1], lesson))
            if batches[-1] and (len(batches[-1]) + 1) * longest > BATCH:
                batches.append([])
            batches[-1].append(lesson)
        dice.shuffle(batches)
        return batches

    def _from_pages(self, dice: random.Random) -> Iterator[Lesson]:
        """Pages whole, some in two parts, some without a title: a page of strangers may begin anywhere."""
        for lines, title, units in self._pages:
            shown = [] if dice.random() < SHORT_OF_TITLE else title
            cut = dice.randrange(3, len(lines) - 2) if len(lines) > 6 and dice.random() < CUT else len(lines)
            for start, end in ((0, cut), (cut, len(lines))):
                yield from _lessons(lines[start:end], shown, units[start:end])

    def _from_loose(self, dice: random.Random) -> Iterator[Lesson]:
        """Sentences on no page, seven together, or a few, mostly under a heading, as on a page of a sentence or two."""
        left = dice.sample(self._loose, k=int(self._share * len(self._loose)))
        while left:
            count = dice.choice(TOGETHER)
            part, left = left[:count], left[count:]
            lines, units = [line for line, _ in part], [unit for _, unit in part]
            if count == max(TOGETHER) or dice.random() >= UNDER_HEADING:
                yield from _lessons(lines, [], units)
            else:
                heading = dice.choice(self._headings)
                yield from _lessons([Line(HEADING, heading, []), *lines], heading, [A_HEADING, *units])


def _bare_headings(lines: Sequence[Line], units: Sequence[Unit]) -> Iterator[Sequence[int]]:
    """The pieces of the headings of a page that state nothing and sell nothing."""
    for line, unit in zip(lines, units, strict=True):
        if line.mark == HEADING and not unit["claim"] and not unit["flags"]:
            yield line.pieces[:MOST_OF_HEADING]


def _lessons(lines: Sequence[Line], title: Sequence[int], units: Sequence[Unit]) -> Iterator[Lesson]:
    first = 0
    for window in windows_of(lines, title):
        yield Lesson(window, units[first : first + len(window.stretches)])
        first += len(window.stretches)


def _hidden(lesson: Lesson, dice: random.Random) -> Lesson:
    pieces = [HIDDEN if piece > 999 and dice.random() < HIDDEN_SHARE else piece for piece in lesson.window.pieces]
    return Lesson(Window(pieces, lesson.window.stretches), lesson.units)


def units_of(reference: Reference) -> Iterator[Unit]:
    """A reference as units: its statement, its fair wording, and its examples with their verdicts."""
    topic = Topic.HERB if "herb" in reference.topic else Topic.NERVE_ROOT
    base = {"topic": topic, "claim": True, "stance": Stance.ASSERTED, "flags": None, "reference": [reference.id]}
    is_partial = reference.status is Status.MIXED or reference.topic == "category-error"
    yield {**base, "quote": reference.statement, "verdict": PARTIAL if is_partial else reference.status.value}
    yield {**base, "quote": reference.fair_wording, "verdict": Verdict.SUPPORTED.value}
    for verdict, texts in reference.examples.items():
        yield from ({**base, "quote": text, "verdict": verdict.value} for text in texts if verdict.value in VERDICTS)
