"""Syndicated copies in the store: a page whose text another page has, exactly or nearly, is not examined again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from auditor.scanning.likeness import bands_of, likeness_of

ALIKE = 0.9  # of the runs of five words that either text has, the share that both have


@dataclass(frozen=True, slots=True)
class Copy:
    """The page that was there first, and how alike the two texts are (1 where they are the same)."""

    page: int
    likeness: float


def original_of(sql: sqlite3.Connection, page: int, text_sha256: str, signature: bytes | None) -> Copy | None:
    """The page that this one is a copy of; None where it is none. The caller holds a transaction."""
    same = sql.execute(
        "SELECT id FROM pages WHERE text_sha256 = ? AND copy_of IS NULL AND id <> ? AND state IN ('read', 'done') "
        "ORDER BY id LIMIT 1",
        (text_sha256, page),
    ).fetchone()
    if same:
        return Copy(same[0], 1.0)
    return _nearest(sql, page, signature) if signature else None


def remember(sql: sqlite3.Connection, page: int, signature: bytes | None) -> None:
    """Lets later pages be known as copies of this one."""
    bands = bands_of(signature) if signature else ()
    sql.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((band, page) for band in bands))


def release(sql: sqlite3.Connection, page: int) -> None:
    """Takes a page out of its group: its copies are to be examined themselves, the first of them as their original."""
    sql.execute("DELETE FROM bands WHERE page = ?", (page,))
    heir = sql.execute("SELECT min(id) FROM pages WHERE copy_of = ?", (page,)).fetchone()[0]
    if heir is None:
        return
    signature = sql.execute("SELECT signature FROM texts WHERE page = ?", (heir,)).fetchone()[0]
    change = "UPDATE pages SET state = 'read', copy_of = NULL, likeness = NULL WHERE id = ?"
    sql.execute(change, (heir,))
    remember(sql, heir, signature)
    sql.execute("UPDATE pages SET copy_of = ? WHERE copy_of = ?", (heir, page))


def _nearest(sql: sqlite3.Connection, page: int, signature: bytes) -> Copy | None:
    bands = bands_of(signature)
    marks = ", ".join("?" * len(bands))
    found = sql.execute(
        f"SELECT DISTINCT page, signature FROM bands JOIN texts USING (page) WHERE band IN ({marks}) AND page <> ?",
        (*bands, page),
    ).fetchall()
    near = [Copy(id, likeness_of(signature, other)) for id, other in found]
    best = max(near, key=lambda copy: (copy.likeness, -copy.page), default=None)
    return best if best and best.likeness >= ALIKE else None
