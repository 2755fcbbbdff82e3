"""Where the work of a scan is done: here in threads and processes; `cluster` has the other engine, Dask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from typing import Protocol

from auditor.model import Page
from auditor.scanning.crew import Crew, Hand
from auditor.scanning.model import Event, Stage, Task
from auditor.scanning.settings import Chosen
from auditor.scanning.work import Gets, done
from auditor.scanning.workers import Worker

PATIENCE = 5.0  # seconds that a page at work is given to finish when the scan is stopped


class Paces(Gets, Protocol):
    """Whatever gets pages from the web and knows how often a host may be asked."""

    def ready_at(self, url: str) -> float:
        """The monotonic time from which the host of an address may be asked again."""
        ...


class Engine(Protocol):
    """Does tasks and puts what came of each among the events that it was made with."""

    batch: int
    """How many pages of one host to start at once, at most."""

    def has_room(self) -> bool:
        """True where further pages can be started."""
        ...

    def start(self, tasks: Sequence[Task]) -> None:
        """Gets and reads pages of one host."""
        ...

    def go_on(self, task: Task, page: Page) -> None:
        """Reads a page that was got."""
        ...

    def examine(self, task: Task) -> None:
        """Examines a page that was read."""
        ...

    def again(self, task: Task) -> None:
        """Does a task again, alone, after a process died of it."""
        ...

    def flush(self) -> None:
        """Sends on what was kept back to be sent together."""
        ...

    def close(self) -> None:
        """Ends the work: what is being done may finish within moments, the rest is dropped."""
        ...


class LocalEngine:
    """Threads that fetch, and processes (or, without any, one thread) that read and examine."""

    batch = 1

    def __init__(self, chosen: Chosen, fetcher: Paces, events: SimpleQueue[Event]) -> None:
        """Starts the threads; a process starts with its first page."""
        self._workers = [Worker(chosen.seconds_a_page) for _ in range(chosen.workers)]
        hands: list[Hand] = list(self._workers) if self._workers else [done]
        self._work = Crew(hands, events, lambda task: 0.0 if task.payload is None else None)
        fetches = partial(done, fetcher=fetcher)
        self._fetch = Crew([fetches] * chosen.connections, events, lambda task: fetcher.ready_at(task.place.input))
        self._most = 4 * self._work.size

    def has_room(self) -> bool:
        """True while neither the threads that fetch nor the processes have enough to do for now."""
        return self._work.open < self._most and self._fetch.open < self._fetch.size

    def start(self, tasks: Sequence[Task]) -> None:
        """Gets pages from the web and reads those of this machine."""
        for task in tasks:
            (self._fetch if task.stage is Stage.FETCH else self._work).give(task)

    def go_on(self, task: Task, page: Page) -> None:
        """Has a page read that was got."""
        self._work.give(replace(task, stage=Stage.READ, payload=page))

    def examine(self, task: Task) -> None:
        """Has a page examined."""
        self._work.give(task)

    def again(self, task: Task) -> None:
        """Has a task done again by a fresh process."""
        self._work.give(task)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """Ends threads and processes."""
        self._fetch.dismiss(0)
        self._work.dismiss(PATIENCE)
        for worker in self._workers:
            worker.end()
