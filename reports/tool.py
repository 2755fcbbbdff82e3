"""Which versions a report was made with."""

from __future__ import annotations

from claims.language import model_name
from claims.references import reference_set
from claims.rules.load import rule_set
from reports.model import ReferenceSetInfo, ToolInfo
from reports.version import NAME, version


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
