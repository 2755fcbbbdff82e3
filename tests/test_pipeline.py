"""From a path or an address to an outcome; one bad page never stops the others."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from web import Site, answer, site

from auditor.fetching.settings import FetchSettings
from auditor.model import Audit, Miss, Outcome, Skipped
from auditor.pipeline import Settings, audit_of, audits_of

PAGES = Path(__file__).parent / "fixtures" / "pages"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        yield here


def reason(outcome: Outcome) -> tuple[Miss, str]:
    assert isinstance(outcome, Skipped)
    assert "\n" not in outcome.reason.message
    return outcome.status, outcome.reason.code


def test_a_page_in_another_language_is_skipped_with_its_name() -> None:
    outcome = audit_of(str(PAGES / "german.html"))
    assert reason(outcome) == (Miss.SKIPPED, "page/language")
    assert isinstance(outcome, Skipped)
    assert outcome.reason.message == "the page is in German (de); only English is judged"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "read/empty"), (b"\0\1\2", "read/binary"), (b"<!doctype html><script>go()</script>", "read/no-text")],
)
def test_a_page_that_cannot_be_read_is_a_failure_with_its_reason(tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(data)
    assert reason(audit_of(str(file))) == (Miss.FAILED, code)


def test_an_address_is_not_fetched_offline() -> None:
    outcome = audit_of("https://example.org/", settings=Settings(FetchSettings(offline=True)))
    assert reason(outcome) == (Miss.FAILED, "fetch/offline")


def test_an_address_in_a_private_network_is_not_fetched(web: Site) -> None:
    assert reason(audit_of(web.url)) == (Miss.FAILED, "fetch/private-address")


def test_a_failed_fetch_is_an_outcome(web: Site) -> None:
    assert reason(audit_of(web.url, settings=Settings(FetchSettings(allow_private=True)))) == (
        Miss.FAILED,
        "fetch/status-404",
    )


def test_what_nobody_foresaw_costs_one_page_only() -> None:
    code = "from auditor.pipeline import audit_of; print(audit_of('-').reason.code)"
    done = subprocess.run(
        ["sh", "-c", f'exec {sys.executable} -c "{code}" <&-'], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "read/error"


def test_an_interruption_is_not_swallowed() -> None:
    code = "from auditor.pipeline import audit_of; print('reading', flush=True); audit_of('-')"
    started = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert started.stdout and started.stdout.readline() == b"reading\n"
    started.send_signal(signal.SIGINT)
    _, said = started.communicate(timeout=20)
    assert started.returncode != 0 and b"KeyboardInterrupt" in said


def test_a_page_is_audited() -> None:
    outcome = audit_of(str(PAGES / "clean-article.html"))
    assert isinstance(outcome, Audit)
    joined = "\n".join(block.text for block in outcome.article.blocks)
    assert outcome.text_sha256 == hashlib.sha256(joined.encode()).hexdigest()
    assert (outcome.url, outcome.fetched_at) == (None, None)
    for judgement in outcome.examination.judgements:
        span = judgement.claim.span
        assert outcome.article.blocks[span.block].text[span.start : span.end] == judgement.claim.quote


def test_a_fetched_page_is_audited(web: Site) -> None:
    web.answers["/root"] = answer((PAGES / "clean-article.html").read_bytes(), content_type="text/html")
    outcome = audit_of(web.url + "/root", settings=Settings(FetchSettings(allow_private=True)))
    assert isinstance(outcome, Audit)
    assert (outcome.source, outcome.url) == (web.url + "/root", web.url + "/root")
    assert outcome.fetched_at


def test_one_bad_page_never_stops_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_bytes(b"\0")
    sources = [str(bad), str(PAGES / "teaser.html"), str(tmp_path / "gone.md"), str(PAGES / "draft.md")]
    outcomes = list(audits_of(sources))
    assert [outcome.source for outcome in outcomes] == sources
    assert [type(outcome) for outcome in outcomes] == [Skipped, Audit, Skipped, Audit]


def test_a_sound_sentence_on_a_loud_page_is_not_flagged() -> None:
    outcome = audit_of(str(Path(__file__).parents[1] / "docs" / "examples" / "nerve-root-wonders.html"))
    assert isinstance(outcome, Audit)
    flagged = {finding.quote for finding in outcome.examination.findings}
    assert "Many people with sciatica improve within weeks to a few months without surgery." not in flagged
