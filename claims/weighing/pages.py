"""The sentences of a page → chances for each, by the encoder, a window of the page at a time."""

from __future__ import annotations

import json
import multiprocessing
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from claims.data import HERE
from claims.errors import DataError
from claims.language import Sentence
from claims.model import BlockKind, Stance, Verdict
from claims.weighing.encoder import Encoder, Floats, Stretch, Told, joined
from claims.weighing.pieces import Pieces

FOLDER = HERE / "weights"
WEIGHTS = FOLDER / "encoder.npz"
START, END = 101, 102
SENTENCE, HEADING, ITEM, TITLE = 1, 2, 3, 4  # the marks before what they name
MARK_OF = {BlockKind.HEADING: HEADING, BlockKind.LIST_ITEM: ITEM}
WINDOW = 224  # pieces; a sentence that would pass it starts the next window
SEEN_AGAIN = 2  # sentences of the window before that a window starts with
LONGEST = 320  # pieces; no window is longer, whatever its sentences
SCALES = "scales"  # what is put after the name of a table of whole numbers to name their scales
MOST_HANDS = 4  # threads; a page rarely has more windows
MOST_OF_SENTENCE, MOST_OF_TITLE, MOST_OF_HEADING = 80, 24, 20  # pieces; the rest of a longer one is not read


@dataclass(frozen=True, slots=True)
class Chances:
    """What the encoder makes of a sentence, each 0 to 1: `reference` is the likeliest, with its chance."""

    claim: float
    verdicts: Mapping[Verdict, float]
    stances: Mapping[Stance, float]
    flags: Mapping[str, float]
    reference: tuple[str, float]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns of the encoder's answers stand for."""

    verdicts: tuple[Verdict, ...]
    stances: tuple[Stance, ...]
    flags: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """All that the weights file holds."""

    encoder: Encoder
    pieces: Pieces
    labels: Labels


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in pieces, with its mark and the heading it stands under."""

    mark: int
    pieces: Sequence[int]
    heading: Sequence[int]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a page in pieces, and where in it the sentences stand that it answers for."""

    pieces: Sequence[int]
    stretches: Sequence[Stretch]


def chances_on(sentences: Sequence[Sentence]) -> tuple[Chances, ...]:
    """The chances for every sentence of a page, in its context; the same page gives the same chances.

    Raises `DataError` where the weights are missing or broken.
    """
    if not sentences:
        return ()
    known = model()
    told = joined(list(_hands().map(partial(_told, known.encoder), _windows_on(sentences, known.pieces))))
    return tuple(_chances(told, row, known.labels) for row in range(len(sentences)))


def _windows_on(sentences: Sequence[Sentence], pieces: Pieces) -> list[Window]:
    """A page in windows; a lone sentence under its heading is read by itself, as those were that stood on no page."""
    lines = lines_of(sentences, pieces)
    if sum(line.mark != HEADING for line in lines) == 1:
        return [window for line in lines for window in windows_of([line], ())]
    return list(windows_of(lines, title_of(sentences, pieces)))


def _told(encoder: Encoder, window: Window) -> Told:
    return encoder.told(np.array(window.pieces), window.stretches)


@cache
def _hands() -> ThreadPoolExecutor:
    """Threads that take a window each: as many as there are cores, but one in a process that is itself one of many."""
    alone = multiprocessing.parent_process() is None
    return ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_HANDS) if alone else 1)


def _chances(told: Told, row: int, labels: Labels) -> Chances:
    best = int(told.references[row].argmax())
    return Chances(
        float(told.claim[row]),
        dict(zip(labels.verdicts, told.verdicts[row].tolist(), strict=True)),
        dict(zip(labels.stances, told.stances[row].tolist(), strict=True)),
        dict(zip(labels.flags, told.flags[row].tolist(), strict=True)),
        (labels.references[best], float(told.references[row, best])),
    )


def title_of(sentences: Sequence[Sentence], pieces: Pieces) -> list[int]:
    """The pieces of the page's first heading, if it has one."""
    headings = (sentence.text for sentence in sentences if sentence.kind is BlockKind.HEADING)
    return pieces.of(next(headings, ""), MOST_OF_TITLE)


def lines_of(sentences: Sequence[Sentence], pieces: Pieces) -> list[Line]:
    """The sentences of a page in pieces, each with the heading above it."""
    lines: list[Line] = []
    heading: list[int] = []
    for sentence in sentences:
        own = pieces.of(sentence.text, MOST_OF_SENTENCE)
        lines.append(Line(MARK_OF.get(sentence.kind, SENTENCE), own, heading))
        if sentence.kind is BlockKind.HEADING:
            heading = own[:MOST_OF_HEADING]
    return lines


def windows_of(lines: Sequence[Line], title: Sequence[int]) -> Iterator[Window]:
    """A page in windows; each sentence is answered for in exactly one."""
    first = 0
    while first < len(lines):
        window = _window_from(first, lines, title)
        yield window
        first += len(window.stretches)


def _window_from(first: int, lines: Sequence[Line], title: Sequence[int]) -> Window:
    pieces = [START, TITLE, *title]
    if first and lines[first].heading:
        pieces += [HEADING, *lines[first].heading]
    stretches: list[Stretch] = []
    for number in range(max(0, first - SEEN_AGAIN), len(lines)):
        line = lines[number]
        if number > first and len(pieces) + len(line.pieces) + 2 > WINDOW:
            break
        if number >= first:
            stretches.append((len(pieces), len(pieces) + 1 + len(line.pieces)))
        pieces += [line.mark, *line.pieces]
    return Window([*pieces, END], stretches)


@cache
def model() -> Model:
    """The project's own encoder, read once."""
    return model_at(WEIGHTS)


def model_at(path: Path) -> Model:
    """The encoder in a weights file; raises `DataError` where the file is missing or broken."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return _model_from({name: arrays[name] for name in arrays.files})
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise DataError(
            f"{path.name}: cannot be read; make it again with `python -m claims.training.train_encoder`"
        ) from error


def _model_from(arrays: dict[str, Any]) -> Model:
    words, scales = arrays.pop("words"), arrays.pop("scales").astype(np.float32)
    pieces = Pieces(str(arrays.pop("vocabulary")).split("\n"))
    names = json.loads(str(arrays.pop("labels")))
    labels = Labels(
        tuple(map(Verdict, names["verdicts"])),
        tuple(map(Stance, names["stances"])),
        tuple(names["flags"]),
        tuple(names["references"]),
    )
    weights = {name: _unpacked(name, arrays) for name in arrays if not name.endswith(SCALES)}
    layers = sum(name.endswith("attention.weight") for name in weights)
    return Model(Encoder(weights, words, scales, layers), pieces, labels)


def _unpacked(name: str, arrays: Mapping[str, Any]) -> Floats:
    """A table of weights; one that is kept in whole numbers has a scale for each column beside it."""
    scales: Floats = arrays.get(f"{name} {SCALES}", np.float32(1))
    values: Floats = np.multiply(arrays[name], scales, dtype=np.float32)
    return values
