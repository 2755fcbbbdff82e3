"""The reference set as text: a list of it, and each of its claims in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reports.building import reference_entry
from reports.layout import labelled
from reports.plain import shortened
from reports.wording import caveats, citation, locator, standing

if TYPE_CHECKING:
    from claims.references import Reference, ReferenceSet


def listed(references: Iterable[Reference], width: int) -> str:
    """One line a reference: its id, its status, its certainty and the beginning of its statement."""
    return "".join(_line(reference, width) + "\n" for reference in references)


def shown(reference: Reference, width: int) -> str:
    """All that the set holds on one matter, with its sources."""
    return "\n".join(_lines(reference, width)) + "\n"


def summed(found: ReferenceSet) -> str:
    """One line on the whole set: how many claims, which version, which hash."""
    return f"{len(found.references)} reference claims are sound: version {found.version}, sha256 {found.sha256}\n"


def _line(reference: Reference, width: int) -> str:
    head = f"{reference.id:<40} {reference.status.value:<11} {reference.certainty.value:<10} "
    return head + shortened(reference.statement, max(width - len(head), 30))


def _lines(reference: Reference, width: int) -> Iterator[str]:
    entry = reference_entry(reference)
    yield f"{reference.id}  ({reference.topic})"
    yield labelled("States", reference.statement, width)
    yield labelled("Standing", standing(entry), width)
    yield labelled("Bears", reference.wording, width)
    yield labelled("Fair", reference.fair_wording, width)
    yield labelled("Scope", reference.scope, width)
    if reference.urgent:
        yield labelled("Urgent", "readers come to harm who are told otherwise, however calmly", width)
    yield labelled("Reviewed", reference.reviewed.isoformat(), width)
    for source in entry.sources:
        said = "".join(f" ({caveat})" for caveat in caveats(source))
        seen = f" Seen at {source.seen_at}" if source.seen_at not in (None, locator(source)) else ""
        yield labelled("Source", f"{citation(source)}. {locator(source)}{said}.{seen}", width)
