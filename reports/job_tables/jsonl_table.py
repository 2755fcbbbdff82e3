"""A table as JSON lines: one object a row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from reports.job_tables.reading import Cell, Table


def write(table: Table, rows: Iterable[tuple[Cell, ...]], path: Path) -> None:
    """Writes the table; every row has every column."""
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
