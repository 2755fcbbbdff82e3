"""The text report is readable without colour, and nothing in it can steer a terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from report_samples import BLOCKS, FINDINGS, MISS, REFERENCES, TOOL, audit, report

from auditor.model import Run
from claims.model import Examination
from reports.building import report_of
from reports.look import Look
from reports.plain import plain, shortened
from reports.terminal import render

EXPECTED = Path(__file__).parent / "fixtures/reports/wonders.txt"


def test_the_report_reads_as_it_is_meant_to() -> None:
    assert render(report(audit(), MISS), Look()) == EXPECTED.read_text(encoding="utf-8")


def test_colour_adds_nothing_but_colour() -> None:
    coloured = render(report(), Look(colour=True))
    for code in ("1", "2", "1;31", "1;33", "1;36", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == render(report(), Look())


def test_errors_come_before_warnings_before_notes() -> None:
    text = render(report(), Look())
    assert text.index("Errors (3)") < text.index("Warnings (1)") < text.index("Notes (1)")


def test_lines_fit_the_terminal() -> None:
    assert all(len(line) <= 60 for line in render(report(audit(), MISS), Look(width=60)).splitlines())


def test_a_clean_page_gets_no_guarantee() -> None:
    text = render(report(audit(examination=Examination((), ()))), Look())
    assert "No health claim about nerve roots was found." in text
    assert "A page without findings is not a page without faults" in text


def test_a_run_cut_short_says_so() -> None:
    assert "cut short" in render(report_of(Run((audit(),), complete=False), TOOL, REFERENCES), Look())


def test_escapes_in_page_text_are_shown_and_not_obeyed() -> None:
    hostile = "\x1b]0;owned\x07\x1b[31m\x9b2J\r\x08\u202e"
    page = audit(
        source=f"a{hostile}.md",
        article=replace(
            audit().article,
            title=hostile,
            blocks=tuple(replace(block, text=block.text + hostile) for block in BLOCKS),
        ),
        examination=Examination(
            audit().examination.judgements,
            tuple(replace(finding, quote=hostile, message=hostile, suggestion=hostile) for finding in FINDINGS),
        ),
    )
    text = render(report(page, replace(MISS, source=hostile)), Look())
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\r", "\x08", "\u202e"}
    assert "␛]0;owned␇" in text


@given(st.text())
def test_plain_text_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert all(char.isprintable() or char >= "\xa0" for char in plain(text))


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_shortened_text_fits(text: str, length: int) -> None:
    assert len(shortened(text, length)) <= length
