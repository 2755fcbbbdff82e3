"""Decisions are read strictly, put on the findings they are about, and never hide anything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from report_samples import (
    CURED,
    DECISIONS,
    FINDINGS,
    JUDGEMENTS,
    MIRACLE,
    MISS,
    NO_AUTHOR,
    REFUTED,
    TODAY,
    audit,
    decided_report,
    decision,
    report,
)

from claims.model import Examination
from reports.choosing import gates
from reports.decisions import DecisionEntry, DecisionFile, decisions_at, decisions_from, decisions_text
from reports.errors import UnreadableDecisions
from reports.model import FindingEntry, Report
from reports.review.marking import marked
from reports.review.merging import merged
from reports.review.using import reviewed

SCHEMA = json.loads(Path(__file__).parents[1].joinpath("docs/decisions.schema.json").read_text(encoding="utf-8"))
ENTRY = decision(MIRACLE, "false-alarm").model_dump(mode="json")


def text_with(**changes: Any) -> str:
    return json.dumps({"schema_version": "1", "decisions": [ENTRY | changes]})


def findings_of(made: Report, *entries: DecisionEntry, today: date = TODAY) -> dict[str, FindingEntry]:
    return {finding.rule: finding for finding in marked(made, entries, today).report.findings}


def warnings_of(*entries: DecisionEntry, today: date = TODAY) -> tuple[str, ...]:
    return reviewed(report(audit(), MISS), entries, today)[1]


# ---- the file


def test_a_file_reads_back_as_itself_and_keeps_to_the_published_schema() -> None:
    file = DecisionFile(schema_version="1", decisions=DECISIONS)
    assert decisions_from(decisions_text(file)) == file
    jsonschema.validate(json.loads(decisions_text(file)), SCHEMA)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a file of decisions"),
        ("[]", "is not a file of decisions"),
        ("[" * 100_000, "is not a file of decisions"),
        ('{"schema_version": "2"}', 'schema_version is "2"'),
        ('{"schema_version": "1"}', "decisions: Field required"),
        (text_with(note="  "), "note: a false alarm needs its reason"),
        (text_with(reviewer=" "), "decisions.1.reviewer"),
        (text_with(fingerprint=""), "decisions.1.fingerprint"),
        (text_with(decision="maybe"), "“maybe” is not one of 'confirm', 'false-alarm' or 'needs-expert'"),
        (text_with(decided_at="2026-11-02T09:30:00"), "decisions.1.decided_at"),
        (text_with(expires="soon"), "decisions.1.expires"),
        (text_with(hidden=True), "decisions.1.hidden"),
        (
            json.dumps({"schema_version": "1", "decisions": [ENTRY, ENTRY]}),
            "Ana Example decided on promo/miracle-wonde in decisions.1 too; keep one",
        ),
    ],
)
def test_anything_else_is_turned_down_on_one_line(text: str, said: str) -> None:
    with pytest.raises(UnreadableDecisions) as caught:
        decisions_from(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDecisions, match=r"gone\.json: cannot be read: No such file"):
        decisions_at(str(tmp_path / "gone.json"))
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableDecisions, match=r"broken\.json: "):
        decisions_at(str(broken))


# ---- on a report


def test_a_false_alarm_is_suppressed_with_name_reason_and_last_day() -> None:
    suppressed = findings_of(report(), decision(MIRACLE, "false-alarm", expires="2027-01-31"))[
        "promo/miracle"
    ].suppressed
    assert suppressed is not None
    assert (suppressed.by, suppressed.reason) == ("Ana Example", "the heading of a fairy tale")
    assert suppressed.expires == date(2027, 1, 31)


def test_no_finding_is_ever_dropped() -> None:
    everything = [decision(each, "false-alarm") for each in FINDINGS]
    assert list(findings_of(report(), *everything)) == [each.rule for each in FINDINGS]


def test_suppressed_findings_do_not_gate() -> None:
    everything = [decision(each, "false-alarm") for each in FINDINGS]
    assert gates(report(), "note")
    assert not gates(marked(report(), everything, TODAY).report, "note")


def test_the_other_findings_still_gate() -> None:
    assert gates(marked(report(), [decision(REFUTED, "false-alarm")], TODAY).report, "error")


def test_a_moved_page_keeps_its_decisions() -> None:
    moved = report(audit(source="elsewhere.md"))
    assert findings_of(moved, decision(MIRACLE, "false-alarm"))["promo/miracle"].suppressed


def test_a_finding_about_a_whole_page_is_decided_for_that_page_alone() -> None:
    both = report(audit(), audit(source="other.md"))
    found = marked(both, [decision(NO_AUTHOR, "false-alarm")], TODAY).report
    assert [[f.rule for f in page.suppressed] for page in found.audited] == [["page/no-author"], []]


def test_a_page_may_be_named_by_its_final_address() -> None:
    page = report(audit(source="https://example.org/w", url="https://example.org/wonders"))
    entry = decision(NO_AUTHOR, "false-alarm", input="https://example.org/wonders")
    assert findings_of(page, entry)["page/no-author"].suppressed


@pytest.mark.parametrize(("today", "counts"), [(date(2027, 1, 31), True), (date(2027, 2, 1), False)])
def test_a_decision_counts_up_to_its_last_day(today: date, counts: bool) -> None:
    entry = decision(MIRACLE, "false-alarm", expires="2027-01-31")
    assert bool(findings_of(report(), entry, today=today)["promo/miracle"].suppressed) is counts


def test_what_one_reviewer_confirms_no_other_suppresses() -> None:
    contested = [decision(CURED, "confirm"), decision(CURED, "false-alarm", reviewer="Ben Example")]
    finding = findings_of(report(), *contested)["promo/cure"]
    assert finding.suppressed is None
    assert finding.confirmed is None


def test_two_who_agree_are_both_named() -> None:
    agreed = [
        decision(CURED, "false-alarm", expires="2027-01-31"),
        decision(CURED, "false-alarm", reviewer="Ben Example"),
    ]
    suppressed = findings_of(report(), *agreed)["promo/cure"].suppressed
    assert suppressed is not None
    assert suppressed.by == "Ana Example; Ben Example"
    assert suppressed.expires is None


def test_a_finding_that_needs_an_expert_stays_an_alarm() -> None:
    finding = findings_of(report(), decision(CURED, "needs-expert"))["promo/cure"]
    assert finding.suppressed is None
    assert finding.confirmed is None


def test_marks_stay_where_no_decision_speaks() -> None:
    assert marked(decided_report(), [], TODAY).report == decided_report()


def test_a_later_confirmation_lifts_a_suppression() -> None:
    again = marked(decided_report(), [decision(MIRACLE, "confirm")], TODAY).report
    assert [finding.rule for finding in again.suppressed] == ["page/no-author"]


# ---- what is told


def test_a_decision_that_matches_nothing_any_more_is_named() -> None:
    gone = decision(replace(MIRACLE, fingerprint="gone"), "false-alarm")
    [said] = warnings_of(gone)
    assert "promo/miracle “wonders” in wonders.md no longer matches anything" in said


def test_decisions_on_pages_of_another_run_share_one_line() -> None:
    away = [decision(replace(MIRACLE, fingerprint=f"{n}"), "confirm", input=f"page-{n}.md") for n in range(5)]
    [said] = warnings_of(*away)
    assert said.startswith("5 decisions match nothing in this run")
    assert said.endswith("page-0.md, page-1.md, page-2.md and 2 more")


def test_an_expired_decision_is_named() -> None:
    [said] = warnings_of(decision(MIRACLE, "false-alarm", expires="2026-11-19"))
    assert "expired on 2026-11-19 and no longer counts" in said


def test_a_contested_decision_is_named_with_both_sides() -> None:
    [said] = warnings_of(decision(CURED, "confirm"), decision(CURED, "false-alarm", reviewer="Ben Example"))
    assert said.endswith("so it stays an alarm: confirm by Ana Example; false-alarm by Ben Example")


def test_many_differences_are_not_all_told() -> None:
    many = tuple(replace(CURED, fingerprint=f"f{number}") for number in range(12))
    page = audit(examination=Examination(JUDGEMENTS, many))
    ana = [decision(each, "confirm") for each in many]
    ben = [decision(each, "false-alarm", reviewer="Ben Example") for each in many]
    told = reviewed(report(page), [*ana, *ben], TODAY)[1]
    assert len(told) == 11
    assert told[-1].startswith("decisions on 2 more differ")


def test_nothing_is_told_of_decisions_that_do_what_they_were_made_for() -> None:
    assert warnings_of(*DECISIONS) == ()


# ---- together


def test_the_later_of_two_decisions_of_one_reviewer_stands() -> None:
    first = decision(CURED, "confirm", decided_at="2026-11-01T10:00:00Z")
    later = decision(CURED, "needs-expert", decided_at="2026-11-01T11:30:00+01:00")
    for files in ([first], [later]), ([later], [first]):
        together = merged(DecisionFile(schema_version="1", decisions=tuple(entries)) for entries in files)
        assert together.decisions == (later,)
        assert together.replaced == (first,)


def test_the_same_file_twice_replaces_nothing() -> None:
    file = DecisionFile(schema_version="1", decisions=DECISIONS)
    together = merged([file, file])
    assert together.file == file
    assert together.replaced == ()


def test_reviewers_who_differ_are_shown_and_both_kept() -> None:
    entries = (decision(CURED, "confirm"), decision(CURED, "false-alarm", reviewer="Ben Example"), DECISIONS[0])
    together = merged(DecisionFile(schema_version="1", decisions=(entry,)) for entry in entries)
    assert together.differing == (entries[:2],)
    assert together.decisions == entries
