"""Labelled pages, and sentences that stand on no page, as windows to teach the encoder with."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims.model import Stance, Status, Topic, Verdict
from claims.references import Reference
from claims.training.pages import VERDICTS, labelled_readings
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

FOLDS = 4  # of pages and of contrast sets, so that a teacher can be asked of what it was not taught
HIDDEN, HIDDEN_SHARE = 103, 0.05  # the piece that hides a word, and how many it hides
FIRST_WORD = 1000  # the pieces before it are marks and letters
EXCHANGED = 0.12  # of the words of a disturbed window, those that are exchanged for one near them
TOGETHER = (1, 2, 3, 7, 7, 7, 7)  # how many sentences that stand on no page are read in a window
UNDER_HEADING = 0.6  # of the windows with a few, those that begin with a heading
SHORT_OF_TITLE, CUT = 0.15, 0.25  # of pages, those read without a title and those read in two parts
LONG = 8  # pieces of a sentence that may say enough by itself
POINTING = re.compile(
    r"(?:it|this|these|they|that|those|not|so|but|and|he|she|here|there|such|yes|both|neither|each|one|another)\b", re.I
)
LEFT_OUT, FEW_LINES = 0.2, 4  # of the lines of a shortened page; one with so few is read whole
UNEVEN = 40  # pieces by which windows of one batch may differ in length
PARTIAL = "partial"  # not supported as it stands; which of the other verdicts is not said
Unit = dict[str, Any]
A_HEADING: Unit = {"topic": "nerve-root", "claim": False, "stance": "asserted", "verdict": "none", "flags": []}


@dataclass(frozen=True)
class Lesson:
    """A window with the units whose answers it teaches; in a disturbed one the labels may not hold any more."""

    window: Window
    units: Sequence[Unit]
    fold: int
    is_disturbed: bool = False


@dataclass(frozen=True)
class Manner:
    """How lessons are made of pages and sentences: shares of what is read, or read otherwise, in an epoch.

    `loose` is of sentences on no page, `lone` of sentences on pages that are read once more by themselves, `shortened`
    of pages that some lines are left out of, `disturbed` of windows in which words are exchanged for `neighbours`. The
    pages and sets of the fold `without` are left out of all.
    """

    loose: float = 0.6
    lone: float = 0.0
    shortened: float = 0.0
    disturbed: float = 0.0
    neighbours: Mapping[int, Sequence[int]] | None = None
    without: int | None = None


@dataclass(frozen=True)
class _Page:
    lines: Sequence[Line]
    title: Sequence[int]
    units: Sequence[Unit]
    fold: int


class Lessons:
    """The training pages and the sets of loose sentences as windows, cut and hidden anew each epoch."""

    def __init__(
        self, pages: Sequence[Mapping[str, Any]], sets: Sequence[Sequence[Unit]], pieces: Pieces, manner: Manner
    ) -> None:
        self._manner = manner
        kept = [(number % FOLDS, page) for number, page in enumerate(pages) if number % FOLDS != manner.without]
        self._pages = [_page_of(page, fold, pieces) for fold, page in kept]
        self._headings = [heading for page in self._pages for heading in _bare_headings(page)]
        self._loose: list[list[tuple[Line, Unit]]] = [[] for _ in range(FOLDS)]
        for number, units in enumerate(sets):
            if number % FOLDS != manner.without:
                lines = [Line(SENTENCE, pieces.of(unit["quote"], MOST_OF_SENTENCE), []) for unit in units]
                self._loose[number % FOLDS] += zip(lines, units, strict=True)

    def batches(self, dice: random.Random, size: int, *, by_fold: bool) -> list[list[Lesson]]:
        """An epoch in batches of `size` pieces: all windows, those of like length together, in a new order."""
        read = (*self._from_pages(dice), *self._from_lone(dice), *self._from_loose(dice))
        lessons = [self._altered(lesson, dice) for lesson in read]
        order = {id(lesson): len(lesson.window.pieces) + dice.random() * UNEVEN for lesson in lessons}
        lessons.sort(key=lambda lesson: (lesson.fold if by_fold else 0, order[id(lesson)]))
        batches: list[list[Lesson]] = []
        longest = 0
        for lesson in lessons:
            own = len(lesson.window.pieces)
            longest = max(longest, own)
            is_other = not batches or (by_fold and batches[-1][0].fold != lesson.fold)
            if is_other or (len(batches[-1]) + 1) * longest > size:
                batches.append([])
                longest = own
            batches[-1].append(lesson)
        dice.shuffle(batches)
        return batches

    def _from_pages(self, dice: random.Random) -> Iterator[Lesson]:
        """Pages whole, some in two parts, some without a title: a page of strangers may begin anywhere."""
        for whole in self._pages:
            page = _shortened(whole, dice) if dice.random() < self._manner.shortened else whole
            shown = [] if dice.random() < SHORT_OF_TITLE else page.title
            count = len(page.lines)
            cut = dice.randrange(3, count - 2) if count > 6 and dice.random() < CUT else count
            for start, end in ((0, cut), (cut, count)):
                yield from _lessons(page.lines[start:end], shown, page.units[start:end], page.fold)

    def _from_lone(self, dice: random.Random) -> Iterator[Lesson]:
        """Some sentences of pages by themselves, as a reader may check one; none that points to what stands before."""
        for page in self._pages if self._manner.lone else ():
            for line, unit in zip(page.lines, page.units, strict=True):
                says_enough = len(line.pieces) >= LONG and not POINTING.match(unit["quote"])
                if line.mark != HEADING and says_enough and dice.random() < self._manner.lone:
                    yield from _lessons([line], [], [unit], page.fold)

    def _from_loose(self, dice: random.Random) -> Iterator[Lesson]:
        """Sentences on no page, seven together, or a few, mostly under a heading, as on a page of a sentence or two."""
        for fold, loose in enumerate(self._loose):
            left = dice.sample(loose, k=int(self._manner.loose * len(loose)))
            while left:
                count = dice.choice(TOGETHER)
                part, left = left[:count], left[count:]
                lines, units = [line for line, _ in part], [unit for _, unit in part]
                if count == max(TOGETHER) or dice.random() >= UNDER_HEADING:
                    yield from _lessons(lines, [], units, fold)
                else:
                    heading = dice.choice(self._headings)
                    yield from _lessons([Line(HEADING, heading, []), *lines], heading, [A_HEADING, *units], fold)

    def _altered(self, lesson: Lesson, dice: random.Random) -> Lesson:
        """Some words hidden, in a disturbed window some exchanged as well."""
        near = self._manner.neighbours or {}
        is_disturbed = dice.random() < self._manner.disturbed

        def read(piece: int) -> int:
            if is_disturbed and piece in near and dice.random() < EXCHANGED:
                return dice.choice(near[piece])
            return HIDDEN if piece >= FIRST_WORD and dice.random() < HIDDEN_SHARE else piece

        pieces = [read(piece) for piece in lesson.window.pieces]
        return replace(lesson, window=Window(pieces, lesson.window.stretches), is_disturbed=is_disturbed)


def _page_of(page: Mapping[str, Any], fold: int, pieces: Pieces) -> _Page:
    labelled = list(labelled_readings(dict(page)))
    lines = lines_of([reading.sentence for reading, _ in labelled], pieces)
    return _Page(lines, pieces.of(page["title"], MOST_OF_TITLE), [unit for _, unit in labelled], fold)


def _shortened(page: _Page, dice: random.Random) -> _Page:
    kept = [number for number in range(len(page.lines)) if dice.random() >= LEFT_OUT]
    if len(page.lines) <= FEW_LINES or not kept:
        return page
    return replace(page, lines=[page.lines[number] for number in kept], units=[page.units[number] for number in kept])


def _bare_headings(page: _Page) -> Iterator[Sequence[int]]:
    """The pieces of the headings of a page that state nothing and sell nothing."""
    for line, unit in zip(page.lines, page.units, strict=True):
        if line.mark == HEADING and not unit["claim"] and not unit["flags"]:
            yield line.pieces[:MOST_OF_HEADING]


def _lessons(lines: Sequence[Line], title: Sequence[int], units: Sequence[Unit], fold: int) -> Iterator[Lesson]:
    first = 0
    for window in windows_of(lines, title):
        yield Lesson(window, units[first : first + len(window.stretches)], fold)
        first += len(window.stretches)


def units_of(reference: Reference) -> Iterator[Unit]:
    """A reference as units: its statement, its fair wording, and its examples with their verdicts."""
    topic = Topic.HERB if "herb" in reference.topic else Topic.NERVE_ROOT
    base = {"topic": topic, "claim": True, "stance": Stance.ASSERTED, "flags": None, "reference": [reference.id]}
    is_partial = reference.status is Status.MIXED or reference.topic == "category-error"
    yield {**base, "quote": reference.statement, "verdict": PARTIAL if is_partial else reference.status.value}
    yield {**base, "quote": reference.fair_wording, "verdict": Verdict.SUPPORTED.value}
    for verdict, texts in reference.examples.items():
        yield from ({**base, "quote": text, "verdict": verdict.value} for text in texts if verdict.value in VERDICTS)
