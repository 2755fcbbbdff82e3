"""Decisions on the command line: what they suppress, how they are merged, and what becomes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audit import main
from reports.decisions import decisions_at
from reports.wording import counted

ROOT = Path(__file__).parents[1]
BAD = "# Wonders\n\nNerve root is a natural substance that nourishes the nervous system.\n"

Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("pages")  # every test starts in a folder that holds a page and its audit


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.joinpath("bad.md").write_text(BAD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "bad.md", "--format", "json:run.json"]) == 1


def findings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path("run.json").read_text(encoding="utf-8"))["audits"][0]["findings"]
    return found


def decide(file: str, decision: str, only: int | None = None, **changes: Any) -> str:
    """A file in which one reviewer decided the same on every finding of the run, or on the first of them."""
    entries = [
        {
            "fingerprint": finding["fingerprint"],
            "rule": finding["rule"],
            "input": "bad.md",
            "quote": finding["quote"],
            "decision": decision,
            "reviewer": "Ana Example",
            "note": "quoted from a competitor",
            "decided_at": "2026-11-02T09:30:00Z",
            "expires": None,
            "report": None,
        }
        | changes
        for finding in findings()[:only]
    ]
    Path(file).write_text(json.dumps({"schema_version": "1", "decisions": entries}), encoding="utf-8")
    return file


# ---- check and report


def test_a_page_whose_findings_are_all_false_alarms_gives_0(capsys: Captured) -> None:
    file = decide("ana.json", "false-alarm")
    assert main(["check", "bad.md", "--decisions", file, "--fail-on", "note"]) == 0
    shown = capsys.readouterr()
    assert f"Suppressed ({len(findings())})" in shown.out
    assert "false alarm by Ana Example: quoted from a competitor" in shown.out
    assert shown.err == ""


def test_a_confirmed_finding_still_gates(capsys: Captured) -> None:
    assert main(["check", "bad.md", "--decisions", decide("ana.json", "confirm")]) == 1
    assert "Confirmed by Ana Example on 2026-11-02" in capsys.readouterr().out


def test_a_saved_run_takes_decisions_too(capsys: Captured) -> None:
    file = decide("ana.json", "confirm")
    assert main(["report", "run.json", "--decisions", file, "--format", "claimreview"]) == 0
    [review] = json.loads(capsys.readouterr().out)["@graph"]
    assert review["claimReviewed"].startswith("Nerve root is a natural substance")


def test_what_was_decided_is_saved_with_the_run(capsys: Captured) -> None:
    file = decide("ana.json", "false-alarm")
    main(["check", "bad.md", "--decisions", file, "--format", "json:decided.json"])
    assert main(["report", "decided.json"]) == 0
    assert "0 errors, 0 warnings, 0 notes" in capsys.readouterr().out


def test_several_files_are_put_together(capsys: Captured) -> None:
    ana = decide("ana.json", "false-alarm")
    ben = decide("ben.json", "confirm", reviewer="Ben Example")
    assert main(["check", "bad.md", "--decisions", ana, "--decisions", ben]) == 1
    assert "differ, so it stays an alarm" in capsys.readouterr().err


def test_a_decision_that_matches_nothing_is_named_unless_quiet(capsys: Captured) -> None:
    file = decide("ana.json", "false-alarm", fingerprint="gone", rule="promo/cure", only=1)
    main(["check", "bad.md", "--decisions", file])
    assert "warning: the decision “false-alarm” by Ana Example on promo/cure" in (said := capsys.readouterr().err)
    assert "no longer matches anything" in said
    main(["check", "bad.md", "-q", "--decisions", file])
    main(["report", "run.json", "-q", "--decisions", file])
    assert capsys.readouterr().err == ""


def test_an_expired_decision_no_longer_suppresses_and_is_named(capsys: Captured) -> None:
    file = decide("ana.json", "false-alarm", expires="2020-01-01")
    assert main(["check", "bad.md", "--decisions", file]) == 1
    assert "expired on 2020-01-01" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"note": ""}, "bad.json: decisions.1: note: a false alarm needs its reason"),
        ({"reviewer": ""}, "bad.json: decisions.1.reviewer: "),
        ({"expires": "soon"}, "bad.json: decisions.1.expires: "),
    ],
)
def test_a_bad_file_of_decisions_gives_2_before_anything_is_audited(
    capsys: Captured, changes: dict[str, str], said: str
) -> None:
    file = decide("bad.json", "false-alarm", **changes)
    assert main(["check", "bad.md", "--decisions", file]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"error: {said}")
    assert shown.err.count("\n") == 1


def test_no_report_overwrites_decisions(capsys: Captured) -> None:
    file = decide("ana.json", "confirm")
    assert main(["check", "bad.md", "--decisions", file, "--format", f"json:{file}"]) == 2
    assert main(["review", "merge", file, "-o", file]) == 2
    assert main(["review", "apply", file, "run.json", "--gold", "run.json"]) == 2
    assert capsys.readouterr().err.count("would overwrite it") == 3


# ---- review merge


def test_merging_prints_agreement_precision_and_differences(capsys: Captured) -> None:
    ana = decide("ana.json", "false-alarm")
    ben = decide("ben.json", "confirm", reviewer="Ben Example")
    assert main(["review", "merge", ana, ben, "-o", "all.json"]) == 0
    out = capsys.readouterr().out
    number = len(findings())
    assert out.startswith(f"2 reviewers, {number} findings, {2 * number} decisions\n")
    assert f"Cohen's kappa, Ana Example and Ben Example: 0.00 ({number} findings)" in out
    assert "Krippendorff's alpha: " in out
    assert f"Reviewers differ ({number})" in out
    assert len(decisions_at("all.json").decisions) == 2 * number


def test_precision_of_each_rule_has_its_interval(capsys: Captured) -> None:
    main(["review", "merge", decide("ana.json", "confirm")])
    out = capsys.readouterr().out
    rule = next(line for line in out.splitlines() if "sense/nerve-root-as-substance" in line)
    assert rule.endswith("1.00 (95 % 0.21 to 1.00)")
    assert "No finding was decided by two reviewers." in out


# ---- review apply


def test_applying_gives_suppressions_that_check_takes(capsys: Captured) -> None:
    file = decide("ana.json", "false-alarm")
    assert main(["review", "apply", file, "run.json", "--suppressions", "sup.json"]) == 0
    assert capsys.readouterr().out.startswith(f"{len(findings())} false alarm")
    assert main(["check", "bad.md", "--decisions", "sup.json"]) == 0


def test_only_false_alarms_become_suppressions() -> None:
    main(["review", "apply", decide("ana.json", "confirm"), "run.json", "--suppressions", "sup.json"])
    assert decisions_at("sup.json").decisions == ()


def test_applying_gives_labelled_pages_that_evaluate_reads(capsys: Captured) -> None:
    file = decide("ana.json", "confirm")
    assert main(["review", "apply", file, "run.json", "--gold", "gold.jsonl"]) == 0
    sentences = {found["quote"] for found in findings() if found["quote"]}
    assert f"1 labelled page with {counted(len(sentences), 'sentence')}." in capsys.readouterr().out
    assert main(["evaluate", "gold.jsonl", "--format", "json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert figures["alarm"]["f1"] == 1
    assert figures["verdict"]["accuracy"] == 1


def test_applying_to_no_file_is_wrong_use(capsys: Captured) -> None:
    assert main(["review", "apply", decide("ana.json", "confirm"), "run.json"]) == 2
    assert "name a file with --suppressions or --gold" in capsys.readouterr().err


def test_reviewing_never_loads_spacy() -> None:
    file = decide("ana.json", "confirm")
    runs = [["review", "merge", file], ["review", "apply", file, "run.json", "--gold", "gold.jsonl"]]
    runs += [["report", "run.json", "--decisions", file, "--format", name] for name in ("csv", "sarif", "markdown")]
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import audit\n"
    script += f"assert [audit.main(arguments) for arguments in {runs!r}] == [0] * 5\n"
    script += "assert not {'spacy', 'requests', 'bs4'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
