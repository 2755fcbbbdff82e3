"""The gate before the tree lets no page through that a thorough reader finds topical."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import PageError
from auditor.model import Article, Audit, Format, Page
from auditor.pipeline import audit_of
from auditor.reading.article import article_of
from auditor.reading.light import light_article_of
from claims.concepts import lexicon
from claims.extraction import PLANT_ROOTS, TOPICAL, is_topical
from claims.folding import folded
from claims.topicality import may_be_topical

WALK = "Walking every day is a good habit, and a map of the park hangs beside its gate. " * 8
OFF_TOPIC = f"<!doctype html><html lang=en><title>Walks</title><h1>A walk</h1><p>{WALK}</p><p>Bring water.</p>"
TERMS = sorted(
    term
    for concept in lexicon().concepts.values()
    if lexicon().is_a(concept.id, TOPICAL | PLANT_ROOTS)
    for term in concept.terms
)
PLAIN = [*TERMS, "the root", "an irritated root", "roots leave", "L4/5", "the herb", "nerves that exit the spine", "C6"]


def web_page(markup: str) -> Page:
    return Page("page.html", None, markup, Format.HTML)


def is_found_topical(article: Article) -> bool:
    return any(is_topical(folded(block.text).text) for block in article.blocks if block.role.judged)


def test_a_page_off_topic_is_read_lightly() -> None:
    article = light_article_of(web_page(OFF_TOPIC))
    assert article is not None
    assert (article.title, article.language) == ("A walk", "en")
    assert [block.text for block in article.blocks] == ["A walk", WALK.strip(), "Bring water."]


def test_a_page_off_topic_is_audited_and_has_no_claims(tmp_path: Path) -> None:
    file = tmp_path / "walks.html"
    file.write_text(OFF_TOPIC)
    outcome = audit_of(str(file))
    assert isinstance(outcome, Audit) and outcome.article.blocks
    assert not outcome.examination.judgements and not outcome.examination.findings


@pytest.mark.parametrize(
    "markup",
    [
        "<p>sciatica</p>",
        "<img alt='sciatica in a map of the leg'>",
        "<p>nerve\n   &nbsp; root</p>",
        "<p>nerve&shy; ro&#8203;ot</p>",
        "<p>ner<b>ve r</b>oot</p>",
        "<p>nerve<sup>[1]</sup> root</p>",
        "<p>nerve <span class='share-link'>send</span>root</p>",
        "<p>nerve <span hidden>x</span>root</p>",
        "<p>nerve <i class='icon' aria-hidden='true'>*</i>root</p>",
        "<p>lady&rsquo;s slipper</p>",
        "<p>nerve<br>root</p>",
        "<details><p>sciatica</p></details>",
        '<script type="application/json">{"a": "sci\\u0061tica"}</script>',
    ],
)
def test_a_page_on_topic_is_never_read_lightly(markup: str) -> None:
    assert light_article_of(web_page(OFF_TOPIC + markup)) is None


def test_a_short_page_is_looked_at_closely() -> None:
    assert light_article_of(web_page("<p>Walk.</p>")) is None


def test_a_page_that_is_not_english_is_skipped_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<!doctype html><html lang=de><p>" + "Der Hund läuft jeden Tag durch den Park und freut sich sehr. " * 12
    )
    outcome = audit_of(str(file))
    assert not isinstance(outcome, Audit) and outcome.reason.code == "page/language"


def test_the_gate_does_not_load_the_language_model() -> None:
    code = (
        "import sys; from claims.topicality import may_be_topical; may_be_topical('x'); print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


SPLITS = ["", "&shy;", "\u200b", "<b></b>", "<!-- x -->", "<span hidden>x</span>", "<wbr>", "</b><b>", "<sup>[1]</sup>"]
SPACES = [" ", "&nbsp;", "\n", " <i></i>", "&#32;", "<br>", "-", " <!-- x --> ", "<sup>2,3</sup> ", "&thinsp;"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLAIN), st.data())
def test_no_markup_hides_a_topic_from_the_gate(term: str, data: st.DataObject) -> None:
    letters = [
        data.draw(st.sampled_from(SPACES)) if letter == " " else letter + data.draw(st.sampled_from(SPLITS))
        for letter in term
    ]
    page = web_page(f"{OFF_TOPIC}<p>Then {''.join(letters)} comes.</p>")
    if is_found_topical(article_of(page)):
        assert light_article_of(page) is None


NAMES = ["p", "b", "span", "div", "i", "sup", "td", "table", "li", "nav", "q", "a", "h2", "button", "o:p", "summary"]
ATTRIBUTES = [
    "",
    " class=share",
    " hidden",
    " style='font-size:0'",
    " aria-hidden=true",
    " role=navigation",
    " class=toc",
]
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(NAMES)),
    st.sampled_from(["nerve", "root", "nerve ", " root", "sci", "atica", " ", "L", "5", "&shy;", "the", "<br>", "1"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_whatever_the_markup_the_gate_lets_no_topical_page_through(markup: str) -> None:
    page = web_page(f"{OFF_TOPIC}<p>{markup}")
    try:
        article = article_of(page)
    except PageError:
        return
    if is_found_topical(article):
        assert light_article_of(page) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PLAIN), st.text(max_size=6)), max_size=6).map(" ".join))
def test_what_is_topical_may_be_topical(text: str) -> None:
    assert may_be_topical(text) or not is_topical(folded(text).text)
