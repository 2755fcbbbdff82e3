"""When a host may be asked again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from auditor.fetching.reasons import Why, failed


class Pacer:
    """Gives each host's pages turns; any number of threads may ask for one."""

    def __init__(
        self, patience: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._patience, self._clock, self._sleep = patience, clock, sleep
        self._free_from: dict[str, float] = {}  # by host, in time.monotonic()
        self._lock = threading.Lock()

    def ready_at(self, host: str) -> float:
        """The time.monotonic() from which the host may be asked."""
        with self._lock:
            return self._free_from.get(host, 0.0)

    def turn(self, host: str, delay: float) -> None:
        """Waits for a turn, after which the host is left alone for `delay` seconds.

        Raises FetchFailed where that turn is further off than our patience reaches.
        """
        with self._lock:
            now = self._clock()
            start = max(now, self._free_from.get(host, now))
            if start - now > self._patience:
                raise failed(Why.TOO_SOON, host=host, seconds=round(start - now))
            self._free_from[host] = start + delay
        self._sleep(max(0.0, start - self._clock()))

    def hold(self, host: str, seconds: float) -> None:
        """Leaves a host alone for so long from now, as it asked."""
        with self._lock:
            until = self._clock() + seconds
            self._free_from[host] = max(until, self._free_from.get(host, until))

    def is_patient(self, host: str) -> bool:
        """True where the next turn at the host is near enough to wait for."""
        return self.ready_at(host) - self._clock() <= self._patience
