"""Markdown and plain text give the blocks that a reader sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import PageError
from auditor.model import Article, Format, Page
from auditor.reading.article import article_of
from auditor.reading.files import page_of

PAGES = Path(__file__).parent / "fixtures" / "pages"


def read(text: str, written_in: Format = Format.MARKDOWN) -> Article:
    return article_of(Page("page", None, text, written_in))


def blocks(text: str, written_in: Format = Format.MARKDOWN) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in read(text, written_in).blocks]


def plain_blocks(text: str) -> list[tuple[str, str]]:
    return blocks(text, Format.TEXT)


def test_a_draft_is_read_block_by_block() -> None:
    article = article_of(page_of(str(PAGES / "draft.md")))
    assert [(block.kind.value, block.text, block.line) for block in article.blocks] == [
        ("heading", "Roots, briefly", 8),
        ("paragraph", 'A nerve root is part of a spinal nerve, and "quoted" words stay -- as written.', 10),
        ("quote", "A quoted line.", 13),
        ("list-item", "one thing", 15),
        ("list-item", "another thing", 16),
        ("list-item", "a thing below", 17),
        ("table-cell", "Root", 19),
        ("table-cell", "Job", 19),
        ("table-cell", "L4", 21),
        ("table-cell", "knee", 21),
        ("paragraph", "Markup inside.", 23),
        ("paragraph", "And more.", 23),
        ("paragraph", "A stray ]]> stays, bold goes. And p < 0.05 stays.", 25),
        ("heading", "Sources", 27),
        ("list-item", "Keller M. A made-up paper. 2019.", 29),
    ]
    assert {block.path for block in article.blocks} == {""}


def test_front_matter_says_who_when_and_in_which_language() -> None:
    article = article_of(page_of(str(PAGES / "draft.md")))
    assert (article.title, article.author, article.published, article.language) == (
        "Roots, briefly",
        "Ann Osei, Jo Park",
        "2024-02-01",
        "en",
    )
    assert article.facts.checkable and article.facts.author and article.facts.date and article.facts.sources


def test_toml_front_matter_is_read() -> None:
    article = read('+++\ntitle = "Roots"\nauthor = "Jo Park"\n+++\n\nText here.')
    assert (article.title, article.author, article.blocks[0].line) == ("Roots", "Jo Park", 6)


def test_lists_in_front_matter_are_joined() -> None:
    assert read("---\nauthors:\n  - Jo Park\n  - Ann Osei\n---\nText.").author == "Jo Park, Ann Osei"


def test_two_rules_with_prose_between_are_no_front_matter() -> None:
    article = read("---\nA root hurts, and how.\n---\n\nText.")
    assert [block.text for block in article.blocks] == ["A root hurts, and how.", "Text."]
    assert not article.facts.checkable


def test_the_first_heading_is_the_title() -> None:
    assert read("Intro.\n\n# Roots\n\nText.").title == "Roots"


def test_links_keep_their_words_and_pictures_have_none() -> None:
    assert blocks("See ![alt](x.png) [the root](https://example.org/ 'title') `code`.") == [
        ("paragraph", "See the root code.")
    ]


def test_comments_are_not_read_and_other_odd_markup_is() -> None:
    assert blocks("<!-- hidden -->\n\n<![CDATA[ shown ]]>\n\nText ]]> here.") == [
        ("paragraph", "<![CDATA[ shown ]]>"),
        ("paragraph", "Text ]]> here."),
    ]


def test_scripts_in_markdown_are_not_read() -> None:
    assert blocks("<script>\nalert(1)\n</script>\n\nText.") == [("paragraph", "Text.")]


def test_code_that_a_reader_sees_is_read() -> None:
    assert blocks("```\nA root.\n```\n\n    Another root.") == [
        ("paragraph", "A root."),
        ("paragraph", "Another root."),
    ]


def test_paragraphs_of_plain_text_are_divided_by_blank_lines() -> None:
    assert plain_blocks("A root hurts when\nit is squeezed.\n\n\nAnother one.\n") == [
        ("paragraph", "A root hurts when it is squeezed."),
        ("paragraph", "Another one."),
    ]


def test_long_lines_are_a_paragraph_each() -> None:
    line = "A root hurts when it is squeezed, and that is about all that can be said of it before the sun goes down."
    assert plain_blocks(f"{line}\n{line}\nRead More") == [
        ("paragraph", line),
        ("paragraph", line),
        ("paragraph", "Read More"),
    ]


def test_a_short_line_before_a_paragraph_is_a_heading() -> None:
    text = "What a root does\n\nA root carries signals between the cord and the leg, and back again.\n\nEnd"
    article = read(text, Format.TEXT)
    assert [block.kind.value for block in article.blocks] == ["heading", "paragraph", "paragraph"]
    assert article.title == "What a root does"


@pytest.mark.parametrize("line", ["Take care of it.", "lower case line", "Dear reader,", "And this too:"])
def test_a_short_line_that_is_not_clearly_a_heading_is_none(line: str) -> None:
    text = f"{line}\n\nA root carries signals between the cord and the leg, and back again, all day long."
    assert read(text, Format.TEXT).blocks[0].kind.value == "paragraph"


def test_lines_with_bullets_are_list_items() -> None:
    assert plain_blocks("Roots like:\n- walking\n- a walk\n  in the park\n• rest") == [
        ("paragraph", "Roots like:"),
        ("list-item", "walking"),
        ("list-item", "a walk in the park"),
        ("list-item", "rest"),
    ]


def test_a_numbered_list_within_a_line_stays_in_its_paragraph() -> None:
    line = "1. Less pain – when roots stay clear, signals flow. 2. Better balance – the brain relies on your nerves."
    assert plain_blocks(line) == [("paragraph", line)]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "---\n",
                    "a: b\n",
                    "# x",
                    "\n\n",
                    "<div>",
                    "<!--",
                    "]]>",
                    "- ",
                    "> ",
                    "| a |",
                    "![",
                    "](x)",
                    "\r",
                    "+++\n",
                ]
            )
        ).map("".join),
    ),
    st.sampled_from([Format.MARKDOWN, Format.TEXT]),
)
def test_no_text_raises_anything_but_our_own_errors(text: str, written_in: Format) -> None:
    try:
        article = read(text, written_in)
    except PageError:
        return
    lines = text.count("\n") + text.count("\r") + 1
    for block in article.blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert 1 <= block.line <= lines
