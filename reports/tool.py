"""Which versions a report was made with."""

from __future__ import annotations

from typing import Any

from claims.data import HERE, sha256_of
from claims.language import model_name
from claims.references import reference_set
from claims.rules.load import rule_set
from reports.model import ReferenceSetInfo, ToolInfo
from reports.version import NAME, version


def judges() -> dict[str, Any]:
    """Everything that a verdict hangs on: what `tool_info` tells, and the hash of all knowledge and weights."""
    knowledge = (path for kind in ("toml", "json", "npz") for path in HERE.rglob(f"*.{kind}"))
    return {"tool": tool_info().model_dump(mode="json"), "knowledge_sha256": sha256_of(knowledge)}


def tool_info() -> ToolInfo:
    """The program, the language model, the reference set and the rules that judge here and now."""
    found = reference_set()
    return ToolInfo(
        name=NAME,
        version=version(),
        language_model=model_name(),
        reference_set=ReferenceSetInfo(version=found.version, sha256=found.sha256, claims=len(found.references)),
        rules_sha256=rule_set().sha256,
    )
