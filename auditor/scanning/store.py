"""The store of a job: one SQLite file in its folder, in which every page changes its state in one transaction."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from itertools import islice
from pathlib import Path

from auditor.errors import JobError
from auditor.scanning import copies
from auditor.scanning.model import Examined, Kind, Missed, Place, ReadPage, Stage, State, Task

NAME = "job.sqlite"
VERSION = 1

_BATCH = 1_000


class Store:
    """Reads and writes a job. One thread of one process writes; others may read meanwhile."""

    def __init__(self, path: Path, *, writes: bool = True) -> None:
        """Opens the store at a path. Raises JobError where it is no store, or one of another version."""
        self.path = path
        try:
            self.sql = _opened(path, writes)
        except sqlite3.DatabaseError as error:
            raise JobError(f"{path}: is no job of this program: {error}") from error

    def close(self) -> None:
        """Ends the use of the store."""
        self.sql.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is written inside."""
        self.sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.sql.execute("ROLLBACK")
            raise
        self.sql.execute("COMMIT")

    # ---- what the job is

    def facts(self) -> dict[str, str]:
        """What is kept of the job as a whole: its settings, what judges it."""
        return dict(self.sql.execute("SELECT key, value FROM job"))

    def keep_facts(self, facts: Mapping[str, str]) -> None:
        """Keeps facts of the job as a whole."""
        with self.transaction():
            self.sql.executemany("INSERT OR REPLACE INTO job VALUES (?, ?)", facts.items())

    def begin_run(self) -> int:
        """Notes that a run begins; gives its number."""
        self.sql.execute("INSERT INTO runs (started_at) VALUES (?)", (now(),))
        return int(self.sql.execute("SELECT max(id) FROM runs").fetchone()[0])

    def end_run(self, run: int, pages: int) -> None:
        """Notes that a run came to its end, and how many pages it brought to theirs."""
        self.sql.execute("UPDATE runs SET ended_at = ?, pages = ? WHERE id = ?", (now(), pages, run))

    def add(self, places: Iterable[Place]) -> int:
        """Adds those places that the job does not hold yet; gives how many."""
        added, rest = 0, iter(places)
        while batch := list(islice(rest, _BATCH)):
            with self.transaction():
                rows = [(place.input, place.kind, place.host) for place in batch]
                found = self.sql.executemany("INSERT OR IGNORE INTO pages (input, kind, host) VALUES (?, ?, ?)", rows)
                added += found.rowcount
        return added

    # ---- what a run takes up again

    def retry(self, *, everything: bool) -> int:
        """Lets failed pages wait again: those that failed for a passing reason, or all of them. Gives how many."""
        change = "UPDATE pages SET state = 'waiting', tries = 0, deaths = 0, due = 0 WHERE state = 'failed'"
        return self._change(change if everything else f"{change} AND passing")

    def expire(self, before: str) -> int:
        """Lets pages from the web that were fetched before a time wait again; gives how many."""
        change = "UPDATE pages SET state = 'waiting', tries = 0, due = 0 WHERE kind = ? AND fetched_at < ?"
        return self._change(f"{change} AND state IN ('done', 'skipped')", Kind.URL, before)

    def rejudge(self, judged_by: str) -> int:
        """Lets pages that were judged by anything else be examined again from their stored text; gives how many."""
        change = "UPDATE pages SET state = 'read' WHERE state = 'done' AND copy_of IS NULL AND judged_by IS NOT ?"
        return self._change(change, judged_by)

    def hurry(self) -> int:
        """Lets no waiting page wait any longer; gives how many did."""
        return self._change("UPDATE pages SET due = 0 WHERE state = 'waiting' AND due > 0")

    def _change(self, statement: str, *values: str) -> int:
        with self.transaction():
            return self.sql.execute(statement, values).rowcount

    # ---- what is left to do

    def host_after(self, host: str | None) -> str | None:
        """The next host, by name, with a page that waits; None where there is none."""
        query = "SELECT min(host) FROM pages WHERE state = 'waiting' AND host > ?"
        if host is None:
            query = query.replace("> ?", ">= ?")
        found: str | None = self.sql.execute(query, (host or "",)).fetchone()[0]
        return found

    def waiting(self, host: str, after: int, limit: int) -> list[Task]:
        """Pages of a host whose time has come, from those after a number, in their order."""
        rows = self.sql.execute(
            "SELECT id, input, kind FROM pages WHERE state = 'waiting' AND host = ? AND id > ? AND due <= ? "
            "ORDER BY id LIMIT ?",
            (host, after, time.time(), limit),
        )
        return [
            Task(id, Stage.FETCH if kind == Kind.URL else Stage.READ, Place(input, Kind(kind), host))
            for id, input, kind in rows
        ]

    def has_waiting(self) -> bool:
        """True while a page waits, be it for its time."""
        return bool(self.sql.execute("SELECT EXISTS (SELECT 1 FROM pages WHERE state = 'waiting')").fetchone()[0])

    def to_examine(self, after: int, limit: int) -> list[Task]:
        """Pages that were read and not examined, from those after a number, in their order."""
        rows = self.sql.execute(
            "SELECT id, input, kind, host, article FROM pages JOIN texts ON page = id "
            "WHERE state = 'read' AND id > ? ORDER BY id LIMIT ?",
            (after, limit),
        )
        return [
            Task(id, Stage.EXAMINE, Place(input, Kind(kind), host), article) for id, input, kind, host, article in rows
        ]

    # ---- what became of a page, each in one transaction

    def keep_read(self, page: int, read: ReadPage) -> bool:
        """Keeps the text of a page. True where it is to be examined: it is no copy of one that is."""
        with self.transaction():
            self._forget(page)
            copy = copies.original_of(self.sql, page, read.text_sha256, read.signature)
            state = State.DONE if copy else State.READ
            self.sql.execute(
                "UPDATE pages SET state = ?, code = NULL, message = NULL, passing = 0, tries = tries + 1, url = ?, "
                "title = ?, language = ?, author = ?, published = ?, fetched_at = ?, audited_at = ?, text_sha256 = ?, "
                "words = ?, on_topic = ?, copy_of = ?, likeness = ?, judged_by = NULL WHERE id = ?",
                (
                    *(state, read.url, read.title, read.language, read.author, read.published, read.fetched_at),
                    *(now() if copy else None, read.text_sha256, read.words, read.on_topic),
                    *(copy.page if copy else None, copy.likeness if copy else None, page),
                ),
            )
            row = (page, read.article, read.signature)
            self.sql.execute("INSERT OR REPLACE INTO texts (page, article, signature) VALUES (?, ?, ?)", row)
            if not copy:
                copies.remember(self.sql, page, read.signature)
        return copy is None

    def keep_examined(self, page: int, examined: Examined, judged_by: str) -> None:
        """Keeps what a page gave, in place of what it gave before."""
        with self.transaction():
            self._forget_rows(page)
            self.sql.executemany(
                f"INSERT INTO claims VALUES (?, ?{', ?' * 14})",
                ((page, number, *row) for number, row in enumerate(examined.claims, 1)),
            )
            self.sql.executemany(
                f"INSERT INTO findings VALUES (?, ?{', ?' * 10})",
                ((page, number, *row) for number, row in enumerate(examined.findings, 1)),
            )
            self.sql.execute("UPDATE texts SET examination = ? WHERE page = ?", (examined.examination, page))
            change = "UPDATE pages SET state = 'done', audited_at = ?, judged_by = ?, deaths = 0 WHERE id = ?"
            self.sql.execute(change, (now(), judged_by, page))

    def keep_missed(self, page: int, missed: Missed, *, again_at: float | None = None) -> None:
        """Keeps why a page gave nothing; with `again_at` it waits for its next try at that time."""
        state = State.WAITING if again_at is not None else State(missed.status.value)
        with self.transaction():
            self._forget(page)
            self.sql.execute("DELETE FROM texts WHERE page = ?", (page,))
            self.sql.execute(
                "UPDATE pages SET state = ?, code = ?, message = ?, passing = ?, tries = tries + 1, due = ?, "
                "copy_of = NULL, likeness = NULL, text_sha256 = NULL, judged_by = NULL, audited_at = ? WHERE id = ?",
                (state, missed.code, missed.message, missed.passing, again_at or 0, now(), page),
            )

    def tries(self, page: int) -> int:
        """How often the page was tried and read or missed since it was last taken up."""
        return int(self.sql.execute("SELECT tries FROM pages WHERE id = ?", (page,)).fetchone()[0])

    def note_death(self, page: int) -> int:
        """Notes that a process died over a page; gives how many did."""
        with self.transaction():
            self.sql.execute("UPDATE pages SET deaths = deaths + 1 WHERE id = ?", (page,))
        return int(self.sql.execute("SELECT deaths FROM pages WHERE id = ?", (page,)).fetchone()[0])

    # ---- for merging, inside a transaction

    def drop(self, page: int) -> None:
        """Takes a page out of the job."""
        self._forget(page)
        self.sql.execute("DELETE FROM texts WHERE page = ?", (page,))
        self.sql.execute("DELETE FROM pages WHERE id = ?", (page,))

    def demote(self, page: int, copy: copies.Copy) -> None:
        """Makes a page that was judged a copy of another, and its copies with it."""
        self._forget_rows(page)
        self.sql.execute("DELETE FROM bands WHERE page = ?", (page,))
        self.sql.execute("UPDATE texts SET examination = NULL WHERE page = ?", (page,))
        self.sql.execute("UPDATE pages SET copy_of = ? WHERE copy_of = ?", (copy.page, page))
        change = "UPDATE pages SET copy_of = ?, likeness = ?, judged_by = NULL WHERE id = ?"
        self.sql.execute(change, (copy.page, copy.likeness, page))

    def _forget(self, page: int) -> None:
        """Drops what a page gave; its copies have to stand for themselves."""
        self._forget_rows(page)
        copies.release(self.sql, page)

    def _forget_rows(self, page: int) -> None:
        self.sql.execute("DELETE FROM claims WHERE page = ?", (page,))
        self.sql.execute("DELETE FROM findings WHERE page = ?", (page,))


def now() -> str:
    """The time, RFC 3339 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _opened(path: Path, writes: bool) -> sqlite3.Connection:
    if not writes and not path.exists():
        raise JobError(f"{path.parent}: holds no job; make one with audit.py scan --job {path.parent}")
    sql = sqlite3.connect(path, isolation_level=None, timeout=60)
    sql.execute("PRAGMA journal_mode = WAL")  # not for network file systems: docs/scanning.md
    sql.execute("PRAGMA synchronous = NORMAL")
    version = sql.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and writes and not sql.execute("SELECT 1 FROM sqlite_master").fetchone():
        schema = resources.files(__package__).joinpath("schema.sql").read_text("utf-8")
        sql.executescript(f"BEGIN;\n{schema}\nCOMMIT;")
    elif version != VERSION:
        sql.close()
        raise JobError(f"{path}: is a job of version {version}; this program reads version {VERSION}")
    if not writes:
        sql.execute("PRAGMA query_only = ON")
    return sql
