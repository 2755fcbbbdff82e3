"""What a job folder is rendered to: its summary, its tables, a site for reviewers, SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model import Run
from auditor.scanning.querying import is_complete, outcomes_of
from auditor.scanning.store import Store
from auditor.scanning.summary import summary_of
from reports.building import report_of
from reports.errors import BadTarget, UnreadableReport
from reports.hinting import known
from reports.job_summary import text_of
from reports.job_tables.writing import FORMATS as TABLES
from reports.job_tables.writing import write_tables
from reports.look import Look
from reports.model import Report, ToolInfo
from reports.replacing import replaced
from reports.targets import Target

if TYPE_CHECKING:
    from claims.references import Reference
    from reports.decisions import DecisionEntry

JOB_FORMATS = ("text", *TABLES, "html", "sarif")
_IN_FOLDERS = {**dict.fromkeys(TABLES, "tables"), "html": "html"}
_RUN = 500  # pages to a run of SARIF, so that memory stays flat


def job_targets(texts: Sequence[str], job: Path) -> tuple[Target, ...]:
    """The targets of a job: tables and html go to a folder, by default one in the job's; the rest as `FORMAT[:FILE]`.

    Raises BadTarget for a format that a job is not rendered to.
    """
    return tuple(_target(text, job) for text in texts) or (Target("text", None),)


def _target(text: str, job: Path) -> Target:
    name, colon, place = text.partition(":")
    known("format", name, JOB_FORMATS, f"a job is rendered as {', '.join(JOB_FORMATS)}")
    if colon and not place:
        raise BadTarget(f"“{text}” names no place after the colon")
    if name in _IN_FOLDERS:
        return Target(name, Path(place) if place else job / _IN_FOLDERS[name], is_folder=True)
    return Target(name, Path(place) if place not in ("", "-") else None)


def delivered(store: Store, target: Target, look: Look, decisions: Sequence[DecisionEntry]) -> Iterator[str]:
    """Writes a job to its target; what belongs on standard output is given in pieces.

    Raises BadTarget where it cannot be written, UnreadableReport where the job cites what is no longer known.
    """
    if decisions and target.format not in ("html", "sarif"):
        raise BadTarget(f"--decisions: a job shows them in html and sarif, not in {target.format}")
    if target.path is None:
        yield from _pieces(store, target, look, decisions)
    elif target.format in TABLES:
        write_tables(store, target.format, target.path)
    elif target.format == "html":
        from reports.html_site import write_site

        write_site(reports_of(store, 1, decisions), target.path, look)
    else:
        _write(target.path, _pieces(store, target, look, decisions))


def reports_of(store: Store, pages: int, decisions: Sequence[DecisionEntry] = ()) -> Iterator[Report]:
    """The job as reports of so many pages each, one at a time, with what reviewers decided."""
    from claims.references import reference_set
    from reports.review.using import reviewed

    tool = ToolInfo.model_validate(json.loads(store.facts()["judges"])["tool"])
    complete, outcomes = is_complete(store), outcomes_of(store)
    while some := tuple(islice(outcomes, pages)):
        report = _report(Run(some, complete), tool, reference_set().references)
        yield reviewed(report, decisions)[0] if decisions else report


def _report(run: Run, tool: ToolInfo, references: Mapping[str, Reference]) -> Report:
    try:
        return report_of(run, tool, references)
    except KeyError as error:
        raise UnreadableReport(
            f"the job cites {error}, which the reference set no longer has; run the scan again to audit anew"
        ) from error


def _pieces(store: Store, target: Target, look: Look, decisions: Sequence[DecisionEntry]) -> Iterator[str]:
    if target.format == "text":
        yield text_of(summary_of(store), look.width)
    else:
        yield from _sarif(reports_of(store, _RUN, decisions), look)


def _sarif(reports: Iterable[Report], look: Look) -> Iterator[str]:
    """One log with a run for so many pages, as SARIF allows: no more than one of them is held at a time."""
    from reports import sarif_report

    before = f'{{"$schema": "{sarif_report.SCHEMA}", "version": "2.1.0", "runs": ['
    for report in reports:
        (run,) = json.loads(sarif_report.render(report, look))["runs"]
        yield before + "\n" + json.dumps(run, ensure_ascii=False)
        before = ","
    yield ("" if before == "," else before) + "\n]}\n"


def _write(path: Path, pieces: Iterator[str]) -> None:
    def write(fresh: Path) -> None:
        with fresh.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)

    try:
        replaced(path, write)
    except OSError as error:
        raise BadTarget(f"{path}: cannot be written: {error.strerror or error}") from error
