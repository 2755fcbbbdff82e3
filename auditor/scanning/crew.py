"""Hands that each do one task at a time: threads of this process, whatever they hold in them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import count
from queue import PriorityQueue, SimpleQueue

from auditor.scanning.model import Broken, Event, Reply, Task

Hand = Callable[[Task], Reply]
_LAST = 9  # comes after every stage


class Crew:
    """Gives tasks to hands, the earliest stage first, and puts what came of each among the events."""

    def __init__(
        self, hands: Sequence[Hand], events: SimpleQueue[Event], frees: Callable[[Task], float | None]
    ) -> None:
        """Starts a thread for every hand; `frees` says when the host of a finished task may be asked again."""
        self._events, self._frees = events, frees
        self._tasks: PriorityQueue[tuple[int, int, Task | None]] = PriorityQueue()
        self._order = count()
        self._open = 0
        self._counting = threading.Lock()
        self.size = len(hands)
        self.threads = [threading.Thread(target=self._serve, args=(hand,), daemon=True) for hand in hands]
        for thread in self.threads:
            thread.start()

    @property
    def open(self) -> int:
        """How many tasks were given and are not done yet."""
        return self._open

    def give(self, task: Task) -> None:
        """Has a task done when a hand is free."""
        with self._counting:
            self._open += 1
        self._tasks.put((task.stage, next(self._order), task))

    def dismiss(self, patience: float) -> None:
        """Lets the hands finish what they are at, for so many seconds at most; nothing more is taken up."""
        while not self._tasks.empty():
            self._tasks.get_nowait()
        for _ in self.threads:
            self._tasks.put((_LAST, next(self._order), None))
        for thread in self.threads:
            thread.join(patience)

    def _serve(self, hand: Hand) -> None:
        while (task := self._tasks.get()[2]) is not None:
            event = self._event(hand, task)
            with self._counting:
                self._open -= 1
            self._events.put(event)

    def _event(self, hand: Hand, task: Task) -> Event:
        try:
            reply = hand(task)
        except Exception as error:  # the thread must live: the loop that waits for it raises this
            reply = Broken(error)
        return Event(task, reply, self._frees(task))
