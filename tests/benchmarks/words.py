"""Prints how many words a second `claims/` examines, as a ratio to spaCy's own parse of the same passages.

    python tests/benchmarks/words.py [PAGES.jsonl] [PAGES] [RUNS]

One thread, one process, processor time; everything is loaded and every page examined once before the clock starts. The
shortest of the runs counts for each stage. Measure at least 25 pages: those hold more sentences than any cache, so that
none helps a later run.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from claims.examine import examine
from claims.extraction import is_topical, readings_of
from claims.folding import folded
from claims.language import BATCH, pipeline, sentences_of
from claims.matching import matches_for
from claims.model import PageFacts, Passage
from claims.rules.kinds import fired_by_words
from claims.training.pages import pages_in, passages_of
from claims.weighing.pages import chances_on

PAGES = Path(__file__).parents[2] / "claims" / "training" / "train-a.jsonl"
Page = Sequence[Passage]
Clock = dict[str, float]


@contextmanager
def timed(clock: Clock, stage: str) -> Iterator[None]:
    """Adds the processor seconds of a block to a stage."""
    before = time.process_time()
    yield
    clock[stage] = clock.get(stage, 0.0) + time.process_time() - before


def parse(page: Page) -> None:
    """spaCy's own work on a page, and nothing else."""
    list(pipeline().pipe((folded(passage.text).text for passage in page), batch_size=BATCH))


def parsed(pages: Sequence[Page]) -> Clock:
    """Seconds of spaCy alone."""
    clock: Clock = {}
    for page in pages:
        with timed(clock, "spaCy"):
            parse(page)
    return clock


def examined(pages: Sequence[Page]) -> Clock:
    """Seconds of all of `claims/`."""
    clock: Clock = {}
    for page in pages:
        with timed(clock, "all"):
            examine(page, PageFacts())
    return clock


def staged(pages: Sequence[Page]) -> Clock:
    """Seconds of each stage, in the order of `examine`."""
    clock: Clock = {}
    for page in pages:
        with timed(clock, "topic gate"):
            any(is_topical(folded(passage.text).text) for passage in page)
        with timed(clock, "parse, sentences"):
            sentences = sentences_of(page)
        with timed(clock, "readings"):
            readings = readings_of(sentences)
        with timed(clock, "encoder"):
            chances_on(sentences)
        with timed(clock, "rules' words"):
            for reading in readings:
                fired_by_words(reading)
        with timed(clock, "matching"):
            for reading in readings:
                matches_for(reading)
    return clock


def best(measure: Callable[[Sequence[Page]], Clock], pages: Sequence[Page], runs: int) -> Clock:
    """The shortest time of each stage."""
    clocks = [measure(pages) for _ in range(runs)]
    return {stage: min(clock[stage] for clock in clocks) for stage in clocks[0]}


def main() -> None:
    """Measure and print."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 25
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    pages = [passages_of(page) for page in pages_in(path)][:most]
    words = sum(len(passage.text.split()) for page in pages for passage in page)
    examined(pages)  # compiles what these pages need
    spacy = best(parsed, pages, runs)["spaCy"]
    all_of_it = best(examined, pages, runs)["all"]
    stages = best(staged, pages, runs)
    stages["judging, findings"] = all_of_it - sum(stages.values())
    print(f"{words} words: spaCy {words / spacy:.0f} words/s, claims {words / all_of_it:.0f} words/s")
    print(f"claims takes {all_of_it / spacy:.2f} times spaCy's time: {spacy / all_of_it:.2f} of its words a second")
    for stage, seconds in stages.items():
        print(f"{stage:18} {seconds / spacy:5.2f} of spaCy  {seconds / all_of_it:4.0%} of all")


if __name__ == "__main__":
    main()
