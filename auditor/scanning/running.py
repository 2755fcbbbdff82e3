"""One run of a job: takes pages up, has them worked on, and keeps what becomes of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from queue import Empty, SimpleQueue

from auditor.model import Miss, Page
from auditor.scanning.engines import Engine
from auditor.scanning.hosts import Hosts
from auditor.scanning.model import Broken, Died, Event, Examined, Missed, ReadPage, Stage, State, Task
from auditor.scanning.progress import Pace, Progress
from auditor.scanning.querying import states_of
from auditor.scanning.settings import Chosen
from auditor.scanning.store import Store

DEATHS = 3  # of processes over one page, before the page is held to be the cause
_BLINK = 0.2  # seconds between looks at the clock

Watch = Callable[[Progress], None]
MakeEngine = Callable[[SimpleQueue[Event]], Engine]


class Run:
    """A run over what a store has left to do."""

    def __init__(self, store: Store, chosen: Chosen, judged_by: str) -> None:
        self._store, self._chosen, self._judged_by = store, chosen, judged_by
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._hosts = Hosts(store)
        self._pace = Pace(states_of(store))
        self._open: dict[int, State] = {}  # pages taken up, with the state that the store has them in
        self._taken = 0
        self._cursor: int | None = 0  # the last page taken from those that were read in an earlier run

    def go(self, make_engine: MakeEngine, stop: threading.Event, watch: Watch) -> Progress:
        """Works until nothing is left or `stop` is set. Raises what stops every page, such as ModelMissing."""
        with closing(make_engine(self._events)) as engine:
            while not stop.is_set() and (self._feed(engine) or self._open or self._is_waiting()):
                self._handle_all(engine)
                watch(self._pace.progress(self._hosts.asked()))
        self._keep_what_came()
        return self._pace.progress()

    # ---- taking up

    def _feed(self, engine: Engine) -> bool:
        """Gives the engine what it has room for; True where there was anything to give."""
        given = False
        while engine.has_room() and (tasks := self._next_tasks(engine.batch)):
            given = True
            if tasks[0].stage is Stage.EXAMINE:
                for task in tasks:
                    engine.examine(task)
            else:
                engine.start(tasks)
        engine.flush()
        return given

    def _next_tasks(self, batch: int) -> list[Task]:
        return self._left_unexamined(batch) or self._new(batch)

    def _left_unexamined(self, batch: int) -> list[Task]:
        """Pages that were read by a run that ended, or whose original is no longer one."""
        while self._cursor is not None:
            found = self._store.to_examine(self._cursor, batch)
            self._cursor = found[-1].page if found else None
            if tasks := [task for task in found if task.page not in self._open]:
                self._open.update((task.page, State.READ) for task in tasks)
                return tasks
        return []

    def _new(self, batch: int) -> list[Task]:
        room = batch if self._chosen.limit is None else min(batch, self._chosen.limit - self._taken)
        tasks = self._hosts.take(room) if room > 0 else []
        self._taken += len(tasks)
        self._open.update((task.page, State.WAITING) for task in tasks)
        return tasks

    def _is_waiting(self) -> bool:
        """True where work is left that nobody is at: hosts that want their pause, pages that wait for another try."""
        if self._left_behind():
            return True
        return (self._chosen.limit is None or self._taken < self._chosen.limit) and self._store.has_waiting()

    def _left_behind(self) -> bool:
        if self._cursor is None and self._store.to_examine(0, 1):
            self._cursor = 0
        return self._cursor is not None

    # ---- keeping what became of pages

    def _handle_all(self, engine: Engine) -> None:
        """Waits a moment for something to happen, and handles it with whatever else has happened."""
        with suppress(Empty):
            event = self._events.get(timeout=self._moment())
            while True:
                self._handle(event, engine)
                event = self._events.get_nowait()

    def _moment(self) -> float:
        ready = self._hosts.next_ready()
        left = _BLINK if ready is None else ready - time.monotonic()
        return min(max(left, 0.005), _BLINK)

    def _handle(self, event: Event, engine: Engine) -> None:
        task, reply = event.task, event.reply
        if isinstance(reply, Broken):
            raise reply.error
        if isinstance(reply, Died) and self._store.note_death(task.page) < DEATHS:
            engine.again(task)  # its host stays taken meanwhile
            return
        if event.frees is not None and task.stage is not Stage.EXAMINE:
            self._hosts.free(task.place.host, event.frees)
        if isinstance(reply, Page):
            engine.go_on(task, reply)
        else:
            self._keep(task, reply, engine)

    def _keep(self, task: Task, reply: ReadPage | Examined | Missed | Died, engine: Engine | None) -> None:
        if isinstance(reply, ReadPage):
            if self._store.keep_read(task.page, reply):
                self._settle(task, State.READ)
                self._open[task.page] = State.READ
                if engine:
                    engine.examine(replace(task, stage=Stage.EXAMINE, payload=reply.article))
                return
            self._settle(task, State.DONE)
        elif isinstance(reply, Examined):
            self._store.keep_examined(task.page, reply, self._judged_by)
            self._settle(task, State.DONE)
        else:
            self._settle(task, self._keep_missed(task.page, reply if isinstance(reply, Missed) else _KILLED))

    def _keep_missed(self, page: int, missed: Missed) -> State:
        tries = self._store.tries(page) + 1
        if not missed.passing or tries >= self._chosen.tries:
            self._store.keep_missed(page, missed)
            return State(missed.status.value)
        again = time.time() + self._chosen.pause * 2 ** (tries - 1)
        self._store.keep_missed(page, missed, again_at=again)
        return State.WAITING

    def _settle(self, task: Task, after: State) -> None:
        before = self._open.pop(task.page)
        if before is State.WAITING:
            self._hosts.settle(task.place.host)
        self._pace.move(before, after)

    def _keep_what_came(self) -> None:
        """Keeps what was finished while the run was being stopped."""
        with suppress(Empty):
            while True:
                event = self._events.get_nowait()
                if isinstance(event.reply, ReadPage | Examined):
                    self._keep(event.task, event.reply, None)


_KILLED = Missed(
    Miss.FAILED, "scan/worker-died", f"{DEATHS} processes died over the page; it may need more memory than there is"
)
