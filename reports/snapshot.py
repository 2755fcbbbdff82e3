"""The text of a page as one document, in which every block and finding has its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.model import BlockEntry


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the document in code points, and where it begins and ends: lines and columns count from 1, and
    the end column is the one after the last character."""

    offset: int
    length: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The document, and where each block begins in it."""

    text: str
    starts: tuple[int, ...]

    def place_of(self, block: int, start: int, end: int) -> Place:
        """Where a stretch of a block stands in the document."""
        first, last = self.starts[block] + start, self.starts[block] + end
        return Place(first, last - first, *self._line_and_column(first), *self._line_and_column(last))

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)


def snapshot_of(blocks: Sequence[BlockEntry], keep_lines: bool) -> Snapshot:
    """The blocks in order, one a line; with `keep_lines` each on the line of the source that it begins on.

    Blocks that share a line of the source are then parted by a tab.
    """
    text: list[str] = []
    starts: list[int] = []
    length, line = 0, 1
    for number, block in enumerate(blocks):
        missing = max(block.line - line, 0) if keep_lines else int(number > 0)
        gap = "\n" * missing or ("\t" if number else "")
        text += [gap, block.text]
        starts.append(length + len(gap))
        length += len(gap) + len(block.text)
        line += missing + block.text.count("\n")
    return Snapshot("".join(text), tuple(starts))
