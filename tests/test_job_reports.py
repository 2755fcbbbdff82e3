"""A job folder opens in the tools of researchers, and its tables are what the documents say."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest

from audit import main
from auditor.scanning.inputs import places_named
from auditor.scanning.job import job_at
from reports.job_tables.reading import Name, tables
from tests.scans import rows_of, scan_into

ROOT = Path(__file__).parents[1]
Captured = pytest.CaptureFixture[str]
SAID = "Nerve root is a natural substance that nourishes the nervous system. One visit cures sciatica for good."
FORMULA = "=HYPERLINK(&quot;https://example.org&quot;) cures every slipped disc for good."


def html(text: str) -> str:
    head = "<!doctype html><html lang=en><head><title>Page</title></head>"
    return f"{head}<body><article><p>{text}</p></article></body></html>"


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two copies, a page with a formula, one off topic, one that is missing."""
    from reports.tool import judges

    folder = tmp_path_factory.mktemp("job")
    for name, text in (("a", SAID), ("b", SAID), ("c", FORMULA), ("d", "Rain fell on the harbour all night.")):
        (folder / f"{name}.html").write_text(html(text), encoding="utf-8")
    (folder / "e.html").write_text("", encoding="utf-8")
    places = list(places_named([str(folder)]))
    scan_into(folder / "job", places, judges=judges())
    return folder / "job"


def written(job: Path, format: str, folder: Path) -> Path:
    assert main(["report", str(job), "--format", f"{format}:{folder}"]) == 0
    return folder


def table(folder: Path, format: str, name: str) -> list[dict[str, Any]]:
    path = folder / f"{name}.{format}"
    if format == "parquet":
        return list(duckdb.sql(f"SELECT * FROM '{path}'").df().to_dict("records"))
    if format == "jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("name", list(Name))
def test_a_table_has_the_columns_that_are_documented_and_every_row(
    job: Path, tmp_path: Path, format: str, name: Name
) -> None:
    rows = table(written(job, format, tmp_path), format, name)
    known = tables()[name]
    assert list(rows[0]) == [column.name for column in known.columns]
    store = job_at(job)
    assert len(rows) == len(list(known.rows(store)))
    store.close()


def test_every_page_stands_in_the_table_with_its_state_and_its_group(job: Path, tmp_path: Path) -> None:
    rows = table(written(job, "jsonl", tmp_path), "jsonl", "pages")
    assert [(Path(row["input"]).stem, row["state"], row["reason"]) for row in rows] == [
        ("a", "done", None),
        ("b", "done", None),
        ("c", "done", None),
        ("d", "done", None),
        ("e", "failed", "read/empty"),
    ]
    original, copy = rows[:2]
    assert (copy["text_group"], copy["is_copy"], copy["likeness"]) == (original["page"], True, 1.0)
    assert copy["claims"] == original["claims"] > 0
    assert rows[3]["on_topic"] is False


def test_no_cell_of_a_csv_table_is_a_formula(job: Path, tmp_path: Path) -> None:
    quotes = [row["quote"] for row in table(written(job, "csv", tmp_path), "csv", "claims")]
    assert any(quote.startswith("'=HYPERLINK") for quote in quotes)
    assert not any(quote.startswith("=") for quote in quotes)


def test_a_manifest_says_what_the_files_hold(job: Path, tmp_path: Path) -> None:
    manifest = json.loads((written(job, "csv", tmp_path) / "manifest.json").read_text("utf-8"))
    for name, file in manifest["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == file["sha256"]
    assert manifest["files"]["pages.csv"]["rows"] == sum(manifest["pages"].values()) == 5
    assert manifest["tool"]["reference_set"]["sha256"]
    assert manifest["runs"][0]["ended_at"]
    assert sum(manifest["claims"].values()) == manifest["files"]["claims.csv"]["rows"]


def test_a_report_that_goes_to_files_says_where_they_are(
    job: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(job, "csv", tmp_path / "tables")
    assert f"{tmp_path / 'tables'}: csv written" in capsys.readouterr().err
    main(["report", str(job), "--format", f"csv:{tmp_path / 'tables'}", "--quiet"])
    assert not capsys.readouterr().err


def test_the_lines_in_the_readme_open_a_job(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's own code, run where its job lies."""
    readme = (ROOT / "README.md").read_text("utf-8")
    (code,) = re.findall(r"<!-- job -->\n```python\n(.*?)```", readme, re.DOTALL)
    main(["report", str(job), "--format", "parquet"])
    monkeypatch.chdir(job.parent)
    found: dict[str, Any] = {}
    exec(code, found)
    assert isinstance(found["by_site"], pandas.DataFrame)
    assert len(found["pages"]) == 5
    assert found["claims"]["verdict"].notna().all()


def test_a_summary_counts_pages_claims_and_rules(job: Path, capsys: Captured) -> None:
    assert main(["report", str(job)]) == 0
    said = capsys.readouterr().out
    assert "5 pages: 4 done, 1 failed" in said
    assert "read/empty" in said
    assert "sense/nerve-root-as-substance" in said
    assert "on 2 pages" in said


def test_a_site_for_reviewers_has_every_page_that_was_audited_once(job: Path, tmp_path: Path) -> None:
    index = (written(job, "html", tmp_path / "site") / "index.html").read_text("utf-8")
    assert len(list((tmp_path / "site/pages").iterdir())) == 3
    assert "read/empty" in index


def test_sarif_of_a_job_is_one_log(job: Path, capsys: Captured) -> None:
    assert main(["report", str(job), "--format", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    findings = rows_of(job, "SELECT count(*) FROM findings")[0][0]
    assert sum(len(run["results"]) for run in log["runs"]) == findings > 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "markdown"], "a job is rendered as text, csv, jsonl, parquet, html, sarif"),
        (["--format", "csv:"], "names no place after the colon"),
    ],
)
def test_what_a_job_is_not_rendered_to_is_wrong_use(
    job: Path, arguments: list[str], told: str, capsys: Captured
) -> None:
    assert main(["report", str(job), *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_folder_without_a_job_is_wrong_use(tmp_path: Path, capsys: Captured) -> None:
    assert main(["report", str(tmp_path)]) == 2
    assert "holds no job" in capsys.readouterr().err
