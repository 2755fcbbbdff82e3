"""Pages of one phenomenon each, marked with the blocks that must be read from them: these, in this order, no others.

`data-block` on an element lists the kinds of the blocks that it holds, `data-role` their role (else core), `data-text`
their texts, parted by " | " (else the element's own text), `data-header` and `data-origin` what a block must have of
these. `data-facts` on <html> lists the facts that hold, `data-fails` the reason of a page that is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_tree import stands_at_its_path
from selectolax.lexbor import LexborHTMLParser

from auditor.errors import PageError
from auditor.model import Article, Page
from auditor.reading.article import article_of
from auditor.reading.files import page_of

PAGES = sorted((Path(__file__).parent / "fixtures" / "reading").iterdir())
FACTS = ("author", "checkable", "date", "disclosure", "hidden_text", "selling", "sources", "truncated")
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
Expected = tuple[str, str, str, str | None, str | None]


def marks_in(markup: str) -> Iterator[Expected]:
    for element in LexborHTMLParser(markup).css("[data-block]"):
        marks: dict[str, Any] = element.attributes
        kinds, role = marks["data-block"].split(), marks.get("data-role") or "core"
        texts = (marks.get("data-text") or element.text(deep=True)).split(" | ")
        assert len(texts) == len(kinds), f"{len(kinds)} kinds and {len(texts)} texts"
        for kind, text in zip(kinds, texts, strict=True):
            yield kind, role, " ".join(text.split()), marks.get("data-header"), marks.get("data-origin")


def read(page: Page) -> Article | str:
    try:
        return article_of(page)
    except PageError as error:
        return error.code


@every_page
def test_exactly_the_marked_blocks_are_read(path: Path) -> None:
    page = page_of(str(path))
    root = LexborHTMLParser(page.text).root
    assert root is not None
    article = read(page)
    if isinstance(article, str):
        assert article == root.attributes.get("data-fails")
        return
    found = [(b.kind.value, b.role.value, b.text, b.header, b.origin) for b in article.blocks]
    expected = list(marks_in(page.text))
    assert found == expected
    assert root.attributes.get("data-fails") is None
    if (facts := root.attributes.get("data-facts")) is not None:
        assert [name for name in FACTS if getattr(article.facts, name)] == sorted(facts.split())


@every_page
def test_every_block_stands_at_its_path_and_on_its_line(path: Path) -> None:
    page = page_of(str(path))
    article = read(page)
    lines = page.text.split("\n")
    for block in article.blocks if not isinstance(article, str) else ():
        assert block.origin or stands_at_its_path(block, page.text)
        marked = LexborHTMLParser(page.text).css_first(block.path)
        assert marked is not None and marked.attributes.get("data-block"), block.path
        assert block.origin or block.text.split()[0][:3] in " ".join(lines[block.line - 1 : block.line + 2])


def test_each_page_says_what_it_is_about() -> None:
    assert len(PAGES) >= 40
    assert all("<!-- " in path.read_text(encoding="utf-8") for path in PAGES)
