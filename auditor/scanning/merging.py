"""Joins the shards of a job: their pages, each once, with what became of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.errors import JobError
from auditor.scanning import copies
from auditor.scanning.job import begun, job_at
from auditor.scanning.settings import Kept, kept_from, text_of
from auditor.scanning.shards import WHOLE
from auditor.scanning.store import NAME, Store

# What has an end takes the place of what has none, should two shards hold the same page.
_GIVES_WAY = "('waiting', 'read', 'failed')"
_LASTS = "('done', 'skipped')"


def merged(shards: Sequence[Path], folder: Path) -> int:
    """A job in a new folder that holds what the shards hold; gives its number of pages.

    Raises JobError where a shard is no job, where they were not judged by the same, and where the folder is not new.
    """
    if folder.exists() and any(folder.iterdir()):
        raise JobError(f"{folder}: is not empty; name a new folder to merge into")
    kept, judges = _shared(shards)
    fresh = folder.with_name(f".{folder.name}.part")  # a merge that is killed leaves nothing half done
    shutil.rmtree(fresh, ignore_errors=True)
    with begun(fresh, {}, judges) as job:
        job.store.keep_facts({"settings": text_of(kept)})
        for shard in shards:
            _take(job.store, shard / NAME)
        with job.store.transaction():
            _group(job.store)
        count = int(job.store.sql.execute("SELECT count(*) FROM pages").fetchone()[0])
    fresh.replace(folder)
    return count


def _shared(shards: Sequence[Path]) -> tuple[Kept, dict[str, Any]]:
    """The settings of the whole job, and what judged it."""
    facts = []
    for shard in shards:
        store = job_at(shard)
        facts.append(store.facts())
        store.close()
    if len({one["judges"] for one in facts}) > 1:
        raise JobError(
            "the shards were judged by different versions, references or rules; run each scan again with the same, "
            "which audits anew from the stored text, then merge"
        )
    return replace(kept_from(facts[0]["settings"]), shard=WHOLE), json.loads(facts[0]["judges"])


def _take(store: Store, shard: Path) -> None:
    store.sql.execute("ATTACH ? AS shard", (str(shard),))
    try:
        with store.transaction():
            _make_way(store)
            _copy(store)
    finally:
        store.sql.execute("DETACH shard")


def _make_way(store: Store) -> None:
    """Drops pages without an end of which the shard has one."""
    pages = store.sql.execute(
        "SELECT mine.id FROM main.pages AS mine JOIN shard.pages AS theirs USING (input) "
        f"WHERE mine.state IN {_GIVES_WAY} AND theirs.state IN {_LASTS}"
    ).fetchall()
    for (page,) in pages:
        store.drop(page)


def _copy(store: Store) -> None:
    sql = store.sql
    first = sql.execute("SELECT coalesce(max(id), 0) FROM main.pages").fetchone()[0]
    sql.execute("CREATE TEMP TABLE moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL, fresh INTEGER NOT NULL)")
    sql.execute(
        "INSERT INTO moved SELECT theirs.id, coalesce(mine.id, theirs.id + ?), mine.id IS NULL "
        "FROM shard.pages AS theirs LEFT JOIN main.pages AS mine USING (input)",
        (first,),
    )
    for table in ("pages", "texts", "claims", "findings", "bands"):
        _copy_rows(store, table)
    sql.execute(
        "UPDATE main.pages SET copy_of = (SELECT new FROM moved WHERE old = copy_of) "
        "WHERE copy_of IS NOT NULL AND id IN (SELECT new FROM moved WHERE fresh)"
    )
    sql.execute(
        "INSERT INTO main.runs (started_at, ended_at, pages) SELECT started_at, ended_at, pages FROM shard.runs"
    )
    sql.execute("DROP TABLE moved")


def _copy_rows(store: Store, table: str) -> None:
    """Copies the rows of the pages that are new here, under their new numbers."""
    page = "id" if table == "pages" else "page"
    columns = [f'"{row[1]}"' for row in store.sql.execute(f"PRAGMA main.table_info({table})")]
    values = ["new" if column == f'"{page}"' else column for column in columns]
    store.sql.execute(
        f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM shard.{table} JOIN moved ON old = {page} WHERE fresh"
    )


def _group(store: Store) -> None:
    """Finds the copies among pages that different shards judged; the first of each group stays its original."""
    pages = store.sql.execute(
        "SELECT id, text_sha256, signature FROM pages JOIN texts ON page = id "
        "WHERE state = 'done' AND copy_of IS NULL ORDER BY id"
    )
    for page, text_sha256, signature in pages.fetchall():
        copy = copies.original_of(store.sql, page, text_sha256, signature)
        if copy and copy.page < page:
            store.demote(page, copy)
