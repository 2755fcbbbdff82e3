"""How fast scans are, beside the naive way and extraction alone: python tests/benchmarks/scan.py [--pages N] [PART]…

Parts: speed (a scan in one process, the naive way, extraction, by their processor time), workers (two beside one), dask
(two of its workers beside two of ours), memory (at 500 pages and at the end). All parts use the same pages, half of
them on topic; the naive way and extraction are timed on every `--each`th pair of them.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor.scanning.inputs import places_named
from auditor.scanning.job import begun
from auditor.scanning.progress import Progress
from auditor.scanning.scan import scanned
from auditor.scanning.settings import Chosen
from tests.benchmarks.corpus import write_corpus

SETTLED = 20  # pages, after which a scan is under way
EARLY = 500  # pages, by which everything is loaded


def scan_seconds(
    paths: list[Path],
    watch: Callable[[Progress], None] = lambda _: None,
    clock: Callable[[], float] = time.perf_counter,
    **chosen: object,
) -> float:
    """How long a scan takes once it is under way: loading the model is paid once, however many pages there are."""
    first: list[float] = []

    def note(progress: Progress) -> None:
        if progress.settled >= SETTLED and not first:
            first.extend((clock(), progress.settled))
        watch(progress)

    with TemporaryDirectory() as folder, begun(Path(folder), {}, {}) as job:
        scanned(job, places_named(map(str, paths)), Chosen(**chosen), note)  # type: ignore[arg-type]
        ended = clock()
    return (ended - first[0]) * len(paths) / (len(paths) - first[1])


def naive_seconds(paths: list[Path]) -> float:
    """BeautifulSoup for the text, and the full language pipeline on all of it."""
    import spacy
    from bs4 import BeautifulSoup

    from claims.language import model_name

    nlp = spacy.load(model_name().rsplit("-", 1)[0])
    nlp("A first sentence.")

    def one(path: Path) -> None:
        nlp(BeautifulSoup(path.read_text("utf-8"), "html.parser").get_text(" ", strip=True))

    return timed(one, paths)


def extraction_seconds(paths: list[Path]) -> float:
    """The main text of each page by trafilatura, and nothing else."""
    import trafilatura

    trafilatura.extract(paths[0].read_text("utf-8"))
    return timed(lambda path: trafilatura.extract(path.read_text("utf-8")), paths)


def timed(one: Callable[[Path], object], paths: list[Path]) -> float:
    """The processor seconds that all pages take, one after the other."""
    start = time.process_time()
    for path in paths:
        one(path)
    return time.process_time() - start


def speed(paths: list[Path], each: int) -> None:
    """A scan beside the naive way and beside extraction, each in one process."""
    some = sorted([*paths[:: 2 * each], *paths[1 :: 2 * each]])
    ours = len(paths) / scan_seconds(paths, clock=time.process_time, workers=0)
    naive = len(some) / naive_seconds(some)
    alone = len(some) / extraction_seconds(some)
    print(f"pages a processor second: scan {ours:.1f}, naive {naive:.1f}, extraction alone {alone:.1f}")
    print(f"scan: {ours / naive:.2f} × naive (aim 4), {ours / alone:.2f} × extraction alone (aim 0.5)", flush=True)


def workers(paths: list[Path]) -> None:
    """Two workers beside one."""
    one, two = (len(paths) / scan_seconds(paths, workers=count) for count in (1, 2))
    print(f"pages/s: one worker {one:.1f}, two {two:.1f}: {two / one:.2f} × (aim 1.7)", flush=True)


def dask(paths: list[Path]) -> None:
    """Two workers of a local Dask cluster beside two of our own."""
    ours, theirs = (
        len(paths) / scan_seconds(paths, workers=2),
        len(paths) / scan_seconds(paths, workers=2, cluster="local"),
    )
    print(f"pages/s: our pool {ours:.1f}, Dask {theirs:.1f}: {theirs / ours:.2f} × (aim 0.85)", flush=True)


def memory(paths: list[Path]) -> None:
    """The most memory that runner and workers held around 500 pages, and later on."""
    early, late = [0.0], [0.0]

    def look(progress: Progress) -> None:
        held = resident_mb()
        if progress.settled <= EARLY:
            early[0] = max(early[0], held)
        else:
            late[0] = max(late[0], held)

    scan_seconds(paths, look, workers=2)
    print(
        f"resident: {early[0]:.0f} MB at {EARLY} pages, {late[0]:.0f} MB at most up to {len(paths)}: "
        f"{late[0] / early[0]:.2f} × (aim 1.2)",
        flush=True,
    )


def resident_mb() -> float:
    """What this process and its workers hold, in MB."""
    import psutil

    here = psutil.Process(os.getpid())
    return sum(process.memory_info().rss for process in [here, *here.children(recursive=True)]) / 1e6


def main() -> None:
    """Runs the parts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["speed", "workers", "dask", "memory"])
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--each", type=int, default=5)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        paths = write_corpus(Path(folder), asked.pages)
        for part in asked.parts:
            speed(paths, asked.each) if part == "speed" else globals()[part](paths)


if __name__ == "__main__":
    main()
