"""Many pages as a folder: an index, and one file a page behind it, written as they come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reports.errors import BadTarget
from reports.html_index import Gathered, index_pages
from reports.html_parts import parts_of
from reports.html_report import MOST_BYTES, MOST_FINDINGS, Around, page
from reports.html_rows import IndexRow, row_of
from reports.look import Look
from reports.model import AuditEntry, MissEntry, ReferenceEntry, Report
from reports.plain import harmless, slug
from reports.targets import write
from reports.version import NAME

_PAGES, _BACK = "pages", "../index.html"


def write_site(reports: Report | Iterable[Report], folder: Path, look: Look | None = None) -> Path:
    """Writes the folder and gives the path of its index; reports are taken one at a time, and no text is kept.

    Raises `BadTarget` where the folder cannot be written, or holds an index.html that is not of this program.
    """
    look = look or Look()
    _prepare(folder)
    gathered = _written([reports] if isinstance(reports, Report) else reports, folder, look)
    for name, text in index_pages(gathered, look):
        write(folder / name, text)
    return folder / "index.html"


def is_free(folder: Path) -> bool:
    """True where writing a site would overwrite nothing but an older one of ours."""
    index = folder / "index.html"
    if not index.exists():
        return True
    return index.is_file() and f'name="generator" content="{NAME} '.encode() in index.read_bytes()[:4000]


def _prepare(folder: Path) -> None:
    try:
        if not is_free(folder):
            raise BadTarget(f"{folder}: holds an index.html that is no report of this program; name another folder")
        (folder / _PAGES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadTarget(f"{folder}: cannot be written: {error.strerror or error}") from error


def _written(reports: Iterable[Report], folder: Path, look: Look) -> Gathered:
    rows: list[IndexRow] = []
    missed: list[MissEntry] = []
    complete, tool = True, None
    names = _Names()
    for report in reports:
        complete, tool = complete and report.complete, tool or harmless(report.tool)
        missed += (harmless(miss) for miss in report.missed)
        for audit in report.audited:
            files = tuple(_files_of(audit, report, names.of(audit), look))
            for name, text in files:
                write(folder / _PAGES / name, text)
            rows.append(row_of(audit, tuple(f"{_PAGES}/{name}" for name, _ in files)))
    return Gathered(tuple(rows), tuple(missed), complete, tool)


class _Names:
    """Names files by what is audited, so that a page keeps its address from run to run."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, audit: AuditEntry) -> str:
        mark = hashlib.sha256(audit.input.encode()).hexdigest()[:8]
        name = f"{slug(audit.input.removeprefix('https://').removeprefix('http://'), 60) or 'page'}-{mark}"
        while name in self._given:
            name += "-again"
        self._given.add(name)
        return name


def _files_of(audit: AuditEntry, report: Report, name: str, look: Look) -> Iterator[tuple[str, str]]:
    """The files of a page, name and text: one, or as many as keep each below what opens at once."""

    def text_of(part: AuditEntry) -> str | None:
        if len(part.findings) > MOST_FINDINGS and len(part.blocks) > 1:
            return None
        text = page(_report_on(part, report), look, Around(_BACK))
        return text if len(text.encode()) <= MOST_BYTES or len(part.blocks) <= 1 else None

    parts = list(parts_of(audit, text_of))
    if len(parts) == 1:
        yield f"{name}.html", parts[0][1]
        return
    files = tuple(f"{name}-{number}.html" for number in range(1, len(parts) + 1))
    for number, (part, _) in enumerate(parts, 1):
        yield files[number - 1], page(_report_on(part, report), look, Around(_BACK, files, number))


def _report_on(audit: AuditEntry, report: Report) -> Report:
    cited = {evidence.reference for claim in audit.claims for evidence in claim.evidence}
    references: Mapping[str, ReferenceEntry] = {id: each for id, each in report.references.items() if id in cited}
    return report.model_copy(update={"audits": (audit,), "references": references, "complete": True})
