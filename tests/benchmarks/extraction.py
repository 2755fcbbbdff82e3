"""How well and how fast the article of a page is found, beside trafilatura and readability-lxml, in one run.

    python tests/benchmarks/extraction.py FOLDER [RUNS]

FOLDER is laid out as scrapinghub's article-extraction-benchmark: `html/ID.html.gz`, and `ground-truth.json` with the
`articleBody` of each ID. Measured as there: shingles of four words, each page weighing the same, precision over pages
for which something was found, recall over pages that have an article. Times are those of the processor, medians over
pages of the shortest of RUNS (3), tools in turn on each page, as ratios to trafilatura's. It needs readability-lxml.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from auditor.errors import PageError  # noqa: E402  # the program lies beside this folder, installed or not
from auditor.model import Block, Format, Page, Role  # noqa: E402
from auditor.reading import html  # noqa: E402
from auditor.reading.article import article_of  # noqa: E402
from auditor.reading.plain import scrubbed  # noqa: E402

WIDTH = 4  # words in a shingle
ARTICLE = frozenset({Role.CORE, Role.ANSWER})
Tool = Callable[[str], str]


def article_text(blocks: Iterable[Block]) -> str:
    return "\n".join(block.text for block in blocks if block.role in ARTICLE)


def ours(page: str) -> str:
    return article_text(article_of(Page("page.html", None, page, Format.HTML)).blocks)


def ours_blocks_only(page: str) -> str:
    tree = html.tree_of(scrubbed(page))
    pieces = html.pieces_of(tree)
    return article_text(html.settled(pieces, html.kept_in(tree, pieces)))


def ours_by_rules_alone(page: str) -> str:
    return article_text(html.blocks_of(scrubbed(page)))


def trafilatura(page: str, **options: bool) -> str:
    from trafilatura import extract

    return extract(page, include_comments=False, **options) or ""


def readability(page: str) -> str:
    from lxml.html import fromstring
    from readability import Document

    return str(fromstring(Document(page).summary()).text_content())


TOOLS: dict[str, Tool] = {
    "trafilatura": trafilatura,
    "trafilatura, fast": lambda page: trafilatura(page, fast=True),
    "trafilatura, with metadata": lambda page: trafilatura(page, with_metadata=True),
    "readability-lxml": readability,
    "this reader, with its facts": ours,
    "this reader, blocks and roles": ours_blocks_only,
    "this reader, rules alone": ours_by_rules_alone,
}


@dataclass(slots=True)
class Score:
    """What one tool made of all pages."""

    matches: list[tuple[float, float, float]] = field(default_factory=list)  # right, too much, missing
    seconds: list[float] = field(default_factory=list)
    failures: int = 0

    def figures(self) -> tuple[float, float, float]:
        precision = statistics.mean([share(right, much) for right, much, _ in self.matches if right + much] or [0.0])
        recall = statistics.mean([share(right, few) for right, _, few in self.matches if right + few] or [0.0])
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(right: float, wrong: float) -> float:
    return right / (right + wrong)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[n : n + WIDTH]) for n in range(max(1, len(words) - WIDTH + 1)) if words)


def match(true: str, found: str) -> tuple[float, float, float]:
    wanted, got = shingles(true), shingles(found)
    right, much, few = (wanted & got).total(), (got - wanted).total(), (wanted - got).total()
    everything = right + much + few or 1
    return right / everything, much / everything, few / everything


def measured(tool: Tool, page: str, runs: int) -> tuple[str, float, bool]:
    best, text, failed = float("inf"), "", False
    for _ in range(runs):
        before = time.process_time()
        try:
            text = tool(page)
        except PageError:
            text = ""
        except Exception:  # a tool that fails on a page finds nothing there
            text, failed = "", True
        best = min(best, time.process_time() - before)
    return text, best, failed


def scores_of(pages: Iterable[tuple[str, str]], runs: int) -> Mapping[str, Score]:
    scores = {name: Score() for name in TOOLS}
    for page, true in pages:
        for name, tool in TOOLS.items():
            text, seconds, failed = measured(tool, page, runs)
            scores[name].matches.append(match(true, text))
            scores[name].seconds.append(seconds)
            scores[name].failures += failed
    return scores


def pages_in(folder: Path) -> list[tuple[str, str]]:
    truth = json.loads(folder.joinpath("ground-truth.json").read_text(encoding="utf-8"))
    return [
        (text_in(folder / "html" / f"{name}.html.gz"), entry.get("articleBody", "")) for name, entry in truth.items()
    ]


def text_in(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode("utf-8", errors="replace")


def main() -> None:
    """Measure and print."""
    if len(sys.argv) < 2:
        sys.exit("usage: python tests/benchmarks/extraction.py FOLDER [RUNS]")
    pages = pages_in(Path(sys.argv[1]))
    scores = scores_of(pages, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    base = statistics.median(scores["trafilatura"].seconds)
    print(f"{len(pages)} pages; trafilatura takes {1000 * base:.1f} ms a page (median)")
    print(f"{'':<31}precision  recall     F1   time  failed")
    for name, score in scores.items():
        precision, recall, f1 = score.figures()
        ratio = statistics.median(score.seconds) / base
        print(f"{name:<31}{precision:>9.3f}{recall:>8.3f}{f1:>7.3f}{ratio:>7.2f}{score.failures:>8}")


if __name__ == "__main__":
    main()
