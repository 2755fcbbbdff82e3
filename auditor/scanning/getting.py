"""How a job gets pages from the web: the fetcher, with the settings of the job."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from auditor.model import Page
from auditor.scanning.engines import Paces
from auditor.scanning.settings import Kept


@dataclass(frozen=True, slots=True)
class _Simple:
    kept: Kept

    def page_at(self, url: str) -> Page:
        from auditor.fetching import page_at

        return page_at(url, offline=self.kept.offline, allow_private=self.kept.allow_private)

    def ready_at(self, url: str) -> float:
        del url
        return time.monotonic() + self.kept.delay


@contextmanager
def fetcher_for(kept: Kept) -> Iterator[Paces]:
    """What gets the pages of a job."""
    yield _Simple(kept)
