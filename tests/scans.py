"""Scans in this process, for tests: no worker processes, unless they are what is tested."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from auditor.scanning.inputs import places_named
from auditor.scanning.job import begun, job_at
from auditor.scanning.model import Place
from auditor.scanning.scan import Scanned, scanned
from auditor.scanning.settings import Chosen

JUDGES = {"tool": "tests"}


def scan_into(
    job: Path,
    pages: Iterable[str | Place] = (),
    *,
    judges: dict[str, Any] = JUDGES,
    kept: dict[str, Any] | None = None,
    **chosen: Any,
) -> Scanned:
    """Runs a scan to its end; pages are addresses and paths, or places."""
    places = [place for page in pages for place in ([page] if isinstance(page, Place) else places_named([page]))]
    asked = {"allow_private": True, "delay": 0.0} | (kept or {})
    with begun(job, asked, judges) as opened:
        return scanned(opened, places, Chosen(**{"workers": 0, "pause": 0.0} | chosen), lambda _: None)


def rows_of(job: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query of the job's store gives."""
    store = job_at(job)
    try:
        return list(store.sql.execute(query))
    finally:
        store.close()


def states_of(job: Path) -> dict[str, str]:
    """The state of every page by its input; a page that is there twice is an error."""
    rows = rows_of(job, "SELECT input, state FROM pages")
    assert len(rows) == len({row[0] for row in rows})
    return dict(rows)
