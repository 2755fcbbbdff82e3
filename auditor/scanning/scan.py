"""A whole scan: a job is opened, pages are added, and what is left to do is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from auditor.scanning.engines import Engine, LocalEngine
from auditor.scanning.job import Job, Resumed, resume
from auditor.scanning.model import Event, Place
from auditor.scanning.progress import Progress
from auditor.scanning.running import Run, Watch
from auditor.scanning.settings import Chosen, fetching_of
from auditor.scanning.stopping import asked_to_stop


@dataclass(frozen=True, slots=True)
class Scanned:
    """How a run ended: what it took up, where the job stands, and whether it was asked to stop before its end."""

    added: int
    resumed: Resumed
    progress: Progress
    stopped: bool


def scanned(job: Job, places: Iterable[Place], chosen: Chosen, watch: Watch) -> Scanned:
    """Adds pages to a job and works on it until nothing is left to do or a signal stops it."""
    with asked_to_stop() as stop:
        added = job.store.add(place for place in places if job.kept.shard.holds(place))
        resumed = resume(job, chosen)
        number = job.store.begin_run()
        with _engine_for(job, chosen) as make:
            progress = Run(job.store, chosen, job.judged_by).go(make, stop, watch)
        job.store.end_run(number, progress.settled)
        return Scanned(added, resumed, progress, stop.is_set())


@contextmanager
def _engine_for(job: Job, chosen: Chosen) -> Iterator[Callable[[SimpleQueue[Event]], Engine]]:
    if chosen.cluster is not None:
        from auditor.scanning.cluster import ClusterEngine  # Dask is an extra

        yield lambda events: ClusterEngine(chosen, job.kept, events)
        return
    from auditor.fetching.fetcher import Fetcher  # requests is loaded only where something is scanned

    with Fetcher(fetching_of(job.kept)) as fetcher:
        yield lambda events: LocalEngine(chosen, fetcher, events)
