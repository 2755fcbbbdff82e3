"""Cuts a page that is too much for one file into parts, between its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from reports.model import AuditEntry, ClaimEntry, FindingEntry

_Placed = TypeVar("_Placed", ClaimEntry, FindingEntry)


def parts_of(audit: AuditEntry, text_of: Callable[[AuditEntry], str | None]) -> Iterator[tuple[AuditEntry, str]]:
    """The parts of a page with their texts, in order: as few halvings as make `text_of` content with each.

    `text_of` gives None for too much; it must be content with a single block, which is never cut.
    """
    text = text_of(audit)
    if text is not None:
        yield audit, text
        return
    cut = _middle(audit)
    yield from parts_of(_between(audit, 0, cut), text_of)
    yield from parts_of(_between(audit, cut, len(audit.blocks)), text_of)


def _middle(audit: AuditEntry) -> int:
    """The block before which to cut, so that either side has about half of what is to be shown."""
    weights = [2 + len(block.text) / 500 for block in audit.blocks]
    entries: tuple[ClaimEntry | FindingEntry, ...] = (*audit.claims, *audit.findings)
    for entry in entries:
        if entry.block is not None:
            weights[entry.block] += 3
    so_far, half = 0.0, sum(weights) / 2
    for index, weight in enumerate(weights):
        so_far += weight
        if so_far >= half:
            return min(max(index, 1), len(weights) - 1)
    return 1


def _between(audit: AuditEntry, first: int, end: int) -> AuditEntry:
    """The blocks from `first` to before `end` with what stands in them; findings about the page go with block 0."""
    return audit.model_copy(
        update={
            "blocks": audit.blocks[first:end],
            "claims": tuple(_moved(claim, first) for claim in audit.claims if first <= claim.block < end),
            "findings": tuple(
                _moved(finding, first)
                for finding in audit.findings
                if (first == 0 if finding.block is None else first <= finding.block < end)
            ),
        }
    )


def _moved(entry: _Placed, by: int) -> _Placed:
    return entry if entry.block is None else entry.model_copy(update={"block": entry.block - by})
