"""What a page says of itself, fact by fact, each with where it came from."""

from __future__ import annotations

import pytest

from auditor.model import Article, FactKind, Format, Page
from auditor.reading.article import article_of


def read(body: str, head: str = "") -> Article:
    markup = f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return article_of(Page("page.html", None, markup, Format.HTML))


def said(kind: str, body: str, head: str = "") -> list[tuple[str, str]]:
    return [(fact.value, fact.origin) for fact in read(body, head).about if fact.kind is FactKind(kind)]


def linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


P1 = "html > body > p:nth-of-type(1)"
URL = "https://example.org/root"
MODIFIED = "article:modified_time"


@pytest.mark.parametrize(
    ("kind", "head", "body", "value", "origin"),
    [
        ("title", "<title>Site</title>", "<h1>A <i>root</i></h1>", "A root", "h1"),
        ("title", '<meta property="og:title" content="Root"><title>x</title>', "<p>x</p>", "Root", "meta og:title"),
        ("title", "<title>Root</title>", "<p>x</p>", "Root", "title"),
        ("author", '<meta name="author" content="Jo Park">', "<p>x</p>", "Jo Park", "meta author"),
        ("author", linked('{"author": {"name": "Jo Park"}}'), "<p>x</p>", "Jo Park", "json-ld author"),
        ("author", linked('{"author": "Jo Park", oops}'), "<p>x</p>", "Jo Park", "json-ld author"),
        ("author", "", '<span itemprop="author">Jo Park</span>', "Jo Park", "microdata author"),
        ("author", "", '<p class="byline">By Jo Park</p>', "Jo Park", "byline"),
        ("author", "", "<p>Written by Jo Park on 3 May 2024</p>", "Jo Park", P1),
        ("reviewer", linked('{"reviewedBy": {"name": "Ann Osei"}}'), "<p>x</p>", "Ann Osei", "json-ld reviewedBy"),
        ("reviewer", "", '<b itemprop="reviewedBy">Ann Osei</b>', "Ann Osei", "microdata reviewedBy"),
        ("reviewer", "", "<p>Medically reviewed by Ann Osei, MD</p>", "Ann Osei", P1),
        ("published", '<meta name="date" content="2024-05-03">', "<p>x</p>", "2024-05-03", "meta date"),
        ("published", "", '<time datetime="2024-05-03">May</time>', "2024-05-03", "time"),
        ("updated", linked('{"dateModified": "2024-06-01"}'), "<p>x</p>", "2024-06-01", "json-ld dateModified"),
        ("updated", f'<meta property="{MODIFIED}" content="2024-06-01">', "<p>x</p>", "2024-06-01", f"meta {MODIFIED}"),
        ("updated", "", "<p>Last updated: 1 June 2024</p>", "1 June 2024", P1),
        ("language", "", "<p>x</p>", "en", "html lang"),
        ("canonical", f'<link rel="canonical" href="{URL}">', "<p>x</p>", URL, "link canonical"),
        ("canonical", f'<meta property="og:url" content="{URL}">', "<p>x</p>", URL, "meta og:url"),
        ("source", linked('{"citation": ["Spine J 2019;4:1"]}'), "<p>x</p>", "Spine J 2019;4:1", "json-ld citation"),
        ("source", "", "<h2>References</h2><p>Keller M. Roots. 2019.</p>", "Keller M. Roots. 2019.", P1),
        ("source", "", '<p><a href="https://doi.org/10.1000/1">see</a></p>', "https://doi.org/10.1000/1", "link"),
        ("reference", "", '<p><a href="https://example.org/x">see</a></p>', "https://example.org/x", "link"),
        ("disclosure", "", "<p>This post contains affiliate links.</p>", "This post contains affiliate links.", P1),
        ("disclaimer", "", "<p>This is not medical advice.</p>", "This is not medical advice.", P1),
        ("affiliate-link", "", f'<a href="{URL}?aff=7">our pick</a>', f"{URL}?aff=7", "link"),
        ("shop-link", "", '<a href="/cart">Buy now</a>', "/cart", "link"),
        ("shop-link", "", "<button>Add to cart</button>", "Add to cart", "button"),
    ],
)  # fmt: skip
def test_a_fact_is_found_with_its_origin(kind: str, head: str, body: str, value: str, origin: str) -> None:
    assert said(kind, body, head) == [(value, origin)]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("reviewer", "<p>It was reviewed by the panel.</p>"),
        ("updated", "<p>Published 3 May 2024</p>"),
        ("disclaimer", "<p>Seek medical advice at once.</p>"),
        ("reference", '<nav><a href="https://example.org/x">Home</a></nav><p><a href="/local">here</a></p>'),
        ("affiliate-link", '<a href="https://example.org/articles?tag=back-pain">read</a>'),
        ("source", "<h2>Sources of pain</h2><p>Discs.</p>"),
    ],
)
def test_what_only_looks_like_a_fact_is_none(kind: str, body: str) -> None:
    assert said(kind, f"<p>Text.</p>{body}") == []


def test_a_page_of_links_without_end_gives_no_facts_without_end() -> None:
    links = "".join(f'<a href="https://example.org/{n}">x</a> ' for n in range(500))
    assert len(said("reference", f"<p>{links}</p>")) == 50


def test_facts_stand_once() -> None:
    assert (
        len(said("reference", '<p><a href="https://example.org/">a</a> <a href="https://example.org/">b</a></p>')) == 1
    )


def test_a_draft_says_who_wrote_it_too() -> None:
    article = article_of(Page("x.md", None, "# Root\n\nBy Jo Park\n\nIt hurts.", Format.MARKDOWN))
    assert [(f.kind.value, f.value, f.origin) for f in article.about] == [("author", "Jo Park", "line 3")]
