"""Every format reads as it is meant to; `python tests/test_report_snapshots.py` writes the snapshots anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_samples import CURE, decided_report

from reports.formats import FORMATS, rendered
from reports.look import Look
from reports.model import Report

FOLDER = Path(__file__).parent / "fixtures/reports"
SNAPSHOTS = {
    "text": "decided.txt",
    "json": "decided.json",
    "jsonl": "decided.jsonl",
    "markdown": "decided.md",
    "csv": "decided.csv",
    "sarif": "decided.sarif",
    "github": "decided.github.txt",
    "claimreview": "decided.claimreview.json",
}


def text_of(format: str, report: Report) -> str:
    return rendered(report, format, Look())


@pytest.mark.parametrize("format", SNAPSHOTS)
def test_a_format_reads_as_it_is_meant_to(format: str) -> None:
    snapshot = FOLDER.joinpath(SNAPSHOTS[format]).read_bytes()
    assert text_of(format, decided_report()).encode() == snapshot


def test_every_format_but_html_has_a_snapshot() -> None:
    assert set(FORMATS) - set(SNAPSHOTS) == {"html"}


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"claimreview"}))
def test_a_suppressed_finding_is_shown_as_suppressed_in_every_report(format: str) -> None:
    text = text_of(format, decided_report())
    assert "promo/miracle" in text
    assert "the heading of a fairy tale" in " ".join(text.split())
    assert "Ana Example" in text


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"claimreview"}))
def test_a_page_that_was_not_audited_is_named_with_its_reason_in_every_report(format: str) -> None:
    text = " ".join(text_of(format, decided_report()).split())
    assert "example.org/gone" in text.replace("\u2060", "")
    assert "the server answered 404" in text


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"html"}))
def test_the_same_report_gives_the_same_text(format: str) -> None:
    assert text_of(format, decided_report()) == text_of(format, decided_report())
    assert CURE in " ".join(text_of(format, decided_report()).split())


if __name__ == "__main__":
    for format, name in SNAPSHOTS.items():
        FOLDER.joinpath(name).write_bytes(text_of(format, decided_report()).encode())
