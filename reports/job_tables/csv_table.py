"""A table as comma-separated values (RFC 4180) that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from reports.cells import defused
from reports.job_tables.reading import Cell, Table


def write(table: Table, rows: Iterable[tuple[Cell, ...]], path: Path) -> None:
    """Writes the table; truth is `true` or `false`, what is missing is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        writer.writerows(map(_cell, row) for row in rows)


def _cell(value: Cell) -> str | int | float | None:
    if isinstance(value, bool):
        return str(value).lower()
    return defused(value) if isinstance(value, str) else value
