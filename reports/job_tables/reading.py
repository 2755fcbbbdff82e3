"""What the tables of a job hold: their columns, and their rows one at a time."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from auditor.inputs import is_url
from auditor.scanning.store import Store

Cell = str | int | float | bool | None
Kind = Literal["text", "integer", "real", "boolean"]


class Name(StrEnum):
    """The tables."""

    PAGES = "pages"
    CLAIMS = "claims"
    FINDINGS = "findings"


class Column(BaseModel):
    """A column: its name, what it holds, and what it means; `is` is the SQL that gives it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    type: Kind
    sql: str
    means: str


class Table(BaseModel):
    """A table: what a row of it is, and its columns in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Name
    means: str
    source: str
    order: str
    columns: tuple[Column, ...]

    def rows(self, store: Store) -> Iterator[tuple[Cell, ...]]:
        """Every row, from the store as it stands; memory does not grow with the table."""
        store.sql.create_function("site_of", 1, site_of, deterministic=True)
        wanted = ", ".join(column.sql for column in self.columns)
        truths = [number for number, column in enumerate(self.columns) if column.type == "boolean"]
        for row in store.sql.execute(f"SELECT {wanted} FROM {self.source} ORDER BY {self.order}"):
            cells = list(row)
            for number in truths:
                cells[number] = None if cells[number] is None else bool(cells[number])
            yield tuple(cells)


def site_of(url: str) -> str | None:
    """The host of an address; None for a file."""
    if not is_url(url):
        return None
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


@cache
def tables() -> dict[Name, Table]:
    """The tables by name."""
    data = tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))
    return {
        Name(name): Table(
            name=Name(name),
            means=table["means"],
            source=table["from"],
            order=table["order"],
            columns=tuple(
                Column(name=one["name"], type=one["type"], sql=one["is"], means=one["means"]) for one in table["column"]
            ),
        )
        for name, table in data.items()
    }
