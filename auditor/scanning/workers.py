"""A process that reads and examines pages, with the language model loaded once, watched from a thread of the runner."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from auditor.errors import JobError
from auditor.model import Format, Page
from auditor.scanning.model import Broken, Died, Kind, Place, ReadPage, Reply, Stage, Task, too_slow
from auditor.scanning.work import done

TASKS = 1_500  # then a fresh process takes over: the language model remembers every word it ever met
STARTS = 5  # of a process that dies before it has loaded the model
LOADING = 120.0  # seconds for a process to start
_GRACE = 10.0
_SMALL = "<html lang=en><body><article><p>A nerve root leaves the spinal cord.</p></article></body></html>"

_SPAWNING = multiprocessing.get_context("spawn")  # nothing of the runner is inherited: no lock, no store, no socket


class Worker:
    """A hand in a process of its own, which it survives, and which it ends where a page takes too long."""

    def __init__(self, seconds_a_page: float) -> None:
        self._limit = seconds_a_page
        self._left = 0
        self._pipe: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def __call__(self, task: Task) -> Reply:
        """What came of a task: Died where the process died of it, Missed (`scan/timeout`) where it took too long."""
        if self._left <= 0 or self._process is None or not self._process.is_alive():
            self.end()
            self._start()
        self._left -= 1
        try:
            return self._answer(task)
        except (EOFError, OSError):
            self.end()
            return Died()

    def end(self) -> None:
        """Ends the process."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(_GRACE)
        self._pipe = self._process = None

    def _start(self) -> None:
        """A fresh process. Raises what it says is wrong with the program, and JobError where none comes to life."""
        for _ in range(STARTS):
            with suppress(EOFError, OSError):  # it may be killed before it says anything
                return self._start_once()
            self.end()
        raise JobError("the processes that audit die as they start; is there memory for --workers so many?")

    def _start_once(self) -> None:
        self._pipe, theirs = _SPAWNING.Pipe()
        self._process = _SPAWNING.Process(target=serve, args=(theirs, self._limit), daemon=True)
        self._process.start()
        theirs.close()
        self._left = TASKS
        if not self._pipe.poll(LOADING):
            raise TimeoutError
        ready: Broken | None = self._pipe.recv()
        if ready is not None:
            raise ready.error

    def _answer(self, task: Task) -> Reply:
        assert self._pipe is not None
        self._pipe.send(task)
        if not self._pipe.poll(self._limit):
            self.end()
            return too_slow(self._limit)
        reply: Reply = self._pipe.recv()
        return reply


def serve(pipe: Connection, seconds_a_page: float) -> None:
    """Answers tasks until the other end is closed, which the death of the runner does too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the runner says when to stop
    with suppress(EOFError, OSError), Path(os.devnull).open("w") as nowhere:
        pipe.send(_ready())
        while True:
            task: Task = pipe.recv()
            # should the runner be gone, or this process be deaf: ends it from a thread that needs no Python
            faulthandler.dump_traceback_later(seconds_a_page + _GRACE, exit=True, file=nowhere)
            reply = done(task)
            faulthandler.cancel_dump_traceback_later()
            pipe.send(reply)


def _ready() -> Broken | None:
    """Loads whatever a page needs, so that the first one takes no longer than others; what is wrong, if anything."""
    for place in (Format.HTML, Format.MARKDOWN):
        task = Task(0, Stage.READ, Place("", Kind.FILE, ""), Page("", None, _SMALL, place))
        reply = done(task)
        if isinstance(reply, ReadPage):
            reply = done(replace(task, stage=Stage.EXAMINE, payload=reply.article))
        if isinstance(reply, Broken):
            return reply
    return None
