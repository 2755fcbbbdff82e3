"""What the commands of `audit.py review` read and write."""

from __future__ import annotations

from collections.abc import Sequence

from reports.decisions import decisions_at, decisions_text
from reports.json_report import report_at
from reports.review.applying import Applied, applied
from reports.review.merging import merged
from reports.review.summary import summary
from reports.targets import file_at, write


def merged_files(files: Sequence[str], output: str | None, width: int) -> str:
    """The summary of all decisions together, which are written to `output` where it is named.

    Raises `UnreadableDecisions` for a file that has none, and `BadTarget` where the output cannot be written.
    """
    together = merged(decisions_at(file) for file in files)
    if output:
        write(file_at(output, files), decisions_text(together.file))
    return summary(together, width)


def applied_files(decisions: str, run: str, suppressions: str | None, gold: str | None) -> Applied:
    """What the decisions make of a saved report, written to the files that are named.

    Raises `UnreadableDecisions`, `UnreadableReport` and `BadTarget`.
    """
    found = applied(decisions_at(decisions).decisions, report_at(run))
    inputs = [decisions, run]
    if suppressions:
        write(file_at(suppressions, inputs), found.suppressions)
    if gold:
        write(file_at(gold, [*inputs, suppressions or ""]), found.gold)
    return found
