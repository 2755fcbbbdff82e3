"""One runner for a job folder at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from auditor.errors import JobError

_NAME = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder. Raises JobError where another runner holds it.

    The lock is that of an SQLite file, which every system frees when its holder dies, however it dies.
    """
    with closing(sqlite3.connect(folder / _NAME, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise JobError(f"{folder}: another scan is at work in this folder; wait for it or stop it") from error
        yield
