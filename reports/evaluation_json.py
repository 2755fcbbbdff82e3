"""An evaluation as JSON."""

from __future__ import annotations

import json
from typing import Any

from reports.evaluation_model import EvaluationReport
from reports.look import Look


def render(report: EvaluationReport, look: Look) -> str:
    """The evaluation as JSON with all its misses, the same for the same pages, tool and seed."""
    del look  # JSON looks the same everywhere
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON schema of an evaluation."""
    body = EvaluationReport.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body}
