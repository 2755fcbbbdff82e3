"""The command line keeps its promises: what goes where, which exit code, and no traceback for anything a user does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from interrupting import started

from audit import main

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads(ROOT.joinpath("docs/report.schema.json").read_text(encoding="utf-8"))
BAD = "# Wonders\n\nNerve root is a natural substance that nourishes the nervous system.\n"
GOOD = "# Anatomy\n\nEach spinal nerve has a dorsal root and a ventral root.\n"
SPANISH = (
    "# Raíces nerviosas\n\nLas raíces nerviosas salen de la médula espinal y pasan por los agujeros de las vértebras. "
    "Cuando una raíz se comprime, el dolor puede bajar por la pierna hasta el pie.\n"
)

Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("pages")  # every test starts in a folder that holds them


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("bad.md", BAD), ("good.md", GOOD), ("spanish.md", SPANISH)):
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def program(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "audit.py", *arguments], capture_output=True, text=True, timeout=120, **options
    )


def told(captured: Captured) -> str:
    """What standard error says, which is one line."""
    said = captured.readouterr().err
    assert said.startswith("error: ") and said.count("\n") == 1, said
    return said


# ---- exit codes


def test_findings_give_1(capsys: Captured) -> None:
    assert main(["check", "bad.md"]) == 1
    assert "sense/nerve-root-as-substance" in capsys.readouterr().out


def test_a_sound_page_gives_0() -> None:
    assert main(["check", "good.md"]) == 0


def test_exit_zero_turns_findings_into_0() -> None:
    assert main(["check", "--exit-zero", "bad.md"]) == 0


def test_a_page_that_could_not_be_audited_gives_3(capsys: Captured) -> None:
    assert main(["check", "good.md", "spanish.md"]) == 3
    assert "spanish.md: skipped, because" in capsys.readouterr().out


def test_exit_zero_does_not_hide_a_page_that_could_not_be_audited() -> None:
    assert main(["check", "--exit-zero", "good.md", "spanish.md"]) == 3


def test_findings_weigh_more_than_a_page_that_could_not_be_audited() -> None:
    assert main(["check", "bad.md", "spanish.md"]) == 1


def test_fail_on_never_lets_findings_pass() -> None:
    assert main(["check", "--fail-on", "never", "bad.md"]) == 0


def test_only_chosen_findings_gate(capsys: Captured) -> None:
    assert main(["check", "--select", "safety/replaces-care", "--format", "json", "bad.md"]) == 0
    page = json.loads(capsys.readouterr().out)["audits"][0]
    assert page["claims"] and not page["findings"]


def test_a_family_can_be_ignored(capsys: Captured) -> None:
    main(["check", "--ignore", "sense,promo/nourish", "--format", "json", "bad.md"])
    rules = {finding["rule"] for finding in json.loads(capsys.readouterr().out)["audits"][0]["findings"]}
    assert not any(rule.startswith("sense/") or rule == "promo/nourish" for rule in rules)


# ---- wrong use


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "name a file"),
        (["check", "gone.md"], "gone.md"),
        (["check", "--format", "jsn", "bad.md"], "did you mean “json”?"),
        (["check", "--format", "html:", "bad.md"], "names no file"),
        (["check", "--format", "json", "--format", "text", "bad.md"], "two reports would go to standard output"),
        (["check", "--format", "json:x", "--format", "html:x", "bad.md"], "two reports would go to"),
        (["check", "--format", "json:bad.md", "bad.md"], "would overwrite it"),
        (["check", "--format", "json:no/such/x.json", "bad.md"], "there is no folder no/such"),
        (["check", "--format", "json:.", "bad.md"], "is a folder"),
        (["check", "--select", "promo/cured", "bad.md"], "did you mean “promo/cure”?"),
        (["check", "--ignore", "zzz", "bad.md"], "no rule is called “zzz”"),
        (["check", "--fail-on", "sometimes", "bad.md"], "sometimes"),
        (["check", "--nonsense", "bad.md"], "--nonsense"),
        (["chek", "bad.md"], "chek"),
        (["report", "gone.json"], "gone.json: cannot be read"),
        (["report", "bad.md"], "bad.md: is not a JSON report"),
        (["explain"], "name a rule"),
        (["explain", "promo/cured"], "did you mean “promo/cure”?"),
        (["reference", "show", "zzz"], "no reference is called “zzz”"),
        (["reference", "validate", "gone"], "gone"),
        (["check", "\x1b[31m.md"], "␛[31m.md"),
    ],
)
def test_wrong_use_gives_2_and_one_line(pages: Path, capsys: Captured, arguments: list[str], said: str) -> None:
    assert main(arguments) == 2
    assert said in told(capsys)
    assert pages.joinpath("bad.md").read_text(encoding="utf-8") == BAD


def test_a_bad_reference_set_gives_2_and_names_file_and_field(pages: Path, capsys: Captured) -> None:
    folder = pages / "set"
    folder.mkdir()
    folder.joinpath("thoracic.toml").write_text('topic = "t"\n[[reference]]\nid = "t1"\n', encoding="utf-8")
    assert main(["reference", "validate", str(folder)]) == 2
    assert "thoracic.toml: t1: " in told(capsys)


def test_a_file_that_cannot_be_written_gives_2(capsys: Captured) -> None:
    long = "x" * 300
    assert main(["check", "--format", f"json:{long}", "good.md"]) == 2
    assert "cannot be written" in told(capsys)


# ---- what goes where


def test_json_is_all_that_stands_on_standard_output() -> None:
    done = program("check", "--format", "json", "--exit-zero", "-v", "bad.md", "good.md", "spanish.md")
    body = json.loads(done.stdout)
    jsonschema.validate(body, SCHEMA)
    assert [entry["status"] for entry in body["audits"]] == ["ok", "ok", "skipped"]
    assert "warning: spanish.md: skipped" in done.stderr


def test_quiet_is_quiet(capsys: Captured) -> None:
    main(["check", "-q", "--format", "json", "spanish.md"])
    assert capsys.readouterr().err == ""


def test_every_format_can_be_written_at_once(pages: Path, capsys: Captured) -> None:
    assert main(["check", "--format", "json:run.json", "--format", "html:run.html", "--format", "text", "bad.md"]) == 1
    assert "Errors" in capsys.readouterr().out
    assert pages.joinpath("run.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in pages.glob("*run.*")) == ["run.html", "run.json"]


def test_a_saved_run_renders_as_the_run_did(pages: Path, capsys: Captured) -> None:
    main(["check", "--format", "json:run.json", "--format", "html:first.html", "--format", "text", "bad.md"])
    first = capsys.readouterr().out
    pages.joinpath("bad.md").unlink()
    assert main(["report", "run.json", "--format", "html:second.html", "--format", "text"]) == 0
    assert capsys.readouterr().out == first
    assert pages.joinpath("first.html").read_bytes() == pages.joinpath("second.html").read_bytes()


def test_the_page_on_standard_input_goes_by_the_name_it_is_given() -> None:
    text = "Nerve root is a [natural](x) substance"  # in plain text, brackets are brackets
    done = program("check", "-", "--stdin-filename", "drafts/root.txt", "--format", "json", input=text)
    audit = json.loads(done.stdout)["audits"][0]
    assert audit["input"] == "drafts/root.txt"
    assert audit["blocks"][0]["text"] == text


def test_a_nameless_page_that_cannot_be_read_goes_by_its_name_too() -> None:
    done = program("check", "-", "--stdin-filename", "root.html", "--format", "json", input="")
    assert json.loads(done.stdout)["audits"][0]["input"] == "root.html"


def test_a_list_of_inputs_is_audited(pages: Path) -> None:
    pages.joinpath("inputs.lst").write_text("good.md\n")
    assert main(["check", "@inputs.lst"]) == 0


def test_standard_input_is_audited() -> None:
    done = program("check", "-", "--format", "json", input=BAD)
    assert json.loads(done.stdout)["audits"][0]["input"] == "-"
    assert done.returncode == 1


def test_a_folder_means_the_pages_in_it(capsys: Captured) -> None:
    main(["check", ".", "--format", "json"])
    inputs = [Path(entry["input"]).name for entry in json.loads(capsys.readouterr().out)["audits"]]
    assert inputs == ["bad.md", "good.md", "spanish.md"]


def test_offline_fetches_nothing(capsys: Captured) -> None:
    assert main(["check", "--offline", "https://example.org/"]) == 3
    assert "[fetch/offline]" in capsys.readouterr().out


def test_a_device_can_be_written_to_and_stays_a_device() -> None:
    assert main(["check", "--format", f"json:{os.devnull}", "good.md"]) == 0
    assert not Path(os.devnull).is_file()


def test_colour_is_used_only_when_asked_for(capsys: Captured) -> None:
    main(["check", "bad.md"])
    assert "\x1b" not in capsys.readouterr().out
    main(["check", "--color", "always", "bad.md"])
    assert "\x1b[1;31m" in capsys.readouterr().out


def test_a_reader_who_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} {ROOT / 'audit.py'} explain --all | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, timeout=60)
    assert done.stderr == "" and done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_an_interruption_gives_130_without_a_traceback() -> None:
    program = ROOT / "audit.py"
    process = started(sys.executable, program, "check", "-", stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(2)  # by then it waits for the page on its standard input
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.strip() == "interrupted"


# ---- help, rules, references


def test_explain_tells_a_rule_from_its_file(capsys: Captured) -> None:
    assert main(["explain", "promo/cure"]) == 0
    out = capsys.readouterr().out
    assert all(label in out for label in ("promo/cure  (error)", "Why", "Basis", "Instead", "Flags", "Allows"))


def test_explain_tells_a_family_and_all_rules(capsys: Captured) -> None:
    from claims.rules.load import rule_set

    assert main(["explain", "sense"]) == 0
    assert capsys.readouterr().out.count("\n  Why ") == sum(id.startswith("sense/") for id in rule_set().rules)
    assert main(["explain", "--all"]) == 0
    assert capsys.readouterr().out.count("\n  Why ") == len(rule_set().rules)


def test_references_are_listed_shown_and_validated(capsys: Captured) -> None:
    from claims.references import reference_set

    found = reference_set()
    assert main(["reference", "list"]) == 0
    ids = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert ids == list(found.references)
    assert main(["reference", "show", ids[0]]) == 0
    assert ids[0] in capsys.readouterr().out
    assert main(["reference", "validate"]) == 0
    assert found.sha256 in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["explain", "--all"],
        ["reference", "list"],
        ["report", "run.json"],
    ],
)
def test_these_commands_never_load_spacy(pages: Path, arguments: list[str]) -> None:
    pages.joinpath("run.json").write_text(EMPTY_RUN, encoding="utf-8")
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import audit; code = audit.main({arguments!r})\n"
    script += "assert code == 0, code; assert not {'spacy', 'requests', 'bs4'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


EMPTY_RUN = json.dumps(
    {
        "schema_version": "1",
        "complete": True,
        "tool": {
            "name": "health-claim-auditor",
            "version": "0.1.0",
            "language_model": "none",
            "reference_set": {"version": "1", "sha256": "", "claims": 0},
            "rules_sha256": "",
        },
        "audits": [],
        "references": {},
    }
)
