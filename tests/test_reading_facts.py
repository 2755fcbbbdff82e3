"""What a page says of itself: who, when, from what, for whose gain, and whether it is all there."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Article, Format, Page
from auditor.reading.article import article_of
from auditor.reading.files import page_of
from claims.model import PageFacts

PAGES = Path(__file__).parent / "fixtures" / "pages"


def article_in(name: str) -> Article:
    return article_of(page_of(str(PAGES / name)))


def read(body: str, head: str = "") -> Article:
    return article_of(
        Page("page.html", None, f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", Format.HTML)
    )


def linked(json: str) -> Article:
    return read("<p>Text.</p>", f'<script type="application/ld+json">{json}</script>')


def test_a_page_that_says_all_of_itself_is_believed() -> None:
    article = article_in("clean-article.html")
    assert article.facts == PageFacts(checkable=True, author=True, date=True, sources=True)
    assert (article.title, article.author, article.published) == (
        "What a lumbar nerve root does",
        "Maria Keller",
        "2024-03-03",
    )


def test_a_shop_sells_and_its_customers_are_not_its_authors() -> None:
    article = article_in("shop.html")
    assert article.facts == PageFacts(checkable=True, selling=True)


def test_a_teaser_breaks_off() -> None:
    assert article_in("teaser.html").facts.truncated


def test_a_disclosure_in_the_footer_counts() -> None:
    assert article_in("furniture.html").facts.disclosure


def test_a_piece_of_a_page_is_not_blamed_for_what_it_lacks() -> None:
    piece = article_of(Page("x.html", None, "<p>A root hurts.</p>", Format.HTML))
    draft = article_of(Page("x.md", None, "# Root\n\nIt hurts.", Format.MARKDOWN))
    assert not piece.facts.checkable and not draft.facts.checkable


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Jo Park">',
        '<meta property="article:author" content="Jo Park">',
        '<meta name="DC.creator" content="Jo Park">',
        '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Jo Park"}}</script>',
        '<script type="application/ld+json">[{"@type": "BlogPosting", "author": [{"name": "Jo Park"}]}]</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "author": "Jo Park"},]}</script>',
        '<script type="application/ld+json">{"author": {"name": "Jo Park", oops}</script>',
        '<script type="application/ld+json"><!-- {"author": "Jo Park"} --></script>',
    ],
)
def test_an_author_is_found_in_the_head(head: str) -> None:
    article = read("<p>Text.</p>", head)
    assert article.author == "Jo Park" and article.facts.author


@pytest.mark.parametrize(
    "body",
    [
        '<p class="byline">By Jo Park</p>',
        '<span class="post-author">Jo Park</span><p>Text.</p>',
        '<a rel="author" href="/jo">Jo Park</a>',
        '<div itemprop="author" itemtype="https://schema.org/Person"><span>Jo Park</span></div>',
        "<p>Written by Jo Park on 3 May 2024</p>",
        "<p>By Jo Park | 3 May 2024</p>",
        "<p>Medically reviewed by Jo Park, MD</p>",
    ],
)
def test_an_author_is_found_on_the_page(body: str) -> None:
    article = read(f"<h1>Root</h1>{body}<p>Text.</p>")
    assert article.author is not None and article.author.startswith("Jo Park") and article.facts.author


@pytest.mark.parametrize(
    "body",
    [
        '<p class="byline">By admin</p>',
        '<div class="testimonial"><p>Great!</p><span class="author">Dana P.</span></div>',
        '<blockquote><p>Rest.</p><span class="author">Old Saying</span></blockquote>',
        '<div itemscope itemtype="https://schema.org/Review"><span itemprop="author">Dana P.</span></div>',
        '<div id="comments"><span class="author">Dana P.</span></div>',
        "<p>By staying active you protect the root.</p>",
    ],
)
def test_a_name_on_a_page_is_not_always_its_author(body: str) -> None:
    assert not read(f"<h1>Root</h1><p>Text.</p>{body}").facts.author


def test_the_author_of_a_review_is_not_that_of_the_page() -> None:
    article = linked(
        '{"@type": "Product", "name": "Drops", "review": {"@type": "Review", "author": "Dana P."}, "author": "X Y"}'
    )
    assert article.author is None


def test_linked_data_nested_without_end_is_passed_over() -> None:
    assert linked("[" * 100_000).author is None


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", '<meta property="article:published_time" content="2024-05-03T10:00:00Z">'),
        ("", '<script type="application/ld+json">{"@type": "MedicalWebPage", "lastReviewed": "2024-05-03"}</script>'),
        ('<time datetime="2024-05-03">May</time>', ""),
        ('<meta itemprop="datePublished" content="2024-05-03">', ""),
        ("<p>Last updated: 3 May 2024</p>", ""),
        ("<p>May 3, 2024</p>", ""),
        ("<p>By Jo Park, 3 May 2024 · 4 min read</p>", ""),
    ],
)
def test_a_date_is_found(body: str, head: str) -> None:
    article = read(f"<h1>Root</h1>{body}<p>Text.</p>", head)
    assert article.facts.date and article.published and "2024" in article.published


@pytest.mark.parametrize(
    "body",
    [
        "<footer><p>© 2024 Rootwell</p></footer>",
        "<p>In a trial of 3 May 2019, roots healed, and nobody knew why that was so.</p>",
        '<div class="review"><time datetime="2023-01-01">1 January 2023</time></div>',
        '<div class="related-posts"><time datetime="2023-01-01">1 January 2023</time></div>',
    ],
)
def test_a_date_on_a_page_is_not_always_its_own(body: str) -> None:
    assert not read(f"<h1>Root</h1>{'<p>Text here.</p>' * 5}{body}").facts.date


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Sources</h2><ul><li>A book.</li></ul>",
        "<p><strong>References</strong></p><p>A book.</p>",
        '<p>It heals (<a href="https://pubmed.ncbi.nlm.nih.gov/1/">1</a>).</p>',
        '<p>It heals, says <a href="https://journal.example.org/x">a 2021 review</a>.</p>',
        "<p>It heals (Keller et al. 2019).</p>",
        "<p>It heals, says <cite>The Spine Book</cite>.</p>",
        '<ol class="references"><li>A book.</li></ol>',
        "<p>Source: Spine Book, second edition</p>",
    ],
)
def test_sources_are_found(body: str) -> None:
    assert read(f"<p>Text.</p>{body}").facts.sources


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Sources of pain</h2><p>Discs.</p>",
        "<p>Studies show that it heals.</p>",
        '<nav><a href="https://www.nhs.uk/">NHS</a></nav>',
        '<p><a href="/about">about us</a> <a href="https://shop.example.org/study?aff=1">a 2021 study</a></p>',
        "<blockquote>It works! <cite>Dana P.</cite></blockquote>",
        "<h2>References</h2>",
    ],
)
def test_what_only_looks_like_a_source_is_none(body: str) -> None:
    assert not read(f"<p>Text.</p>{body}").facts.sources


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/x">Buy now</a>',
        "<button>Add to cart</button>",
        '<form action="/cart"><input type="submit" value="Go"></form>',
        '<a href="https://example.org/drops?aff=7">our pick</a>',
        '<a href="https://example.org/drops" rel="nofollow sponsored">our pick</a>',
        '<input type="submit" value="Order now">',
        '<aside><a href="/x">Order your bottle</a></aside>',
    ],
)
def test_selling_is_found(body: str) -> None:
    assert read(f"<p>Text.</p>{body}").facts.selling


@pytest.mark.parametrize(
    "body",
    [
        '<nav><a href="/shop">Shop</a></nav>',
        '<a href="/book">Book an appointment</a>',
        '<a href="/about">About us</a>',
        "<button>Menu</button>",
        '<p hidden><a href="/cart">Add to cart</a></p>',
    ],
)
def test_a_page_that_does_not_sell_is_not_said_to(body: str) -> None:
    assert not read(f"<p>Text.</p>{body}").facts.selling


def test_selling_in_markdown_is_found() -> None:
    draft = article_of(Page("x.md", None, "Try it: [Buy now](https://example.org/drops).", Format.MARKDOWN))
    assert draft.facts.selling


def test_a_denied_interest_is_no_disclosure() -> None:
    assert not read("<p>We do not use affiliate links.</p>").facts.disclosure
    assert read("<p>This post contains affiliate links.</p>").facts.disclosure


@pytest.mark.parametrize(
    "body",
    [
        "<p>So many benefits.</p><p>Read more »</p>",
        '<p>So many benefits… <a href="/x">Read more</a></p>',
        "<p>And the root then […]</p>",
        "<p>Text.</p><p>Subscribe to continue reading.</p><p>Already a member?</p>",
        "<p>Text.</p><p>Continue reading →</p><p>Tags: root</p>",
    ],
)
def test_a_page_that_breaks_off_is_noticed(body: str) -> None:
    assert read(body).facts.truncated


@pytest.mark.parametrize(
    "body",
    [
        "<p>Read more</p><p>One.</p><p>Two.</p><p>Three.</p>",
        "<p>Text.</p><h2>Read more</h2><ul><li>Hips</li></ul>",
        "<p>Text.</p><p>Read more about hips in our guide.</p>",
        "<p>Call us if it gets worse.</p>",
    ],
)
def test_a_page_that_ends_well_is_not_said_to_break_off(body: str) -> None:
    assert not read(body).facts.truncated


def test_plain_text_that_breaks_off_is_noticed_too() -> None:
    article = article_of(Page("x.txt", None, "A root hurts.\n\nRead More", Format.TEXT))
    assert article.facts.truncated and not article.facts.checkable


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ('<html lang="fr-CA"><p>Racine</p>', "fr"),
        ('<html xml:lang="fr"><p>Racine</p>', "fr"),
        ('<meta http-equiv="content-language" content="fr"><p>Racine</p>', "fr"),
        ("<html><p>Root</p>", "en"),
    ],
)
def test_the_declared_language_is_read(markup: str, language: str) -> None:
    assert article_of(Page("x.html", None, markup, Format.HTML)).language == language


def test_the_title_is_the_main_heading_else_what_the_head_says() -> None:
    assert read("<h1>The <i>Roo</i>t</h1><p>x</p>", "<title>Site</title>").title == "The Root"
    assert read("<p>x</p>", '<title>Site</title><meta property="og:title" content="Root">').title == "Root"
    assert read("<p>x</p>", "<title>Root – Site</title>").title == "Root – Site"
    assert read("<p>x</p>").title is None
