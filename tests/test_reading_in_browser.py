"""In a real browser, every path selects its block, and every text directive lands on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor.errors import PageError
from auditor.model import Block
from auditor.reading.article import article_of
from auditor.reading.files import page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = sorted((Path(__file__).parent / "fixtures" / "reading").iterdir())
# Every block a screen from the next, so that the browser has to scroll to where it lands.
SPACED = "<style>[data-block] { padding-top: 900px !important; } * { animation: none !important; }</style>"
MARKED = "paths => paths.map(path => [...document.querySelectorAll(path)].map(found => found.matches('[data-block]')))"
# The place of the block's first words in the window, from its top and its bottom.
FIRST_WORDS = """([path, start]) => {
    const texts = document.createTreeWalker(document.querySelector(path), NodeFilter.SHOW_TEXT);
    while (texts.nextNode() && !start.startsWith(texts.currentNode.data.trim().slice(0, 3) || "\\0"));
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const box = range.getBoundingClientRect();
    return [box.top, innerHeight - box.bottom];
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    yield opened
    opened.close()


def blocks_in(path: Path) -> tuple[Block, ...]:
    try:
        return article_of(page_of(str(path))).blocks
    except PageError:
        return ()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_path_selects_the_marked_element(page: Page, path: Path) -> None:
    page.goto(path.as_uri())
    paths = [block.path for block in blocks_in(path)]
    assert page.evaluate(MARKED, paths) == [[True]] * len(paths)


@pytest.mark.parametrize("path", [page for page in PAGES if page.suffix == ".html"], ids=lambda path: path.name)
def test_every_directive_lands_on_its_block(page: Page, tmp_path: Path, path: Path) -> None:
    spaced = tmp_path / path.name
    text = path.read_text(encoding="utf-8")
    spaced.write_text(
        re.sub("</head>", SPACED + "</head>", text) if "</head>" in text else SPACED + text, encoding="utf-8"
    )
    for number, block in enumerate(some_of([block for block in blocks_in(path) if block.fragment])):
        page.goto(f"{spaced.as_uri()}?{number}#{block.fragment}")
        page.wait_for_timeout(20)
        above, below = page.evaluate(FIRST_WORDS, [block.path, block.text])
        assert above > 0 and below > 0, (block.text, block.fragment)


def some_of(blocks: list[Block]) -> list[Block]:
    """The first and the last, and any whose directive needs the words beside it: each takes a page to be loaded."""
    ends = (0, len(blocks) - 1)
    return [block for n, block in enumerate(blocks) if n in ends or "," in str(block.fragment)]


def test_nearly_every_block_that_is_shown_has_a_directive() -> None:
    shown = [block for path in PAGES for block in blocks_in(path) if block.origin is None]
    assert sum(block.fragment is not None for block in shown) > 0.9 * len(shown)
