"""Fetches pages, and tries again where that may help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self, TypeVar

import tenacity

from auditor.errors import FetchFailed
from auditor.fetching.allowance import Allowance
from auditor.fetching.cache import PageCache
from auditor.fetching.guard import Guard
from auditor.fetching.network import SYSTEM, Network
from auditor.fetching.pacing import Pacer
from auditor.fetching.reasons import Why, failed
from auditor.fetching.robots import Robots
from auditor.fetching.settings import FetchSettings
from auditor.fetching.transport import Transport
from auditor.fetching.urls import host_of, normal
from auditor.fetching.visit import Visit
from auditor.model import Page

_WORTH_ANOTHER = frozenset(  # times out: the time is spent; unknown name: the system has asked several times
    {f"fetch/{why}" for why in (Why.CONNECTION, Why.ROBOTS_UNREACHABLE)}
    | {f"fetch/status-{status}" for status in (429, 500, 502, 503, 504)}
)
_USUAL = FetchSettings()

Got = TypeVar("Got")


class Fetcher:
    """Fetches pages for any number of threads; remembers each site's robots.txt and turns while it lives."""

    def __init__(self, settings: FetchSettings = _USUAL, network: Network = SYSTEM) -> None:
        self._settings = settings
        self._transport = Transport(settings, Guard(network, settings.allow_private))
        self._robots = Robots()
        self._pacer = Pacer(settings.patience)
        self._cache = PageCache(settings.cache_dir) if settings.cache_dir else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left open: every connection ends with its question."""

    def page_at(self, url: str) -> Page:
        """The page at an address, redirects followed; waits for the host's turn where need be.

        Raises FetchFailed (`fetch/…`) where it can't be got, Unreadable (`read/…`) where what was got is no text.
        """
        return self._tried(url, self._settings.max_bytes, lambda visit: visit.page_at(url))

    def bytes_at(self, url: str, most: int) -> bytes:
        """What stands at an address, `most` bytes at most, such as a sitemap; raises FetchFailed as `page_at` does."""
        return self._tried(url, most, lambda visit: visit.bytes_at(url))

    def ready_at(self, url: str) -> float:
        """The time.monotonic() from which the address's host may be asked; 0 where it may be at once."""
        try:
            return self._pacer.ready_at(host_of(normal(url)))
        except FetchFailed:
            return 0.0

    def _tried(self, url: str, most: int, go: Callable[[Visit], Got]) -> Got:
        if self._settings.offline:
            raise failed(Why.OFFLINE)
        allowance = Allowance(self._settings.seconds)
        retrying = self._retrying(host_of(normal(url)), allowance)
        return retrying(lambda: go(self._visit(allowance, most)))

    def _visit(self, allowance: Allowance, most: int) -> Visit:
        return Visit(self._settings, self._transport, self._robots, self._pacer, self._cache, allowance, most)

    def _retrying(self, host: str, allowance: Allowance) -> tenacity.Retrying:
        def worth_another(error: BaseException) -> bool:
            may_pass = isinstance(error, FetchFailed) and error.code in _WORTH_ANOTHER
            return may_pass and allowance.left > 0 and self._pacer.is_patient(host)

        return tenacity.Retrying(
            stop=tenacity.stop_after_attempt(1 + self._settings.retries),
            wait=tenacity.wait_exponential(multiplier=self._settings.retry_delay),
            retry=tenacity.retry_if_exception(worth_another),
            reraise=True,
        )
