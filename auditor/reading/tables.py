"""What heads each cell of the tables that are open in a walk."""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4 import Tag

from auditor.reading.furniture import attribute

_WIDEST = 1_000  # columns; HTML's own limit for `colspan`


@dataclass(slots=True)
class _Table:
    columns: dict[int, str] = field(default_factory=dict)  # what heads them
    row: str | None = None  # what heads it
    rows: int = 0
    column: int = 0
    span: int = 1
    cell: str | None = None  # `td`, `th` of a row, or `column` for the head of one


class Tables:
    """Follows the walk through tables, however they nest."""

    def __init__(self) -> None:
        self._open: list[_Table] = []

    def enter(self, tag: Tag) -> None:
        """Notes that a table, a row or a cell begins."""
        if tag.name == "table":
            self._open.append(_Table())
        elif self._open and tag.name == "tr":
            table = self._open[-1]
            table.rows, table.column, table.span, table.row = table.rows + 1, 0, 0, None
        elif self._open and tag.name in ("td", "th"):
            self._begin(self._open[-1], tag)

    def leave(self, tag: Tag) -> None:
        """Notes that it ends."""
        if self._open and tag.name == "table":
            self._open.pop()
        elif self._open and tag.name in ("td", "th"):
            self._open[-1].cell = None

    def header_for(self, text: str) -> str | None:
        """What heads the open cell; the text of a cell that is a head itself is remembered instead."""
        if not self._open or self._open[-1].cell is None:
            return None
        table = self._open[-1]
        if table.cell == "column":
            for column in range(table.column, table.column + table.span):
                table.columns.setdefault(column, text)
            return None
        if table.cell == "th":
            table.row = table.row or text
            return table.columns.get(table.column)
        return " · ".join(filter(None, (table.row, table.columns.get(table.column)))) or None

    def _begin(self, table: _Table, tag: Tag) -> None:
        table.column += table.span
        wide = attribute(tag, "colspan")
        table.span = min(max(int(wide), 1), _WIDEST) if len(wide) < 6 and wide.isascii() and wide.isdigit() else 1
        heads_column = attribute(tag, "scope") in ("col", "colgroup") or (
            table.rows == 1 and attribute(tag, "scope") != "row"
        )
        table.cell = "td" if tag.name == "td" else "column" if heads_column else "th"
