"""The JSON of an evaluation, version 1, as values: its other formats are rendered from these."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from auditor.evaluation.gold import GoldFile
from auditor.evaluation.model import Figures
from reports.model import ToolInfo


class BootstrapInfo(BaseModel):
    """How the intervals were made: percentiles of figures over resampled pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int
    resamples: int = Field(ge=1)
    level: float = Field(gt=0, lt=1)


class EvaluationReport(BaseModel):
    """How well the auditor did on labelled pages: which tool, which pages, and the figures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal["1"]
    tool: ToolInfo
    gold: tuple[GoldFile, ...]
    bootstrap: BootstrapInfo
    figures: Figures
