"""Synthetic web pages for benchmarks, every second one on topic: the same each time, no two nearly alike."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

SENTENCES = 44  # a page: some 650 words
_TRAINING = Path(__file__).parents[2] / "claims/training"
_WHO = [
    "the baker",
    "a neighbour",
    "the ferry crew",
    "our choir",
    "the archivist",
    "a gardener",
    "the night train",
    "the council",
]
_DID = [
    "repaired",
    "sold",
    "painted",
    "carried",
    "described",
    "measured",
    "forgot",
    "borrowed",
    "photographed",
    "sorted",
    "counted",
    "moved",
]
_WHAT = [
    "the old clock",
    "forty maps",
    "a crate of pears",
    "the harbour wall",
    "two violins",
    "a wooden boat",
    "the letters",
]
_WHEN = ["before noon", "in late autumn", "without any hurry", "for the third time", "after the rain", "on a Sunday"]
_WHY = ["because the road was closed", "as the guide had promised", "while the kettle sang", "since nobody else would"]


def write_corpus(folder: Path, pages: int) -> list[Path]:
    """So many pages as files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:06}.html" for number in range(pages)]
    for number, path in enumerate(paths):
        path.write_text(page(number), encoding="utf-8")
    return paths


def page(number: int) -> str:
    """A page with menu, article, boxes and footer; odd ones are on topic."""
    chance = random.Random(number)
    said = [chance.choice(_on_topic()) if number % 2 else _other(chance) for _ in range(SENTENCES)]
    paragraphs = [" ".join(said[start : start + 4]) for start in range(0, SENTENCES, 4)]
    body = "".join(
        f"<h2>{_other(chance)}</h2><p>{text}</p>" if n % 4 == 2 else f"<p>{text}</p>"
        for n, text in enumerate(paragraphs)
    )
    links = "".join(f'<li><a href="/{chance.randrange(10**6)}">{_other(chance)}</a></li>' for _ in range(30))
    script = f"<script>var state = {json.dumps({'id': number, 'bag': ['x' * 40] * 40})};</script>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page {number}</title>'
        f'<meta name="author" content="A. Writer">{script}</head><body><header><nav><ul>{links}</ul></nav></header>'
        f"<main><article><h1>Page {number}: {_other(chance)}</h1>{body}</article>"
        f'<aside class="related"><ul>{links}</ul></aside></main>'
        f"<footer><p>© {_other(chance)}</p></footer></body></html>"
    )


def _other(chance: random.Random) -> str:
    who, did, what, when, why = map(chance.choice, (_WHO, _DID, _WHAT, _WHEN, _WHY))
    return f"{who} {did} {what} {when} {why}, {chance.choice(_WHAT)} and {chance.choice(_WHO)} aside.".capitalize()


@cache
def _on_topic() -> list[str]:
    """The sentences of the training pages, which are this project's own."""
    lines = (line for path in sorted(_TRAINING.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    quotes = [unit["quote"] for line in lines for unit in json.loads(line)["units"]]
    return sorted({quote for quote in quotes if quote.endswith(".") and "<" not in quote})
