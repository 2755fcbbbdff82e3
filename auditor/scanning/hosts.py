"""Which page to take up next: many hosts at once, each asked by one at a time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.scanning.model import Task
from auditor.scanning.store import Store

LANES = 256  # hosts in sight at once; the others wait in the store
AHEAD = 32  # pages of a host in memory
_REST = 0.25  # seconds before the store is asked again whether a host has pages


@dataclass(slots=True)
class _Lane:
    """A host in sight: its next pages, and since when it may be asked."""

    host: str
    pages: deque[Task] = field(default_factory=deque)
    last: int = 0
    ready: float = 0.0
    busy: int = 0  # pages it is being asked for
    unsettled: int = 0  # pages taken from it of which the store does not know yet what became

    @property
    def is_free(self) -> bool:
        """Files may be read side by side; a host is asked by one at a time."""
        return not self.host or not self.busy


class Hosts:
    """The hosts that have pages waiting, a window of them in memory."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lanes: dict[str, _Lane] = {}
        self._seen: str | None = None  # the last host that came into sight
        self._again = 0.0

    def take(self, most: int) -> list[Task]:
        """Pages of one host that may be asked for now, `most` at most; empty where there is none right now."""
        self._widen()
        now = time.monotonic()
        for lane in self._in_turn():
            if lane.is_free and lane.ready <= now and self._filled(lane):
                taken = [lane.pages.popleft() for _ in range(min(most, len(lane.pages)))]
                lane.busy += len(taken)
                lane.unsettled += len(taken)
                return taken
        return []

    def free(self, host: str, ready: float) -> None:
        """A page of a host was got; it may be asked again at `ready`, by the monotonic clock."""
        lane = self._lanes[host]
        lane.busy -= 1
        lane.ready = max(lane.ready, ready)

    def settle(self, host: str) -> None:
        """The store knows what became of a page of this host."""
        self._lanes[host].unsettled -= 1

    def asked(self) -> tuple[str, ...]:
        """The hosts that are being asked right now."""
        return tuple(lane.host for lane in self._lanes.values() if lane.busy and lane.host)

    def next_ready(self) -> float | None:
        """When the next host may be asked, by the monotonic clock; None where none is waited for."""
        return min((lane.ready for lane in self._lanes.values() if lane.is_free), default=None)

    def _in_turn(self) -> Iterator[_Lane]:
        for host in list(self._lanes):
            lane = self._lanes.pop(host)
            self._lanes[host] = lane  # to the back of the queue
            yield lane

    def _filled(self, lane: _Lane) -> bool:
        if not lane.pages:
            found = self._store.waiting(lane.host, lane.last, AHEAD)
            lane.pages.extend(found)
            lane.last = found[-1].page if found else lane.last
        if not lane.pages and not lane.unsettled:
            del self._lanes[lane.host]
        return bool(lane.pages)

    def _widen(self) -> None:
        """Brings further hosts into sight, round and round by name."""
        now = time.monotonic()
        if len(self._lanes) >= LANES or now < self._again:
            return
        first: str | None = None
        while len(self._lanes) < LANES:
            host = self._store.host_after(self._seen)
            if host is None and self._seen is None:
                break
            if host is not None and host == first:
                break
            self._seen = host
            first = host if first is None else first
            if host is not None and host not in self._lanes:
                self._lanes[host] = _Lane(host)
        self._again = now + _REST
