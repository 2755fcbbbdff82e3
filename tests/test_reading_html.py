"""Web pages are read as a reader reads them, and every block can be found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser_tree import stands_at_its_path
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import PageError
from auditor.model import Article, Block, Format, Page
from auditor.reading.article import MAX_BLOCKS, article_of
from auditor.reading.files import page_of

PAGES = Path(__file__).parent / "fixtures" / "pages"
WEB_PAGES = sorted([*PAGES.glob("*.html"), *PAGES.glob("*.xhtml")])


def article_in(name: str) -> Article:
    return article_of(page_of(str(PAGES / name)))


def read(markup: str) -> Article:
    return article_of(Page("page.html", None, markup, Format.HTML))


def judged(article: Article) -> list[Block]:
    return [block for block in article.blocks if block.role.judged]


def blocks(markup: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in judged(read(markup))]


def texts(markup: str) -> list[str]:
    return [text for _, text in blocks(markup)]


def test_an_article_is_read_block_by_block() -> None:
    assert [(block.kind.value, block.text) for block in judged(article_in("clean-article.html"))] == [
        ("heading", "What a lumbar nerve root does"),
        ("paragraph", "By Maria Keller, physiotherapist · 3 March 2024"),
        (
            "paragraph",
            "A nerve root is the first part of a spinal nerve. "
            "Each lumbar root leaves the spine through a gap called a foramen.",
        ),
        ("heading", "Where roots run into trouble"),
        ("list-item", "A disc can press on a root:"),
        ("list-item", "in the canal;"),
        ("list-item", "in the foramen."),
        ("list-item", "A narrow canal can crowd several roots."),
        ("list-item", "Radiculopathy"),
        ("list-item", "Loss of function of a root."),
        ("caption", "Which root does what"),
        ("table-cell", "Root"),
        ("table-cell", "Movement"),
        ("table-cell", "L4"),
        ("table-cell", "Straightens the knee"),
        ("table-cell", "L5"),
        ("table-cell", "Lifts the big toe"),
        ("quote", "Most people with sciatica get better without surgery."),
        ("caption", "The fifth lumbar root beside its disc."),
        ("paragraph", "Go to an emergency department if your saddle area goes numb."),
        ("heading", "References"),
        ("list-item", "Keller M. A made-up paper on roots. 2019."),
    ]


def test_a_page_without_any_order_is_read_all_the_same() -> None:
    assert [block.text for block in judged(article_in("div-soup.html"))] == [
        "Free your roots",
        "A root that is squeezed can hurt all the way down the leg.",
        "Swimming keeps the foramina open.",
        "Some say that rest is best.",
        "It is not.",
        "Walk a little every day.",
        "Left cell",
        "Right cell",
        "An open paragraph",
        "And another one",
        "First thing",
        "Second thing",
        "nerve root",
    ]


def test_furniture_and_hidden_parts_are_left_out_and_the_rest_is_kept() -> None:
    assert [block.text for block in judged(article_in("furniture.html"))] == [
        "Kept heading",
        "Kept paragraph.",
        "Kept panel.",
        "Kept call: book your visit today.",
        "Kept button",
        "Kept question?",
        "Kept answer.",
        "Kept end.",
    ]


def test_selling_text_is_read() -> None:
    assert "Try them today. Order your bottle now" in [block.text for block in judged(article_in("shop.html"))]


def test_xhtml_is_read() -> None:
    assert [block.text for block in judged(article_in("article.xhtml"))] == [
        "A strict page",
        "A root & its sheath.",
        "They leave together.",
    ]


@pytest.mark.parametrize("page", WEB_PAGES, ids=lambda page: page.name)
def test_every_path_selects_the_element_that_holds_the_block(page: Path) -> None:
    read_page = page_of(str(page))
    for block in article_of(read_page).blocks:
        assert block.path.startswith("html > body")
        assert stands_at_its_path(block, read_page.text)


@pytest.mark.parametrize("page", WEB_PAGES, ids=lambda page: page.name)
def test_every_line_is_where_the_block_begins(page: Path) -> None:
    read_page = page_of(str(page))
    lines = read_page.text.split("\n")
    for block in article_of(read_page).blocks:
        near = " ".join(lines[block.line - 1 : block.line + 1])
        assert block.text.split()[0].replace("&", "&amp;") in near


def test_inline_markup_joins_words() -> None:
    assert texts("<p>nerve <em>ro</em>ot and <a href='#'>nerve</a>\n<b>roots</b></p>") == ["nerve root and nerve roots"]


def test_whitespace_is_one_space() -> None:
    assert texts("<p>  nerve \n\t&nbsp; root </p>") == ["nerve root"]


def test_entities_are_read() -> None:
    assert texts("<p>5 &lt; 6 &amp; &quot;root&quot; &#8217;</p>") == ['5 < 6 & "root" ’']


def test_a_quotation_inside_a_sentence_keeps_its_marks() -> None:
    assert texts("<p>He calls it <q>the root</q>.</p>") == ["He calls it “the root”."]


def test_one_line_break_is_a_space_and_two_begin_a_paragraph() -> None:
    assert texts("<p>one<br>two<br> <br>three<br><br><br>four</p>") == ["one two", "three", "four"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>It goes numb<sup>1</sup>.</p>", "It goes numb."),
        ("<p>It goes numb.<sup><a href='#r2'>[2, 3]</a></sup></p>", "It goes numb."),
        ("<p>A mass of 30 kg/m<sup>2</sup> is high.</p>", "A mass of 30 kg/m2 is high."),
        ("<p>10<sup>6</sup> cells</p>", "106 cells"),
        ("<p>the 5<sup>th</sup> root</p>", "the 5th root"),
    ],
)
def test_the_number_of_a_footnote_is_no_part_of_the_word_before_it(markup: str, text: str) -> None:
    assert texts(markup) == [text]


def test_a_table_that_lays_out_the_page_holds_paragraphs() -> None:
    assert blocks("<table><tr><td><h2>Root</h2><p>It hurts.</p></td></tr></table>") == [
        ("heading", "Root"),
        ("paragraph", "It hurts."),
    ]


def test_custom_elements_begin_blocks() -> None:
    assert texts("<my-card><my-title>Root</my-title><my-text>It hurts.</my-text></my-card>") == ["Root", "It hurts."]


def test_an_odd_element_name_still_gives_a_path() -> None:
    markup = "<html><body><o:p>x</o:p><o:p><p>Odd one.</p></o:p></body></html>"
    block = read(markup).blocks[-1]
    assert block.text == "Odd one." and stands_at_its_path(block, markup)


def test_a_sidebar_in_the_name_of_the_page_hides_nothing() -> None:
    assert texts('<body class="sidebar"><div class="content related"><p>All there is.</p></div></body>') == [
        "All there is."
    ]


def test_the_header_of_an_article_is_read_and_that_of_the_site_is_not() -> None:
    article = "<article><header><p>Mine</p></header><p>Text</p><footer><p>End</p></footer></article>"
    assert texts(f"<header><p>Site</p></header>{article}") == ["Mine", "Text", "End"]


def test_a_header_with_the_only_main_heading_is_read() -> None:
    assert texts("<header><nav>Home</nav><h1>Root</h1></header><p>Text</p>") == ["Root", "Text"]


def test_an_aside_in_the_article_is_read_and_one_beside_it_is_not() -> None:
    markup = "<main><p>Text</p><aside><p>Callout</p></aside></main><aside><p>Elsewhere</p></aside>"
    assert texts(markup) == ["Text", "Callout"]


def test_an_open_button_does_not_swallow_the_page() -> None:
    assert texts("<button>Menu<main><h1>Root</h1><p>Text</p></main>") == ["Menu", "Root", "Text"]


def test_a_page_that_seems_all_furniture_is_read_as_it_stands() -> None:
    assert texts("<header><p>A root hurts.</p></header>") == ["A root hurts."]


def test_marks_without_words_are_no_blocks() -> None:
    assert texts("<p>•</p><p>—</p><p>Root</p>") == ["Root"]


def test_blocks_know_the_line_they_begin_on() -> None:
    markup = "<html><body>\n<div>\nfirst\n<br><br>\nsecond\n<p>third</p>\nfourth</div></body></html>"
    assert [block.line for block in read(markup).blocks] == [2, 5, 6, 7]


@pytest.mark.parametrize(
    "markup", ["<html><body><div></div><script>go()</script></body></html>", "<p>…</p>", "<!-- x -->"]
)
def test_a_page_with_nothing_to_read_is_said_to_have_no_text(markup: str) -> None:
    with pytest.raises(PageError) as caught:
        read(markup)
    assert caught.value.code == "read/no-text"


def test_a_page_of_blocks_without_end_is_refused() -> None:
    with pytest.raises(PageError) as caught:
        read("<p>Root</p>" * (MAX_BLOCKS + 1))
    assert caught.value.code == "read/too-large"


def test_a_page_nested_without_end_is_read() -> None:
    article = read("<div>" * 5_000 + "Deep root." + "</div>" * 5_000)
    assert [block.text for block in article.blocks] == ["Deep root."]
    assert BeautifulSoup("<div>" * 5_000, "lxml").select_one(article.blocks[0].path)


TAGS = (
    "p",
    "div",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "b",
    "br",
    "button",
    "main",
    "nav",
    "h1",
    "script",
    "sup",
    "q",
    "o:p",
    "time",
    "a",
)
markup_pieces = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "]]>", "<", "&", "&#0;", "<p class=byline>", "<meta charset=x>", '<a href="//[">']
    ),
    st.text(max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(markup_pieces, max_size=40).map("".join)))
def test_no_page_raises_anything_but_our_own_errors(markup: str) -> None:
    try:
        article = read(markup)
    except PageError:
        return
    for block in article.blocks:
        holds(block)


def holds(block: Block) -> None:
    assert block.text == " ".join(block.text.split()) != ""
    assert block.line >= 1
    assert "\n" not in block.path
    block.text.encode()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([f"<{tag}>Root" for tag in TAGS if tag != "script"] + [f"</{tag}>" for tag in TAGS]),
        max_size=30,
    )
)
def test_a_path_always_selects_one_element(pieces: list[str]) -> None:
    markup = f"<html><body>{''.join(pieces)}</body></html>"
    try:
        article = read(markup)
    except PageError:
        return
    for block in article.blocks:
        assert stands_at_its_path(block, markup)
