"""Prints how long a `check` of one page takes, as a ratio to importing spaCy and loading its model.

    python tests/benchmarks/startup.py [PAGE.md] [RUNS]

Both are fresh processes, run in turn, measured in seconds of processor time; the lowest of each counts.
"""

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "tests" / "benchmarks" / "page.md"
LOAD = "import spacy; from claims.language import MODELS, model_name; spacy.load(model_name().rpartition('-')[0])"


def seconds_of(*command: str) -> float:
    """Processor seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
