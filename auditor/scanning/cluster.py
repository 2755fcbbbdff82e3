"""The work of a scan on Dask: pages of one host go in one batch to one worker, so that politeness holds."""

from __future__ import annotations

import faulthandler
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from auditor.errors import JobError
from auditor.fetching.fetcher import Fetcher
from auditor.model import Page
from auditor.scanning.model import Broken, Died, Event, Reply, Stage, Task, too_slow
from auditor.scanning.settings import Chosen, Kept, fetching_of
from auditor.scanning.work import done

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
BATCH = 8  # pages
AHEAD = 3  # batches given to each worker before it asks

_COUNTING = 5.0  # seconds between counts of the workers, which may come and go

_Answer = list[tuple[Reply, float]]  # and the seconds until the host may be asked again


class ClusterEngine:
    """Gives batches to a Dask cluster; a batch that killed its worker is done again page by page."""

    batch = BATCH

    def __init__(self, chosen: Chosen, kept: Kept, events: SimpleQueue[Event]) -> None:
        """Joins the cluster, or starts one on this machine. Raises JobError where there is none."""
        self._events, self._kept, self._limit = events, kept, chosen.seconds_a_page
        self._open: dict[str, Future] = {}
        self._kept_back: list[Task] = []
        self._stack = ExitStack()
        self._client = _joined(self._stack, chosen)
        self._workers, self._counted = 0, 0.0
        self._closing = False

    def has_room(self) -> bool:
        """True while the workers have fewer batches before them than they should."""
        if time.monotonic() > self._counted + _COUNTING:
            self._workers, self._counted = len(self._client.nthreads()), time.monotonic()
        return len(self._open) < AHEAD * max(self._workers, 1)

    def start(self, tasks: Sequence[Task]) -> None:
        """Gets and reads pages of one host, one after the other."""
        self._submit(list(tasks))

    def go_on(self, task: Task, page: Page) -> None:
        """Never needed: where a page is got it is read too."""
        raise NotImplementedError

    def examine(self, task: Task) -> None:
        """Has a page examined, with others as they come."""
        self._kept_back.append(task)
        if len(self._kept_back) >= BATCH:
            self.flush()

    def again(self, task: Task) -> None:
        """Has a task done again on its own, so that it takes nothing with it."""
        self._submit([task])

    def flush(self) -> None:
        """Sends on the pages that wait to be examined."""
        if self._kept_back:
            self._submit(self._kept_back)
            self._kept_back = []

    def close(self) -> None:
        """Leaves the cluster, or ends it where it is ours; what is being done there is dropped."""
        self._closing = True
        for future in list(self._open.values()):
            future.cancel()
        self._stack.close()

    def _submit(self, tasks: list[Task]) -> None:
        future = self._client.submit(batch_done, tasks, self._kept, self._limit, pure=False)
        self._open[str(future.key)] = future
        begun = time.monotonic()
        future.add_done_callback(lambda ended: self._note(tasks, ended, begun))

    def _note(self, tasks: list[Task], future: Future, begun: float) -> None:
        """Runs in a thread of the client."""
        self._open.pop(str(future.key), None)
        now = time.monotonic()
        try:
            answer = self._answer(tasks, future, now - begun)
        except Exception as error:  # else the runner would wait for this batch for ever
            answer = [(Broken(error), 0.0)] * len(tasks)
        for task, (reply, rest) in zip(tasks, answer, strict=False):
            self._events.put(Event(task, reply, now + rest))

    def _answer(self, tasks: list[Task], future: Future, took: float) -> _Answer:
        from distributed import KilledWorker

        if future.cancelled():
            return self._given_up(tasks)
        error = future.exception()
        if error is None:
            answer: _Answer = future.result()
            return answer
        if not isinstance(error, KilledWorker):
            return [(Broken(error), 0.0)] * len(tasks)
        if len(tasks) == 1 and took > self._limit:
            return [(too_slow(self._limit), 0.0)]
        return [(Died(), 0.0)] * len(tasks)

    def _given_up(self, tasks: list[Task]) -> _Answer:
        """Of a batch that was cancelled: by us as we leave, which nobody waits for, or by a cluster that ended."""
        error = JobError("the cluster went away; the same command goes on once it is back")
        return [] if self._closing else [(Broken(error), 0.0)] * len(tasks)


def batch_done(tasks: Sequence[Task], kept: Kept, seconds_a_page: float) -> _Answer:
    """What came of each task, done in a worker one after the other; pages that are got are read at once."""
    fetcher = _fetcher(kept)
    return [_one_done(task, fetcher, seconds_a_page) for task in tasks]


def _one_done(task: Task, fetcher: Fetcher, seconds_a_page: float) -> tuple[Reply, float]:
    reply = done(task, fetcher) if task.stage is Stage.FETCH else None
    rest = max(0.0, fetcher.ready_at(task.place.input) - time.monotonic()) if reply else 0.0
    if reply is not None and not isinstance(reply, Page):
        return reply, rest
    with Path(os.devnull).open("w") as nowhere:  # ends a process that hangs, from a thread that needs no Python
        faulthandler.dump_traceback_later(seconds_a_page, exit=True, file=nowhere)
        try:
            return done(replace(task, stage=Stage.READ, payload=reply) if reply else task), rest
        finally:
            faulthandler.cancel_dump_traceback_later()


@cache
def _fetcher(kept: Kept) -> Fetcher:
    """One fetcher a process, which remembers each site's rules and turns."""
    return Fetcher(fetching_of(kept))


def _joined(stack: ExitStack, chosen: Chosen) -> Client:
    """A client of the cluster; with `local`, of one that ends with the stack."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise JobError("--cluster needs the extra cluster: pip install 'health-claim-auditor[cluster]'") from error
    if chosen.cluster != LOCAL:
        try:
            found: Client = stack.enter_context(Client(chosen.cluster, timeout=30))
            return found
        except (OSError, ValueError) as error:
            raise JobError(f"--cluster {chosen.cluster}: no scheduler answers there; is it running?") from error
    dask.config.set({"distributed.scheduler.allowed-failures": 0})  # we try a page that killed its worker ourselves
    many = max(chosen.workers, 1)
    local = LocalCluster(many, threads_per_worker=1, dashboard_address=None, memory_limit=0, silence_logs=50)
    client: Client = stack.enter_context(Client(stack.enter_context(local)))
    client.wait_for_workers(many, timeout=60)
    return client
