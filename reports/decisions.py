"""What reviewers decided on findings: `decisions.json`, version 1, read and checked."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from claims.errors import faults_in
from reports.errors import UnreadableDecisions


class Decision(StrEnum):
    """What a reviewer made of a finding."""

    CONFIRM = "confirm"
    FALSE_ALARM = "false-alarm"
    NEEDS_EXPERT = "needs-expert"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class DecisionEntry(_Entry):
    """One reviewer's decision on one finding; a false alarm has its reason in `note`."""

    fingerprint: str = Field(min_length=1)
    rule: str = Field(min_length=1)
    input: str
    """The page as it was named when it was audited."""
    quote: str
    """Empty where the finding is about the whole page."""
    decision: Decision
    reviewer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    note: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    decided_at: AwareDatetime
    expires: date | None = None
    """The last day on which the decision counts; null where it counts for good."""
    report: str | None = None
    """The SHA-256 of the report in which it was decided."""

    @model_validator(mode="after")
    def _a_false_alarm_has_a_reason(self) -> Self:
        if self.decision is Decision.FALSE_ALARM and not self.note:
            raise ValueError("note: a false alarm needs its reason")
        return self

    @property
    def subject(self) -> tuple[str, str]:
        """The finding it is about. All pages share the fingerprint of a finding about the whole page, so that such a
        one is known by its page too."""
        return self.fingerprint, "" if self.quote else self.input

    def is_expired(self, today: date) -> bool:
        """True where the decision no longer counts."""
        return self.expires is not None and self.expires < today


class DecisionFile(_Entry):
    """The record of a review; no reviewer decides on the same finding twice."""

    schema_version: Literal["1"]
    decisions: tuple[DecisionEntry, ...]

    @model_validator(mode="after")
    def _one_decision_for_each_reviewer(self) -> Self:
        seen: dict[tuple[tuple[str, str], str], int] = {}
        for number, entry in enumerate(self.decisions, 1):
            key = (entry.subject, entry.reviewer)
            if key in seen:
                raise ValueError(
                    f"decisions.{number}: {entry.reviewer} decided on {entry.fingerprint} in decisions.{seen[key]} "
                    "too; keep one"
                )
            seen[key] = number
        return self


def decisions_at(path: str) -> DecisionFile:
    """The decisions in a file; raises `UnreadableDecisions`, on one line, where there are none."""
    try:
        return decisions_from(Path(path).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise UnreadableDecisions(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, UnreadableDecisions) as error:
        raise UnreadableDecisions(f"{path}: {error}") from error


def decisions_from(text: str) -> DecisionFile:
    """The decisions in a text; raises `UnreadableDecisions`, naming entry and field, for anything else."""
    try:
        version = json.loads(text).get("schema_version")
    except (ValueError, AttributeError, RecursionError) as error:
        raise UnreadableDecisions("is not a file of decisions; the HTML report exports one") from error
    if version != "1":
        raise UnreadableDecisions(f"schema_version is {json.dumps(version)[:40]}; this program reads “1”")
    try:
        return DecisionFile.model_validate_json(text)
    except ValidationError as error:
        raise UnreadableDecisions(next(faults_in(error))) from error


def decisions_text(decisions: DecisionFile) -> str:
    """The file as it is written: the same for the same decisions."""
    return json.dumps(decisions.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON schema of a file of decisions."""
    body = DecisionFile.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body}
