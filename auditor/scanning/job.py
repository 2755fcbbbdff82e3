"""A job folder: opened by one runner, with the settings that it was begun with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from auditor.errors import JobError
from auditor.scanning.lock import locked
from auditor.scanning.settings import Chosen, Kept, agreed, kept_from, text_of
from auditor.scanning.store import NAME, Store


@dataclass(frozen=True, slots=True)
class Job:
    """A job that this process may write to."""

    folder: Path
    store: Store
    kept: Kept
    judged_by: str  # the hash of everything that verdicts hang on


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a run took up again: pages that failed, that are too old, and that something else had judged."""

    retried: int
    expired: int
    rejudged: int


@contextmanager
def begun(folder: Path, asked: Mapping[str, Any], judges: Mapping[str, Any]) -> Iterator[Job]:
    """The job in a folder, made where there is none; `judges` names the versions and hashes that verdicts hang on.

    Raises JobError where the folder can't be used, where another runner holds it, and where it was begun with other
    settings than those in `asked`.
    """
    _make(folder)
    with locked(folder):
        store = Store(folder / NAME)
        try:
            facts = store.facts()
            kept = agreed(kept_from(facts["settings"]) if "settings" in facts else None, dict(asked))
            store.keep_facts({"settings": text_of(kept), "judges": json.dumps(judges)})
            yield Job(folder, store, kept, judged_by(judges))
        finally:
            store.close()


def judged_by(judges: Mapping[str, Any]) -> str:
    """The hash of what judges pages."""
    return hashlib.sha256(json.dumps(judges, sort_keys=True).encode()).hexdigest()[:16]


def resume(job: Job, chosen: Chosen) -> Resumed:
    """Lets those pages wait again that a run takes up again."""
    expired = 0
    if chosen.max_age is not None:
        before = datetime.now(UTC) - timedelta(days=chosen.max_age)
        expired = job.store.expire(before.isoformat(timespec="seconds"))
    job.store.hurry()
    return Resumed(job.store.retry(everything=chosen.retry_failed), expired, job.store.rejudge(job.judged_by))


def job_at(folder: Path) -> Store:
    """The store of a job, to be read. Raises JobError where the folder holds none."""
    return Store(folder / NAME, writes=False)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JobError(f"{folder}: cannot be made a job folder: {error.strerror or error}") from error
