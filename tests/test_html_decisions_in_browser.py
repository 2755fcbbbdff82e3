"""In a real browser: decisions are made, kept, exported, imported and merged, and conflicts are shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, decisions_file, entry, saved
from report_samples import audit, report

from reports.decisions import DecisionFile, decisions_from
from reports.errors import UnreadableDecisions
from reports.hashing import report_sha256
from reports.json_report import render as json_render
from reports.look import Look

RUN = report()
CURE, REFUTED, AUTHOR = "#f-promo-cure-cures", "#f-claim-refuted-one-v", "#f-page-no-author"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(RUN, tmp_path_factory.mktemp("report"))


@pytest.fixture
def seen(visits: Visit, file: Path) -> Iterator[Visit]:
    """The sample report; it must say nothing and ask for nothing, whatever a test does with it."""
    yield visits.to(file)
    assert visits.said == [] and set(visits.asked) == {visits.address}


def named(seen: Visit, name: str = "Ana Ito") -> None:
    seen.page.locator("input[name=reviewer]").fill(name)
    seen.page.locator("h1").click()


def decide(seen: Visit, finding: str, choice: str) -> None:
    seen.page.locator(f"{finding} button", has_text=choice).click()


def exported(seen: Visit) -> DecisionFile:
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Export decisions").click()
    assert download.value.suggested_filename == "decisions.json"
    return decisions_from(Path(download.value.path()).read_text(encoding="utf-8"))


def imported(seen: Visit, *files: Path) -> str:
    seen.page.locator(".import-file").set_input_files(files)
    return seen.await_text(".events", files[-1].name)


def test_a_decision_is_exported_as_the_program_reads_it(seen: Visit) -> None:
    named(seen)
    decide(seen, CURE, "False alarm")
    seen.page.locator(f"{CURE} textarea").fill("It is about ham.")
    seen.page.locator(f"{CURE} input[type=date]").fill("2027-05-01")
    decide(seen, AUTHOR, "Needs expert")
    cure, author = exported(seen).decisions
    finding = next(each for each in RUN.findings if each.rule == "promo/cure")
    assert (cure.fingerprint, cure.rule, cure.input, cure.quote) == (
        finding.fingerprint,
        "promo/cure",
        "wonders.md",
        "cures",
    )
    assert (cure.decision, cure.reviewer, cure.note, str(cure.expires)) == (
        "false-alarm",
        "Ana Ito",
        "It is about ham.",
        "2027-05-01",
    )
    assert cure.report == report_sha256(RUN)
    assert (author.rule, author.quote, author.note, author.expires) == ("page/no-author", "", "", None)


def test_the_hash_is_that_of_the_json_report(file: Path) -> None:
    import hashlib

    digest = hashlib.sha256(json_render(RUN, Look()).encode()).hexdigest()
    assert report_sha256(RUN) == digest and digest in file.read_text(encoding="utf-8")


def test_keys_decide_on_the_current_finding_and_take_back(seen: Visit) -> None:
    named(seen)
    seen.press("j", "1")
    finding = f"#{seen.current()}"
    pressed = seen.page.locator(f"{finding} button[aria-pressed=true]")
    assert pressed.all_inner_texts() == ["1 Confirm"] and seen.message() == "Decided: confirmed."
    seen.press("3")
    assert pressed.all_inner_texts() == ["3 Needs expert"]
    seen.press("3")
    assert pressed.count() == 0 and seen.message() == "Decision taken back."


def test_keys_decide_on_nothing_that_cannot_be_seen(seen: Visit) -> None:
    named(seen)
    seen.press("j")
    seen.page.get_by_role("tab", name="Log").click()
    seen.press("1")
    assert seen.message() == "Choose a finding first: j goes to the next one."
    assert seen.page.locator(".progress").inner_text() == "0 of 5 decided"


def test_nobody_decides_without_a_name(seen: Visit) -> None:
    decide(seen, CURE, "Confirm")
    assert "Say who you are" in seen.message()
    assert seen.page.evaluate("document.activeElement.name") == "reviewer"
    assert seen.number("[aria-pressed=true]") == 0


def test_a_false_alarm_without_its_reason_is_pointed_out_and_not_exported(seen: Visit) -> None:
    named(seen)
    decide(seen, CURE, "False alarm")
    seen.page.get_by_role("button", name="Export decisions").click()
    assert seen.message() == "Not exported: 1 false alarm still without a reason."
    assert seen.page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_decisions_and_name_are_kept_by_the_browser_for_this_report_only(seen: Visit, tmp_path: Path) -> None:
    named(seen)
    decide(seen, CURE, "Confirm")
    seen.page.reload()
    assert seen.page.locator("input[name=reviewer]").input_value() == "Ana Ito"
    assert seen.page.locator(f"{CURE} [aria-pressed=true]").inner_text() == "1 Confirm"
    assert seen.page.locator(".progress").inner_text() == "1 of 5 decided"
    seen.to(saved(report(audit(source="other.md")), tmp_path))
    assert seen.number("[aria-pressed=true]") == 0


def test_another_reviewers_decisions_come_in_and_a_conflict_is_shown(seen: Visit, tmp_path: Path) -> None:
    named(seen)
    decide(seen, CURE, "Confirm")
    decide(seen, REFUTED, "Confirm")
    theirs = [
        entry(RUN, "promo/cure", decision="false-alarm", note="A quotation."),
        entry(RUN, "claim/refuted"),
        entry(RUN, "promo/miracle", decision="needs-expert"),
    ]
    log = imported(seen, decisions_file(tmp_path, *theirs, name="bo.json"))
    assert "bo.json: 3 new, 0 known." in log and "Ana Ito: confirmed; Bo Lind: false alarm" in log
    assert seen.message().endswith("Reviewers differ on 1 finding.")
    assert "Bo Lind: false alarm “A quotation.”" in seen.page.locator(f"{CURE} .others").inner_text()
    assert seen.page.locator("#card-1-3 .decided").inner_text() == "reviewers differ"
    seen.page.locator("select[name=decision]").select_option("conflict")
    assert seen.page.locator(".panel:not([hidden]) .card:visible").count() == 1
    assert len(exported(seen).decisions) == 5


def test_the_later_of_one_reviewers_two_decisions_stands_and_the_other_is_told(seen: Visit, tmp_path: Path) -> None:
    first = decisions_file(tmp_path, entry(RUN, "promo/cure"), name="first.json")
    later = entry(RUN, "promo/cure", decision="needs-expert", decided_at="2026-11-20T12:30:00+02:00")
    log = imported(seen, first, decisions_file(tmp_path, later, name="later.json"))
    assert "later.json: 0 new, 0 known, 1 changed." in log
    assert "confirmed (2026-11-20) gives way to needs expert (2026-11-20)" in log
    log = imported(seen, first, decisions_file(tmp_path, later, name="again.json"))
    assert "again.json: 0 new, 1 known." in log
    assert [decided.decision for decided in exported(seen).decisions] == ["needs-expert"]


def test_decisions_on_findings_of_other_reports_are_left_out_and_named(seen: Visit, tmp_path: Path) -> None:
    stray = entry(RUN, "promo/cure", fingerprint="elsewhere", quote="Elsewhere it cures.")
    page = entry(RUN, "page/no-author", input="elsewhere.md")
    log = imported(seen, decisions_file(tmp_path, stray, page, entry(RUN, "promo/cure"), name="mixed.json"))
    assert "mixed.json: 1 new, 0 known, 2 on findings of other reports." in log and "“Elsewhere it cures.”" in log
    assert len(exported(seen).decisions) == 1


BROKEN: dict[str, dict[str, Any]] = {
    "an unknown decision": {"decision": "maybe"},
    "no reason": {"decision": "false-alarm", "note": "  "},
    "no reviewer": {"reviewer": " "},
    "no time zone": {"decided_at": "2026-11-20T10:00:00"},
    "no moment": {"decided_at": "2026-13-45T10:00:00Z"},
    "no day": {"expires": "soon"},
    "no date": {"expires": "2026-02-31"},
    "an unknown field": {"colour": "red"},
    "a number": {"quote": 3},
    "no note": {"note": None},
}


def test_a_broken_file_is_refused_whole_as_the_program_refuses_it(seen: Visit, tmp_path: Path) -> None:
    for kind, change in BROKEN.items():
        name = kind.replace(" ", "-") + ".json"
        broken = decisions_file(tmp_path, entry(RUN, "promo/miracle"), entry(RUN, "promo/cure", **change), name=name)
        with pytest.raises(UnreadableDecisions):
            decisions_from(broken.read_text(encoding="utf-8"))
        assert f"{name} was not imported: decisions.2: " in imported(seen, broken)
    assert seen.page.locator(".progress").inner_text() == "0 of 5 decided" and seen.number(".decided") == 0


def test_what_is_no_file_of_decisions_is_refused(seen: Visit, tmp_path: Path) -> None:
    for name, text in {"a.json": "[]", "b.json": "{", "c.json": '{"schema_version": "2", "decisions": []}'}.items():
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
        assert f"{name} was not imported: is not a file of decisions" in imported(seen, tmp_path / name)
