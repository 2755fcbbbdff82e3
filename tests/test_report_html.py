"""The HTML report puts numbered marks where the claims stand, and cards with their grounds beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import BLOCKS, FINDINGS, JUDGEMENTS, MISS, audit, report, source

from claims.model import Examination
from reports.building import reference_entry
from reports.cards import cards_of
from reports.html_report import render
from reports.linking import link_of, web_link
from reports.look import Look
from reports.marking import Mark, segments_of
from reports.model import SourceEntry

CSS = Path(__file__).parents[1].joinpath("reports/templates/report.css").read_text(encoding="utf-8")


def html(*outcomes: object) -> str:
    return render(report(*outcomes), Look())  # type: ignore[arg-type]


def source_entry(**changes: object) -> SourceEntry:
    return SourceEntry.model_validate({**source().model_dump(), "fit": "direct"} | changes)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(max_size=40))
    place = st.integers(min_value=0, max_value=len(text))
    marks = [
        Mark(number, *sorted((draw(place), draw(place))), tone=draw(st.sampled_from(["error", "quiet"])), numbered=True)
        for number in range(draw(st.integers(min_value=0, max_value=6)))
    ]
    return text, marks


@given(marked_texts())
def test_marks_never_tear_a_text(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    segments = segments_of(text, marks)
    assert "".join(segment.text for segment in segments) == text
    assert sorted(mark.number for segment in segments for mark in segment.ending) == [mark.number for mark in marks]


@given(marked_texts())
def test_every_marked_stretch_is_marked_and_no_other(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    toned = [segment.tone is not None for segment in segments_of(text, marks) for _ in segment.text]
    assert toned == [any(mark.start <= at < mark.end for mark in marks) for at in range(len(text))]


def test_a_claim_and_its_findings_share_a_card() -> None:
    cards = cards_of(report().audited[0])
    assert [(card.number, card.tone, len(card.findings)) for card in cards] == [
        (1, "note", 1),
        (2, "warning", 1),
        (3, "supported", 0),
        (4, "error", 2),
        (5, "error", 1),
        (6, "quiet", 0),
    ]


def test_a_finding_whose_claim_stands_elsewhere_has_its_own_card() -> None:
    strayed = replace(FINDINGS[3], claim="c2")
    page = report(audit(examination=Examination(JUDGEMENTS, (strayed,)))).audited[0]
    assert [card.findings for card in cards_of(page) if card.block == 0] == [page.findings]


def test_the_report_shows_verdict_reason_evidence_and_wording() -> None:
    page = html()
    for said in (
        "1 of 4 claims supported",
        "The reference says that nothing cures sciatica for good.",
        "Reference: refuted by the evidence, moderate certainty",
        "https://doi.org/10.1136/bmj.l6273",
        "(not seen by us)",
        "Most sciatica eases within weeks.",
        "2026.11.01, 120 claims",
    ):
        assert said in page, said


def test_what_could_not_be_read_is_said_at_the_top() -> None:
    page = html(audit(), MISS)
    assert page.index("1 of 2 inputs could not be audited") < page.index("1 of 4 claims supported")
    assert "the server answered 404" in page


def test_several_audits_are_listed_at_the_top() -> None:
    assert 'href="#page-2"' in html(audit(), audit(source="other.md"))
    assert 'href="#page-1"' not in html()


def test_the_report_carries_no_script_no_inline_style_and_no_outside_resource() -> None:
    page = html(audit(url="https://example.org/"), MISS)
    assert not re.search(r"<script|\sstyle=|\son\w+=|\ssrc=|<link|@import|url\(", page)
    assert "default-src 'none'" in unescape(page)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc", "//x", "http://[", "", None]
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert web_link(address) is None


@pytest.mark.parametrize(
    ("identifier", "seen_at", "link"),
    [
        ("doi:10.1136/bmj.l6273; BMJ 367:l6273", None, "https://doi.org/10.1136/bmj.l6273"),
        ("PMID 37207271; EFSA Journal 21(5)", None, "https://pubmed.ncbi.nlm.nih.gov/37207271/"),
        ("PMC2427077", None, "https://pmc.ncbi.nlm.nih.gov/articles/PMC2427077/"),
        ("URL", "https://example.org/seen", "https://example.org/seen"),
        ("URL", "javascript:alert(1)", None),
        ("NG59", None, None),
    ],
)
def test_a_source_links_to_where_it_can_be_found(identifier: str, seen_at: str | None, link: str | None) -> None:
    assert link_of(source_entry(identifier=identifier, seen_at=seen_at)) == link


def test_a_source_that_is_only_context_is_not_shown_as_proof() -> None:
    from report_samples import REFERENCES

    from claims.references import SourceFit
    from reports.wording import caveats

    context = REFERENCES["no-permanent-cure"].model_copy(update={"source_fit": SourceFit.CONTEXT_ONLY})
    assert "background only, does not test the statement" in caveats(reference_entry(context).sources[0])


def test_controls_in_a_page_are_shown_as_pictures() -> None:
    blocks = (replace(BLOCKS[0], text=BLOCKS[0].text + "\x1b\u202e\x00"), *BLOCKS[1:])
    page = html(audit(article=replace(audit().article, blocks=blocks)))
    assert "␛\ufffd␀" in page
    assert not set(page) & {"\x1b", "\u202e", "\x00"}


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TONES = ("error", "warning", "note", "supported", "quiet")
PAIRS = [
    *product(("ink", "soft", "link", *TONES), ("paper", "sheet")),
    *product(("ink",), [f"{tone}-tint" for tone in TONES]),
    ("soft", "supported-tint"),
    ("link", "warning-tint"),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_has_the_contrast_that_wcag_asks_for(scheme: int, text: str, ground: str) -> None:
    light, _, dark = CSS.partition("@media (prefers-color-scheme: dark)")
    palette = colours((light, dark)[scheme])
    assert contrast(palette[text], palette[ground]) >= 4.5
