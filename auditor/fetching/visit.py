"""One walk from an address to its page: at each step with leave of robots.txt, and in the host's turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from auditor.errors import FetchFailed
from auditor.fetching.allowance import Allowance
from auditor.fetching.cache import PageCache
from auditor.fetching.following import followed
from auditor.fetching.pacing import Pacer
from auditor.fetching.pages import page_from, refuse_other_than_pages
from auditor.fetching.rations import Ration
from auditor.fetching.reasons import Why, failed, status_failed
from auditor.fetching.robots import EVERYTHING, MOST_BYTES, Robots, Rules, rules_in
from auditor.fetching.settings import PRODUCT, FetchSettings
from auditor.fetching.transport import Reply, Transport
from auditor.fetching.urls import host_of
from auditor.model import Page

_MARKS = 1_000_000  # bytes for headers and chunk marks, beside the body
_ASK_TO_WAIT = frozenset({429, 503})


@dataclass
class Visit:
    """What one walk shares with others (robots.txt, turns, cache) and what is its own (its allowance of time)."""

    settings: FetchSettings
    transport: Transport
    robots: Robots
    pacer: Pacer
    cache: PageCache | None
    allowance: Allowance
    most: int  # bytes
    _hosts: set[str] = field(default_factory=set)

    def page_at(self, url: str) -> Page:
        """The page at the end of an address's redirects; raises FetchFailed, Unreadable."""
        return followed(url, self._asked_politely, lambda reply: self._page(url, reply), self.settings.max_redirects)

    def bytes_at(self, url: str) -> bytes:
        """What stands at the end of an address's redirects, whatever it is; raises FetchFailed."""
        return followed(url, self._asked_politely, self._bytes, self.settings.max_redirects)

    @contextmanager
    def _asked_politely(self, url: str) -> Iterator[Reply]:
        rules = self.robots.rules_for(url, self._rules_at)
        if not rules.allow(url):
            raise failed(Why.ROBOTS, host=host_of(url), product=PRODUCT)
        self._take_turn(host_of(url), rules)
        conditions = self.cache.conditions(url) if self.cache else {}
        with self._asked(url, conditions) as reply:
            yield reply

    def _take_turn(self, host: str, rules: Rules) -> None:
        """A page and its redirects within a host are one turn, as they are for a reader's browser."""
        if host not in self._hosts:
            self.pacer.turn(host, max(self.settings.delay, rules.delay))
            self._hosts.add(host)

    @contextmanager
    def _asked(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[Reply]:
        with (
            self.allowance.deadline() as deadline,
            self.transport.asked(url, Ration(deadline, 2 * self.most + _MARKS), headers or {}) as reply,
        ):
            yield reply

    def _page(self, source: str, reply: Reply) -> Page:
        self._heed(reply)
        stored = self.cache.stored(reply.url) if self.cache and reply.status == 304 else None
        if stored:
            return page_from(source, reply.url, *stored)
        refuse_other_than_pages(reply, self.most)
        body = reply.body(self.most)
        if self.cache:
            self.cache.store(reply.url, reply.headers, body)
        return page_from(source, reply.url, reply.headers, body)

    def _bytes(self, reply: Reply) -> bytes:
        self._heed(reply)
        if reply.status != 200:
            raise status_failed(reply.status, reply.phrase)
        return reply.body(self.most)

    def _rules_at(self, place: str) -> Rules:
        """The rules in a robots.txt: 4xx and endless redirects mean that there are none (RFC 9309, section 2.3.1)."""
        try:
            return followed(place, self._asked, self._rules, self.settings.max_redirects)
        except FetchFailed as error:
            if error.code == f"fetch/{Why.REDIRECTS}":
                return EVERYTHING
            raise

    def _rules(self, reply: Reply) -> Rules:
        self._heed(reply)
        if reply.status >= 500:
            raise status_failed(reply.status, reply.phrase)
        return rules_in(reply.body(MOST_BYTES + 1, cut=True)) if reply.status in range(200, 300) else EVERYTHING

    def _heed(self, reply: Reply) -> None:
        """Leaves a host alone for as long as it asks (RFC 9110, section 10.2.3)."""
        if reply.status in _ASK_TO_WAIT:
            self.pacer.hold(host_of(reply.url), _retry_after(reply))


def _retry_after(reply: Reply) -> float:
    """The seconds that a server asks us to wait; 0 where it says nothing sensible."""
    try:
        return max(0.0, Retry().parse_retry_after(reply.headers.get("Retry-After", "")))
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0
