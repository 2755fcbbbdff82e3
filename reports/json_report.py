"""The report as JSON, and back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reports.errors import UnreadableReport
from reports.look import Look
from reports.model import Report


def render(report: Report, look: Look) -> str:
    """The report as JSON, the same for the same run."""
    del look  # JSON looks the same everywhere
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def report_at(path: str) -> Report:
    """The saved report in a file, or on standard input for `-`; raises `UnreadableReport` where there is none."""
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return report_from(content.decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableReport(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, UnreadableReport) as error:
        raise UnreadableReport(f"{path}: {error}; make one with check --format json:FILE") from error


def report_from(text: str) -> Report:
    """A saved report; raises `UnreadableReport` for anything else."""
    try:
        version = json.loads(text).get("schema_version")
    except (ValueError, AttributeError, RecursionError) as error:
        raise UnreadableReport(f"is not a JSON report: {error}") from error
    if version != "1":
        raise UnreadableReport(f"schema_version is {json.dumps(version)[:40]}; this program reads “1”")
    try:
        return Report.model_validate_json(text)
    except ValidationError as error:
        raise UnreadableReport(next(_faults_in(error))) from error


def schema() -> dict[str, Any]:
    """The JSON schema of a report."""
    body = Report.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body}


def _faults_in(error: ValidationError) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in fault["loc"] if part not in ("ok", "skipped", "failed"))
        yield f"{place}: {fault['msg']}" if place else fault["msg"]
