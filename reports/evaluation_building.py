"""Turns labelled pages and their audits into the report of an evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from auditor.evaluation.bootstrap import LEVEL, RESAMPLES
from auditor.evaluation.evaluating import figures_of
from reports.evaluation_model import BootstrapInfo, EvaluationReport
from reports.tool import tool_info

if TYPE_CHECKING:
    from auditor.evaluation.gold import GoldSet
    from auditor.model import Outcome


def evaluation_of(gold: GoldSet, outcomes: Iterable[Outcome], seed: int) -> EvaluationReport:
    """The report on these pages and their outcomes, which are in the same order."""
    figures = figures_of(gold.pages, outcomes, seed)
    bootstrap = BootstrapInfo(seed=seed, resamples=RESAMPLES, level=LEVEL)
    return EvaluationReport(schema_version="1", tool=tool_info(), gold=gold.files, bootstrap=bootstrap, figures=figures)
