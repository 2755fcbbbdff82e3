"""How far a scan has come, in one line."""

from __future__ import annotations

from datetime import timedelta

from auditor.scanning.model import State
from auditor.scanning.progress import Progress
from reports.plain import one_line, shortened

_ENDED = (State.DONE, State.FAILED, State.SKIPPED)
_HOSTS = 3  # named in a line


def line_of(progress: Progress, width: int) -> str:
    """“120 of 2000: 110 done, 6 failed, 4 skipped; 9.8 pages/s; 0:03:12 left; example.org, …”, cut to a width."""
    counts = {state: progress.states.get(state, 0) for state in State}
    ended = sum(counts[state] for state in _ENDED)
    parts = [f"{ended} of {sum(counts.values())}: " + ", ".join(f"{counts[state]} {state.value}" for state in _ENDED)]
    parts.append(f"{progress.pages_a_second:.1f} pages/s")
    if progress.seconds_left is not None:
        parts.append(f"{timedelta(seconds=round(progress.seconds_left))} left")
    if progress.hosts:
        more = ", …" if len(progress.hosts) > _HOSTS else ""
        parts.append(", ".join(progress.hosts[:_HOSTS]) + more)
    return shortened(one_line("; ".join(parts)), width)
