"""A table as Parquet, for pandas, DuckDB and R."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from reports.errors import BadTarget
from reports.job_tables.reading import Cell, Table

_GROUP = 10_000  # rows held in memory at a time


def write(table: Table, rows: Iterable[tuple[Cell, ...]], path: Path) -> None:
    """Writes the table in groups of rows. Raises BadTarget where pyarrow is missing."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise BadTarget("parquet needs the extra parquet: pip install 'health-claim-auditor[parquet]'") from error
    types = {"text": "string", "integer": "int64", "real": "float64", "boolean": "bool_"}
    schema = pyarrow.schema([(column.name, getattr(pyarrow, types[column.type])()) for column in table.columns])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            columns = zip(zip(*group, strict=True), schema.types, strict=True)
            cells = [pyarrow.array(column, kind) for column, kind in columns]
            writer.write_batch(pyarrow.record_batch(cells, schema=schema))


def _groups(rows: Iterable[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    rest = iter(rows)
    while group := list(islice(rest, _GROUP)):
        yield group
