"""How a job is done: what is kept with it, and what each run may choose anew."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from auditor.errors import JobError
from auditor.fetching.settings import FetchSettings
from auditor.scanning.shards import WHOLE, Shard


@dataclass(frozen=True, slots=True)
class Kept:
    """What a job keeps from its first run on, because its results hang on it."""

    allow_private: bool = False
    offline: bool = False
    contact: str | None = None
    delay: float = 1.0
    shard: Shard = field(default=WHOLE)
    timeout: float = FetchSettings().seconds
    use_proxies: bool = False
    cache: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one run of a job chooses."""

    workers: int = 2
    connections: int = 16
    cluster: str | None = None
    limit: int | None = None
    max_age: float | None = None  # days
    retry_failed: bool = False
    seconds_a_page: float = 120.0
    tries: int = 2  # of a page that fails for a passing reason, in one run
    pause: float = 60.0  # seconds before such a page is tried again; doubled each time


def fetching_of(kept: Kept) -> FetchSettings:
    """How a job fetches. Raises JobError where its settings allow none."""
    try:
        return FetchSettings(
            offline=kept.offline,
            allow_private=kept.allow_private,
            contact=kept.contact,
            delay=kept.delay,
            seconds=kept.timeout,
            use_proxies=kept.use_proxies,
            cache_dir=Path(kept.cache) if kept.cache else None,
        )
    except ValueError as error:
        raise JobError(f"--contact {kept.contact}: {error}") from error


def kept_from(text: str) -> Kept:
    """The settings that a job was begun with."""
    kept: Kept = _ADAPTER.validate_json(text)
    return kept


def text_of(kept: Kept) -> str:
    """The settings as the job keeps them."""
    return _ADAPTER.dump_json(kept).decode()


def agreed(kept: Kept | None, asked: dict[str, Any]) -> Kept:
    """The settings of a job, of which `asked` were named just now. Raises JobError where the job has others."""
    if kept is None:
        fresh = replace(Kept(), **asked)
        fetching_of(fresh)
        return fresh
    known = {field.name for field in fields(Kept)}
    for name, value in asked.items():
        if name in known and getattr(kept, name) != value:
            option = "--" + name.replace("_", "-")
            had = getattr(kept, name)
            raise JobError(f"this job was begun with {option} {had}, not {value}; leave it out, or begin another job")
    return kept


_ADAPTER: TypeAdapter[Kept] = TypeAdapter(Kept)
