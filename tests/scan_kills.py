"""Runs a scan as a process of its own, and kills it or one of its workers at random until it was killed so often."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Killed:
    """How often the runner and a worker were killed, and how the run that was left alone ended."""

    runners: int
    workers: int
    code: int


def scan_with_kills(
    arguments: Sequence[str], kills: int, wait: tuple[float, float], *, seed: int = 1, spare_runner: bool = False
) -> Killed:
    """Kills after random waits, runner and workers by turns of chance, then lets the scan come to its end."""
    chance, runners, workers = random.Random(seed), 0, 0
    process = _started(arguments)
    while runners + workers < kills and process.poll() is None:
        time.sleep(chance.uniform(*wait))
        prey = chance.choice(([] if spare_runner else [process.pid]) + children_of(process.pid) or [0])
        if not prey:
            continue
        with suppress(ProcessLookupError):
            os.kill(prey, signal.SIGKILL)
        workers += prey != process.pid
        if prey == process.pid:
            runners += 1
            process.wait()
            process = _started(arguments)
    return Killed(runners, workers, process.wait())


def _started(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, ROOT / "audit.py", "scan", "-q", *arguments])


def children_of(pid: int) -> list[int]:
    """The workers of a runner (Linux), without the process that tracks what they share."""
    with suppress(OSError):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        found += [
            child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
        ]
        return [int(child) for child in set(found) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return []


def states_in(job: Path) -> dict[str, tuple[str, str | None]]:
    """State and reason of every page of a job by its input; a page that is there twice is an error."""
    with closing(sqlite3.connect(job / "job.sqlite")) as sql:
        rows = sql.execute("SELECT input, state, code FROM pages").fetchall()
        assert sql.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(rows) == len({row[0] for row in rows})
    return {input: (state, code) for input, state, code in rows}
