"""How far a scan has come, at a glance."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from auditor.scanning.model import State

_WINDOW = 30.0  # seconds over which the speed is taken


@dataclass(frozen=True, slots=True)
class Progress:
    """Pages of the job by state, the speed of the last half minute, the time left at that speed, the hosts asked."""

    states: Mapping[State, int]
    pages_a_second: float
    seconds_left: float | None
    hosts: tuple[str, ...]
    settled: int  # pages that this run brought to their end


class Pace:
    """Counts pages as they come to their end."""

    def __init__(self, states: Mapping[State, int]) -> None:
        self._states = Counter(states)
        self._times: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])
        self.settled = 0

    def move(self, before: State, after: State) -> None:
        """A page went from one state to another."""
        self._states[before] -= 1
        self._states[after] += 1
        self.settled += after not in (State.WAITING, State.READ)

    def progress(self, hosts: tuple[str, ...] = ()) -> Progress:
        """Where the scan stands now."""
        speed = self._speed()
        left = self._states[State.WAITING] + self._states[State.READ]
        return Progress(dict(self._states), speed, left / speed if speed else None, hosts, self.settled)

    def _speed(self) -> float:
        now = time.monotonic()
        if now - self._times[-1][0] > 1:
            self._times.append((now, self.settled))
        while len(self._times) > 2 and now - self._times[0][0] > _WINDOW:
            self._times.popleft()
        then, count = self._times[0]
        return (self.settled - count) / (now - then) if now > then else 0.0
