"""Prints how long a `check` of one page takes, as a ratio to importing spaCy and loading its model.

    python tests/benchmarks/startup.py [PAGE.md] [RUNS]

Both are fresh processes, run in turn on an otherwise idle machine; the shortest time by the clock of each counts.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "tests" / "benchmarks" / "page.md"
LOAD = "import spacy; from claims.language import MODELS, model_name; spacy.load(model_name().rpartition('-')[0])"


def seconds_of(*command: str) -> float:
    """Seconds by the clock of one run of a command."""
    before = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before


def main() -> None:
    """Measure and print."""
    page = sys.argv[1] if len(sys.argv) > 1 else str(PAGE)
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    load = min(seconds_of(sys.executable, "-c", LOAD) for _ in range(runs))
    check = min(seconds_of(sys.executable, "audit.py", "check", page, "--exit-zero") for _ in range(runs))
    words = len(Path(page).read_text(encoding="utf-8").split())
    print(f"check of {words} words: {check / load:.2f} times spaCy's import and load ({check:.2f} s, {load:.2f} s)")


if __name__ == "__main__":
    main()
