"""Audits labelled pages, just as their files would be audited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.evaluation.gold import GoldPage
from auditor.model import Outcome
from auditor.pipeline import audit_of


def outcomes_of(pages: Iterable[GoldPage]) -> Iterator[Outcome]:
    """The outcome of every page under its id, in order and one at a time; a text is audited as a Markdown file."""
    with TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            yield replace(audit_of(_file_of(page, Path(folder, f"{number}.md"))), source=page.id)


def _file_of(page: GoldPage, place: Path) -> str:
    if page.file is not None:
        return page.file
    place.write_text(page.text or "", encoding="utf-8", newline="")
    return str(place)
