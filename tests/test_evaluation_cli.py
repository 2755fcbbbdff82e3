"""`audit.py evaluate` keeps the promises of the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from audit import main

ROOT = Path(__file__).parents[1]
GOLD = str(ROOT / "tests/fixtures/evaluation/small.jsonl")
SCHEMA = json.loads(ROOT.joinpath("docs/evaluation.schema.json").read_text(encoding="utf-8"))
SPANISH = (
    "# Raíces nerviosas\n\nLas raíces nerviosas salen de la médula espinal y pasan por los agujeros de las vértebras. "
    "Cuando una raíz se comprime, el dolor puede bajar por la pierna hasta el pie.\n"
)

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(captured: Captured) -> str:
    said = captured.readouterr().err
    assert said.startswith("error: ") and said.count("\n") == 1, said
    return said


def test_labelled_pages_are_measured_in_every_format(folder: Path, capsys: Captured) -> None:
    assert main(["evaluate", GOLD, "--format", "text", "--format", "json:e.json", "--format", "html:e.html"]) == 0
    out = capsys.readouterr()
    assert "Headline figures" in out.out and "small.jsonl: 6 pages" in out.out and out.err == ""
    body = json.loads(folder.joinpath("e.json").read_text(encoding="utf-8"))
    jsonschema.validate(body, SCHEMA)
    assert body["figures"]["pages"] == body["gold"][0]["pages"] == 6
    assert folder.joinpath("e.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_same_command_gives_the_same_bytes(folder: Path) -> None:
    for name in ("one.json", "two.json"):
        assert main(["evaluate", GOLD, "--seed", "5", "--format", f"json:{name}"]) == 0
    assert folder.joinpath("one.json").read_bytes() == folder.joinpath("two.json").read_bytes()
    assert json.loads(folder.joinpath("one.json").read_text())["bootstrap"]["seed"] == 5


def test_a_page_that_could_not_be_audited_gives_3(folder: Path, capsys: Captured) -> None:
    line = {"id": "es", "text": SPANISH, "units": []}
    folder.joinpath("gold.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert main(["evaluate", "gold.jsonl"]) == 3
    assert "es: not audited, because the page is in Spanish" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate"], "name a file of labelled pages"),
        (["evaluate", "gone.jsonl"], "gone.jsonl: cannot be read: No such file"),
        (["evaluate", "."], ".: cannot be read"),
        (["evaluate", "bad.jsonl"], "bad.jsonl:2: units.1.verdict: “fine” is not one of"),
        (["evaluate", "empty.jsonl"], "empty.jsonl: no labelled page"),
        (["evaluate", "empty.jsonl", "--format", "sarif"], "no format is called “sarif”; choose from text, json, html"),
        (["evaluate", "empty.jsonl", "--format", "json:empty.jsonl"], "would overwrite it"),
        (["evaluate", "empty.jsonl", "--misses", "-1"], "--misses"),
        (["evaluate", "empty.jsonl", "--seed", "x"], "--seed"),
    ],
)
def test_wrong_use_gives_2_and_one_line(folder: Path, capsys: Captured, arguments: list[str], said: str) -> None:
    unit = {"quote": "Roots", "topic": "herb", "claim": True, "stance": "asserted", "verdict": "fine", "flags": []}
    page = {"id": "p", "text": "Roots", "units": [unit]}
    folder.joinpath("empty.jsonl").write_text("\n", encoding="utf-8")
    folder.joinpath("bad.jsonl").write_text("\n" + json.dumps(page), encoding="utf-8")
    assert main(arguments) == 2
    assert said in told(capsys)


@pytest.mark.parametrize("arguments", [["evaluate", "--help"], ["evaluate"], ["evaluate", "gone.jsonl"]])
def test_help_and_wrong_use_never_load_spacy(arguments: list[str]) -> None:
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import audit; audit.main({arguments!r})\n"
    script += "assert not {'spacy', 'requests', 'bs4'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
