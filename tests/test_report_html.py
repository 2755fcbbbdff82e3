"""The HTML report puts numbered marks where the claims stand, and cards with their grounds beside them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import BLOCKS, FINDINGS, JUDGEMENTS, MISS, audit, report, source

from auditor.model import Fact, FactKind, Role
from claims.model import Examination
from reports.building import reference_entry
from reports.cards import cards_of
from reports.hashing import report_sha256
from reports.html_page import data_of
from reports.html_report import render
from reports.linking import link_of, live_link, web_link
from reports.look import Look
from reports.marking import Mark, segments_of
from reports.model import ConfirmationEntry, SourceEntry, SuppressionEntry

TEMPLATES = Path(__file__).parents[1] / "reports/templates"
CSS = TEMPLATES.joinpath("base.css").read_text(encoding="utf-8")


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
        (1, "warning", 1),
        (2, "supported", 0),
        (3, "error", 2),
        (4, "error", 1),
        (5, "quiet", 0),
        (6, "note", 1),
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
        "Reference statement: refuted by the evidence, moderate certainty",
        "https://doi.org/10.1136/bmj.l6273",
        "(not seen by us)",
        "Most sciatica eases within weeks.",
        "2026.11.01, 120 claims",
    ):
        assert said in page, said


def test_a_reason_does_not_break_off_before_the_statement_that_stands_below_it() -> None:
    because = "Worded like promises for which evidence is lacking; nearest reference: {} (refuted, certainty: moderate)"
    statement = "A single treatment cures sciatica for good."
    claim = replace(JUDGEMENTS[1], because=because.format(statement))
    shown = html(audit(examination=Examination((claim,), ())))
    assert "Worded like promises for which evidence is lacking.<" in shown
    assert "nearest reference" not in shown.partition('<script type="application/json"')[0]


def test_what_could_not_be_read_is_said_at_the_top() -> None:
    page = html(audit(), MISS)
    assert page.index("1 of 2 inputs could not be audited") < page.index("1 of 4 claims supported")
    assert "the server answered 404" in page


def test_several_audits_are_listed_at_the_top() -> None:
    assert 'href="#page-2"' in html(audit(), audit(source="other.md"))
    assert 'href="#page-1"' not in html()


def test_the_report_carries_no_inline_style_or_handler_and_no_outside_resource() -> None:
    page = html(audit(url="https://example.org/"), MISS)
    body = page[page.index("<body") :]
    assert not re.search(
        r"\sstyle=|\son\w+=|\ssrc=|<link|@import|url\(", body + page[page.index("<style") : page.index("<script")]
    )
    assert len(re.findall("<script", page)) == 2


def test_the_policy_lets_run_and_load_only_what_it_has_the_hash_of() -> None:
    page = html()
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', page)[0])
    for kind, text in {
        "style": re.findall("<style>(.*?)</style>", page, re.S),
        "script": re.findall("<script>(.*?)</script>", page, re.S),
    }.items():
        assert len(text) == 1
        digest = base64.b64encode(hashlib.sha256(text[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("*.js")))
def test_no_script_makes_elements_or_code_out_of_text(name: str) -> None:
    text = TEMPLATES.joinpath(name).read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|Function\(|fetch\(|XMLHttp|import\(|https?:",
        text,
    )
    assert len(text.splitlines()) < 180


@given(st.text())
def test_json_in_a_page_can_end_no_script_and_reads_back(text: str) -> None:
    written = data_of({"text": text + "</script><!--\u2028\u2029"})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written)["text"] == text + "</script><!--\u2028\u2029"


def test_a_finding_has_an_anchor_of_its_own_by_its_fingerprint() -> None:
    page = html(audit(), audit(source="b.md"))
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))
    assert 'id="f-promo-cure-cures"' in page and 'id="f-promo-cure-cures-2"' in page


def test_a_suppressed_finding_is_shown_as_such_and_is_no_alarm() -> None:
    made = report()
    page = made.audited[0]
    hushed = page.findings[2].model_copy(
        update={"suppressed": SuppressionEntry(by="Ana Ito", reason="A joke.", expires=None)}
    )
    page = page.model_copy(update={"findings": (*page.findings[:2], hushed, *page.findings[3:])})
    text = render(made.model_copy(update={"audits": (page,)}), Look())
    assert "Suppressed as a false alarm</b> by <bdi>Ana Ito</bdi>: <bdi>A joke.</bdi>" in text
    assert "4 findings: " in text and "; 1 suppressed." in text and 'Suppressed <span class="count">1</span>' in text
    assert [(card.number, card.tab.value, card.tone) for card in cards_of(page) if card.block == 2] == [
        (4, "suppressed", "quiet")
    ]


def test_a_confirmed_finding_says_by_whom() -> None:
    made = report()
    page = made.audited[0]
    sure = page.findings[0].model_copy(
        update={"confirmed": ConfirmationEntry(by="Bo", at="2026-11-20T10:00:00Z", note="Yes.")}
    )
    text = render(made.model_copy(update={"audits": (page.model_copy(update={"findings": (sure,)}),)}), Look())
    assert "Confirmed</b> by <bdi>Bo</bdi>, 2026-11-20: <bdi>Yes.</bdi>" in text


def test_each_claim_and_finding_stands_on_its_tab() -> None:
    tabs = {card.number: card.tab.value for card in cards_of(report().audited[0])}
    assert tabs == {1: "findings", 2: "supported", 3: "findings", 4: "findings", 5: "open", 6: "findings"}


def test_every_version_and_hash_is_told() -> None:
    page = html()
    for said in (
        "c" * 64,
        "a" * 64,
        "b" * 64,
        "health-claim-auditor 0.1.0",
        "en_core_web_sm-3.8.0",
        "wonders.md",
        report_sha256(report()),
    ):
        assert said in page, said


def test_furniture_is_labelled_as_not_judged_and_listed() -> None:
    menu = replace(BLOCKS[3], text="Home Shop", role=Role.NAVIGATION)
    cell = replace(BLOCKS[3], text="40 %", header="Relief, after a week")
    hidden = replace(BLOCKS[3], text="Said in data.", origin="json-ld articleBody")
    page = html(audit(article=replace(audit().article, blocks=(*BLOCKS, menu, cell, hidden))))
    assert '<p class="note">Navigation: not judged</p>' in page and "Text that was not judged" in page
    assert '<span class="soft">Navigation: not judged:</span> <bdi>Home Shop</bdi>' in page
    assert "Relief, after a week</p>" in page and "From json-ld articleBody, not shown on the page</p>" in page


def test_what_the_page_says_of_itself_is_shown_with_its_origin() -> None:
    about = (Fact(FactKind.REVIEWER, "Dr Ives", "json-ld reviewedBy"), Fact(FactKind.SOURCE, "NG59", "p.sources"))
    page = html(audit(article=replace(audit().article, about=about)))
    assert "<dt>Reviewer</dt><dd><bdi>Dr Ives</bdi></dd>" in page
    assert "Source: <bdi>NG59</bdi> <code>p.sources</code>" in page


def test_a_claim_links_to_its_place_in_the_live_page() -> None:
    blocks = tuple(replace(block, fragment=":~:text=x") for block in BLOCKS)
    page = html(audit(url="https://example.org/a", article=replace(audit().article, blocks=blocks)))
    assert page.count('href="https://example.org/a#:~:text=x" target="_blank" rel="noopener noreferrer"') == 5
    assert "Find it on the live page" not in html(audit(article=replace(audit().article, blocks=blocks)))


@pytest.mark.parametrize(
    ("url", "fragment", "link"),
    [
        ("https://example.org/a", ":~:text=One%20visit,good", "https://example.org/a#:~:text=One%20visit,good"),
        ("https://example.org/a#top", ":~:text=x", "https://example.org/a#top:~:text=x"),
        ("https://example.org/a", ':~:text="><b>', "https://example.org/a#:~:text=%22%3E%3Cb%3E"),
        ("javascript:alert(1)", ":~:text=x", None),
        ("https://example.org/a", None, None),
        (None, ":~:text=x", None),
    ],
)
def test_a_block_links_to_its_place_in_the_live_page(url: str | None, fragment: str | None, link: str | None) -> None:
    assert live_link(url, fragment) == link


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


def colours(scheme: int) -> dict[str, str]:
    """The palette: 0 for light, 1 for dark."""
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
    return {name: pair[scheme] for name, *pair in pairs}


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
    ("ink", "link-tint"),
    ("sheet", "link"),
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_has_the_contrast_that_wcag_asks_for(scheme: int, text: str, ground: str) -> None:
    palette = colours(scheme)
    assert contrast(palette[text], palette[ground]) >= 4.5
