"""Pages made to break a reader end in a result or a reason, soon and in little memory."""

from __future__ import annotations

import resource
from collections.abc import Callable
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from browser_tree import stands_at_its_path
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import PageError
from auditor.model import Article, Format, Page
from auditor.pipeline import article_in
from auditor.reading.article import article_of
from auditor.reading.files import page_of
from auditor.reading.light import light_article_of

SECONDS, BYTES = 10, 1_000_000_000
PAGES: dict[str, Callable[[], bytes]] = {
    "200,000 deep": lambda: b"<!doctype html>" + b"<div>" * 200_000 + b"sciatica",
    "200,000 deep, closed": lambda: b"<!doctype html>" + b"<div>" * 200_000 + b"sciatica" + b"</div>" * 200_000,
    "200,000 siblings": lambda: b"<!doctype html>" + b"<p>sciatica" * 200_000,
    "5 MB in one line": lambda: b"<!doctype html><p>" + b"sciatica hurts " * 350_000,
    "20,000 inline tags left open": lambda: b"<!doctype html>" + b"<b>sciatica" * 20_000,
    "inline tags that multiply": lambda: (
        b"<!doctype html>" + b"".join(b"<p><font size=%d>sciatica</p>" % n for n in range(20_000))
    ),
    "nested tables": lambda: b"<!doctype html>" + b"<table><tr><td>sciatica" * 50_000,
    "scripts left open": lambda: b"<!doctype html>sciatica" + b"<script>" * 500_000,
    "comments left open": lambda: b"<!doctype html>sciatica" + b"<!--" * 1_000_000,
    "an attribute without end": lambda: b'<!doctype html><p class="' + b"share " * 800_000,
    "a million attributes": lambda: (
        b"<!doctype html><p " + b"".join(b"a%d=1 " % n for n in range(400_000)) + b">sciatica"
    ),
    "brackets in JSON-LD": lambda: (
        b'<!doctype html><script type="application/ld+json">' + b"[" * 2_000_000 + b"</script><p>sciatica"
    ),
    "many line breaks": lambda: b"<!doctype html>sciatica" + b"<br>" * 90_000 + b"hurts",
    "long words": lambda: b"<!doctype html><p>" + b"sciatica" * 600_000,
    "empty": lambda: b"",
    "white space": lambda: b" \n" * 1_000_000,
    "binary": lambda: bytes(range(256)) * 20_000,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
}


def reads(file: Path, told: Connection) -> None:
    """Reads a page in a process of its own, which ends when it has used up its time or memory."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        told.send(f"{len(article_in(page_of(str(file))).blocks)} blocks")
    except PageError as error:
        told.send(error.code)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is told by /proc")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_to_break_a_reader_ends_in_a_result_or_a_reason(name: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGES[name]())
    ours, theirs = Pipe(duplex=False)
    process = get_context("fork").Process(target=reads, args=(file, theirs))
    process.start()
    theirs.close()
    try:
        said = ours.recv()
    except EOFError:
        said = "nothing"
    process.join()
    assert said.endswith(" blocks") or said.startswith(("read/", "page/")), f"said {said} and ended {process.exitcode}"
    assert said != "read/error"


def outcome(page: Page) -> Article | None:
    try:
        return light_article_of(page) or article_of(page)
    except PageError as error:
        assert "\n" not in str(error)
        return None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["page.html", "page.md", "page.txt", "page.docx", "page"]))
def test_any_bytes_give_an_article_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    file = tmp_path_factory.getbasetemp() / name
    file.write_bytes(data)
    try:
        page = page_of(str(file))
    except PageError:
        return
    outcome(page)


@pytest.mark.parametrize("control", ["\f", "\v", "&#1;", "&#11;", "&#12;", "&#27;", "&#31;", "&#xFFFE;"])
def test_a_control_character_in_a_long_page_hinders_nothing(control: str) -> None:
    sentence = f"The L5 nerve root{control}supplies the muscle that lifts the big toe, and no other root does so alone."
    text = f'<!doctype html><html lang="en"><article class="a{control}b">' + f"<p>{sentence}</p>" * 8 + "</article>"
    article = article_of(Page(source="page.html", url=None, text=text, format=Format.HTML))
    assert [block.text.endswith("big toe, and no other root does so alone.") for block in article.blocks] == [True] * 8


def test_an_open_element_in_a_noscript_holds_nothing_that_follows() -> None:
    """As Chromium has it, which runs scripts and so takes what a noscript holds for text."""
    text = "<!doctype html><body><noscript><p>Switch on.</noscript><p>A nerve root leaves the spine here.</p></body>"
    article = article_of(Page("page.html", None, text, Format.HTML))
    assert [block.path for block in article.blocks] == ["html > body > p:nth-of-type(1)"]


NAMES = [  # without noscript: it is read as browsers that run scripts have it, and the tree that checks runs none
    "p", "div", "span", "b", "i", "a", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th",
    "caption", "thead", "tbody", "h1", "h2", "blockquote", "q", "figure", "figcaption", "details", "summary",
    "nav", "aside", "header", "footer", "main", "article", "section", "form", "button", "select", "option",
    "svg", "math", "template", "sup", "br", "img", "hr", "input", "pre", "textarea", "center",
    "font", "o:p", "my-box",
]  # fmt: skip
ATTRIBUTES = (
    "",
    " hidden",
    ' class="share"',
    ' class="related posts"',
    ' style="display:none"',
    ' role="navigation"',
    ' aria-hidden="true"',
    ' id="comments"',
    ' alt="a root beside its disc"',
    " class='faq'",
    ' href="/cart"',
    ' title="<b> x"',
)
pieces = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(NAMES)),
    st.sampled_from(["root ", "It hurts. ", " \n", "&nbsp;", "<!-- x -->", "L5", "&shy;", "<"]),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(pieces, max_size=40).map("".join))
def test_every_block_stands_at_its_path_whatever_the_markup(markup: str) -> None:
    page = Page("page.html", None, f"<!doctype html><body>{markup}</body>", Format.HTML)
    article = outcome(page)
    for block in article.blocks if article else ():
        assert block.text == " ".join(block.text.split()) != ""
        assert stands_at_its_path(block, page.text), (block.path, block.text)
