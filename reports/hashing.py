"""The hash by which decisions name the report that they were made in."""

from __future__ import annotations

import hashlib
import json

from reports.model import Report


def report_sha256(report: Report) -> str:
    """The SHA-256 of the report as `--format json` writes it: that of the file, where it was saved."""
    text = json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
    return hashlib.sha256(text.encode()).hexdigest()
