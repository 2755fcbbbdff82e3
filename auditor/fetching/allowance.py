"""The time that the network may still take for a page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Allowance:
    """So many seconds, of which only what is spent on the network counts, not the waits for a site's sake."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @contextmanager
    def deadline(self) -> Iterator[float]:
        """The time.monotonic() at which the rest will be spent; what was used of it until the end is taken off."""
        began = time.monotonic()
        try:
            yield began + self.left
        finally:
            self.left -= time.monotonic() - began
