"""The tables of a job in a folder, with a manifest that makes them citable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from auditor.scanning.manifest import manifest_of
from auditor.scanning.store import Store
from reports.errors import BadTarget
from reports.job_tables.reading import Cell, Table, tables
from reports.replacing import replaced

FORMATS = {
    "csv": "reports.job_tables.csv_table",
    "jsonl": "reports.job_tables.jsonl_table",
    "parquet": "reports.job_tables.parquet_table",
}


def write_tables(store: Store, format: str, folder: Path) -> dict[str, Any]:
    """Writes every table and manifest.json into a folder, each whole or not at all; gives the manifest.

    All show the store at one moment, even while it is written to. Raises BadTarget where that cannot be done.
    """
    store.sql.execute("BEGIN")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = {f"{table.name}.{format}": _written(store, table, format, folder) for table in tables().values()}
        manifest = manifest_of(store) | {"files": files}
        replaced(folder / "manifest.json", lambda path: path.write_text(text_of(manifest), "utf-8"))
    except OSError as error:
        raise BadTarget(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        store.sql.execute("ROLLBACK")
    return manifest


def text_of(manifest: dict[str, Any]) -> str:
    """A manifest as it is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _written(store: Store, table: Table, format: str, folder: Path) -> dict[str, Any]:
    write = import_module(FORMATS[format]).write
    path, rows = folder / f"{table.name}.{format}", _Counted(table.rows(store))
    replaced(path, lambda fresh: write(table, rows, fresh))
    with path.open("rb") as file:
        return {"rows": rows.count, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


class _Counted:
    """The same rows, counted as they pass."""

    def __init__(self, rows: Iterator[tuple[Cell, ...]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        for row in self._rows:
            self.count += 1
            yield row
