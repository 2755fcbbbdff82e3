"""Puts the decisions of several files together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.decisions import DecisionEntry, DecisionFile
from reports.review.settling import Subject, by_subject


@dataclass(frozen=True, slots=True)
class Merged:
    """All decisions, one of each reviewer on each finding, and those that a later one of the same reviewer replaced."""

    decisions: tuple[DecisionEntry, ...]
    replaced: tuple[DecisionEntry, ...]

    @property
    def file(self) -> DecisionFile:
        """The decisions as a file."""
        return DecisionFile(schema_version="1", decisions=self.decisions)

    @property
    def differing(self) -> tuple[tuple[DecisionEntry, ...], ...]:
        """The decisions on each finding on which reviewers differ."""
        groups = by_subject(self.decisions).values()
        return tuple(group for group in groups if len({entry.decision for entry in group}) > 1)


def merged(files: Iterable[DecisionFile]) -> Merged:
    """The decisions of the files together; of two by one reviewer on one finding, the one decided later stands."""
    standing: dict[tuple[Subject, str], DecisionEntry] = {}
    replaced: list[DecisionEntry] = []
    for entry in (entry for file in files for entry in file.decisions):
        key = (entry.subject, entry.reviewer)
        older, newer = sorted((standing.get(key, entry), entry), key=lambda each: each.decided_at)
        standing[key] = newer
        replaced += [older] if older != newer else []
    return Merged(tuple(standing.values()), tuple(replaced))
