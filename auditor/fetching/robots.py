"""What a site's robots.txt lets us fetch (RFC 9309)."""

from __future__ import annotations

import codecs
import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

from auditor.errors import FetchFailed
from auditor.fetching.reasons import Why, failed
from auditor.fetching.settings import PRODUCT
from auditor.fetching.urls import host_of, robots_url

MOST_BYTES = 500 * 1024  # section 2.5: at least this much is parsed

_DAY = 86_400.0  # section 2.4
_TRIES, _WHILE = 3, 300.0  # after so many failures in a row, a robots.txt is left alone for so many seconds
_MOST_SITES = 2_000
_AGENT = re.compile(r"^[ \t]*user-agent[ \t]*:[ \t]*([^\s#]*).*$", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(r"[A-Za-z_-]+")
_NOBODY = "nobody-of-that-name"

Fetch = Callable[[str], "Rules"]  # the rules of a robots.txt; raises FetchFailed
_HOST_TROUBLE = frozenset(f"fetch/{why}" for why in (Why.PRIVATE_ADDRESS, Why.PORT, Why.DNS, Why.CONNECTION, Why.TLS))


@dataclass(frozen=True)
class Rules:
    """What one site lets us do."""

    parsed: Protego | None

    def allow(self, url: str) -> bool:
        """True where the address may be fetched."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """The seconds that the site wants between two pages; 0 where it says nothing."""
        asked = float((self.parsed.crawl_delay(PRODUCT) if self.parsed else None) or 0)
        return min(asked, _DAY) if asked > 0 else 0.0  # what is no number is not greater than 0


EVERYTHING = Rules(None)


def rules_in(data: bytes) -> Rules:
    """The rules in a robots.txt, of which lines beyond the limit are not read."""
    if len(data) > MOST_BYTES:
        data = data[:MOST_BYTES].rpartition(b"\n")[0]
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="replace").replace("\r", "\n")
    return Rules(Protego.parse(_AGENT.sub(_whole_name, text)))


def _whole_name(line: re.Match[str]) -> str:
    """A group's agent as the parser shall see it: it matches beginnings of names, the RFC whole names."""
    token = _TOKEN.match(line[1])
    ours = token is not None and token[0].lower() == PRODUCT.lower()
    return f"User-agent: {PRODUCT if ours else '*' if line[1] == '*' else _NOBODY}"


@dataclass
class _Known:
    """What is known of a site; `lock` is held while it is asked."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | None = None
    failure: FetchFailed | None = None
    failures: int = 0  # in a row
    until: float = -math.inf

    def ask(self, place: str, fetch: Fetch, now: float) -> None:
        """Learns the rules anew; where they can't be had, older ones stay meanwhile (section 2.4)."""
        try:
            self.rules, self.failures, self.until = fetch(place), 0, now + _DAY
        except FetchFailed as error:
            self.failure, self.failures = _unreachable(place, error), self.failures + 1
            self.until = now + _WHILE if self.failures >= _TRIES else now


class Robots:
    """The rules of sites, each asked for once a day, by one thread while others wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def rules_for(self, url: str, fetch: Fetch) -> Rules:
        """The rules of an address's site, fetched where need be; raises FetchFailed where they can't be: a no."""
        place = robots_url(url)
        known = self._known_of(place)
        with known.lock:
            if self._clock() >= known.until:
                known.ask(place, fetch, self._clock())
        if known.rules is None:
            raise known.failure or failed(Why.CONNECTION)
        return known.rules

    def _known_of(self, place: str) -> _Known:
        with self._lock:
            known = self._known.setdefault(place, _Known())
            self._known.move_to_end(place)
            if len(self._known) > _MOST_SITES:
                self._known.popitem(last=False)
            return known


def _unreachable(place: str, error: FetchFailed) -> FetchFailed:
    """A host that can't be reached at all is named as that, and its robots.txt not blamed."""
    if error.code in _HOST_TROUBLE:
        return error
    return failed(Why.ROBOTS_UNREACHABLE, host=host_of(place), cause=error.code.removeprefix("fetch/"))
