"""Kills a scan 100 times at random, its runner or a worker, and says whether a page was lost or doubled.

    python tests/benchmarks/scan_kills.py [--pages 2000] [--kills 100] [--dask-kills 5]

The pages are served by this program from 20 hosts; a tenth of them is gone, others are busy at first, redirect, stall
or break off. Then the same on Dask, whose workers alone are killed. Exits with 1 where a page is missing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.scan_kills import scan_with_kills, states_in
from tests.scan_site import troubled_sites

HOSTS = 20
WAIT = (0.3, 6.0)  # seconds between kills


def survives(pages: int, kills: int, *extra: str, spare_runner: bool = False) -> bool:
    """True where every page came to an end, once, in spite of so many kills."""
    with TemporaryDirectory() as folder, troubled_sites(HOSTS, stall=0.5) as (_, sites):
        listed, job = Path(folder, "urls.txt"), Path(folder, "job")
        urls = [f"{sites[number % HOSTS]}/{number}" for number in range(pages)]
        listed.write_text("\n".join(urls))
        arguments = ["--urls-from", str(listed), "--job", str(job), "--allow-private", "--delay", "0", "--workers", "2"]
        begun = time.monotonic()
        killed = scan_with_kills([*arguments, *extra], kills, WAIT, spare_runner=spare_runner)
        ended = states_in(job)
    counts = Counter(f"{state} {code or ''}".strip() for state, code in ended.values())
    done = {"done", "failed"} >= {state for state, _ in ended.values()} and set(urls) == set(ended)
    print(
        f"{' '.join(extra) or 'pool'}: {killed.runners} runners and {killed.workers} workers killed in "
        f"{time.monotonic() - begun:.0f} s; {len(ended)} of {pages} pages, each once: {dict(counts)}",
        flush=True,
    )
    return done


def main() -> int:
    """Both scans; 0 where neither lost a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--dask-kills", type=int, default=5)
    asked = parser.parse_args()
    pool = survives(asked.pages, asked.kills) if asked.kills else True
    dask = (
        survives(asked.pages, asked.dask_kills, "--cluster", "local", spare_runner=True) if asked.dask_kills else True
    )
    return 0 if pool and dask else 1


if __name__ == "__main__":
    sys.exit(main())
