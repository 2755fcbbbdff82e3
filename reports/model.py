"""The JSON report, version 1, as values: every other format is rendered from these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from auditor.model import FactKind, Role
from claims.model import BlockKind, Certainty, Sense, Severity, Stance, Status, Strength, Topic, Verdict

AND = "; "  # between the names of reviewers who decided the same


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ReferenceSetInfo(_Entry):
    """Which reference set a run was judged by; `claims` is how many reference claims it holds."""

    version: str
    sha256: str
    claims: int = Field(ge=0)


class ToolInfo(_Entry):
    """What made a report: enough to tell whether two runs can be compared."""

    name: str
    version: str
    language_model: str
    reference_set: ReferenceSetInfo
    rules_sha256: str


class BlockEntry(_Entry):
    """A block of an article in its place; `path` is a CSS path, empty for plain formats, `line` counts from 1."""

    kind: BlockKind
    text: str
    path: str
    line: int
    role: Role = Role.CORE
    """Furniture of the site keeps its place, and is not judged."""
    fragment: str | None = None
    """The text directive that lands on the block: the page's address, `#`, and it."""
    header: str | None = None
    """What heads a table cell's row and column."""
    origin: str | None = None
    """Where text comes from that the page does not show, such as `json-ld articleBody`."""


class FactEntry(_Entry):
    """Something that a page says of itself, and where: `meta author`, `json-ld reviewedBy`, or a CSS path."""

    fact: FactKind
    value: str
    origin: str


class EvidenceEntry(_Entry):
    """A reference that speaks to a claim; its statement and sources stand in `references`."""

    reference: str
    status: Status
    certainty: Certainty


class ClaimEntry(_Entry):
    """A claim and its verdict. `start` and `end` are code points into the text of block number `block`."""

    id: str
    block: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    topic: Topic
    sense: Sense
    stance: Stance
    strength: Strength
    verdict: Verdict
    confidence: float = Field(ge=0, le=1)
    because: str
    evidence: tuple[EvidenceEntry, ...]
    suggestion: str | None


class SuppressionEntry(_Entry):
    """That a reviewer decided a finding to be a false alarm: who, why, and until which day (null: for good)."""

    by: str
    reason: str
    expires: date | None


class ConfirmationEntry(_Entry):
    """That a reviewer decided a finding to be right: who, when (RFC 3339), and what was noted."""

    by: str
    at: str
    note: str


class FindingEntry(_Entry):
    """Something to mend. `block`, `start` and `end` are null where it is about the whole page.

    A `suppressed` one is a false alarm by a reviewer's decision: it is shown as such, and never counts as an alarm.
    """

    rule: str
    severity: Severity
    message: str
    block: int | None = Field(ge=0)
    start: int | None = Field(ge=0)
    end: int | None = Field(ge=0)
    quote: str
    claim: str | None
    suggestion: str | None
    fingerprint: str
    suppressed: SuppressionEntry | None = None
    confirmed: ConfirmationEntry | None = None


class AuditEntry(_Entry):
    """One audited page: `input` is the path or URL as given, `url` the final one (null for a file)."""

    input: str
    url: str | None
    status: Literal["ok"]
    title: str | None
    language: str | None
    author: str | None
    published: str | None
    fetched_at: str | None
    text_sha256: str
    blocks: tuple[BlockEntry, ...]
    claims: tuple[ClaimEntry, ...]
    findings: tuple[FindingEntry, ...]
    about: tuple[FactEntry, ...] = ()
    robots: tuple[str, ...] = ()
    """What the page or its server says to robots, such as `noindex`."""

    @property
    def alarms(self) -> tuple[FindingEntry, ...]:
        """The findings that no reviewer decided to be a false alarm."""
        return tuple(finding for finding in self.findings if not finding.suppressed)

    @property
    def suppressed(self) -> tuple[FindingEntry, ...]:
        """The findings that a reviewer decided to be false alarms."""
        return tuple(finding for finding in self.findings if finding.suppressed)

    @model_validator(mode="after")
    def _every_place_is_in_the_text(self) -> Self:
        entries: tuple[ClaimEntry | FindingEntry, ...] = (*self.claims, *self.findings)
        for entry in entries:
            place = (entry.block, entry.start, entry.end)
            if place != (None, None, None) and not _within(self.blocks, *place):
                raise ValueError(f"“{entry.quote[:40]}” stands at {place}, which is not in the blocks")
        return self


def _within(blocks: tuple[BlockEntry, ...], block: int | None, start: int | None, end: int | None) -> bool:
    if block is None or start is None or end is None or block >= len(blocks):
        return False
    return start <= end <= len(blocks[block].text)


class ReasonEntry(_Entry):
    """Why a page was not audited: a code, and one line for a person."""

    code: str
    message: str


class MissEntry(_Entry):
    """A page that was not audited, because."""

    input: str
    status: Literal["skipped", "failed"]
    reason: ReasonEntry


class SourceEntry(_Entry):
    """A cited work. `verified` is false where nobody here saw it; `fit` tells whether it tests the statement."""

    author: str
    title: str
    year: int | None
    identifier: str
    verified: bool
    seen_at: str | None
    note: str | None
    fit: Literal["direct", "indirect", "context-only"]


class ReferenceEntry(_Entry):
    """A cited reference claim; `wording` is the strongest that the evidence bears."""

    statement: str
    status: Status
    certainty: Certainty
    wording: str
    sources: tuple[SourceEntry, ...]


Entry = Annotated[AuditEntry | MissEntry, Field(discriminator="status")]


class Report(_Entry):
    """Everything one run found. `references` holds those that a claim cites, and no others."""

    schema_version: Literal["1"]
    complete: bool
    """False where the run was cut short."""
    tool: ToolInfo
    audits: tuple[Entry, ...]
    references: Mapping[str, ReferenceEntry]

    @property
    def audited(self) -> tuple[AuditEntry, ...]:
        """The pages that were audited."""
        return tuple(entry for entry in self.audits if isinstance(entry, AuditEntry))

    @property
    def missed(self) -> tuple[MissEntry, ...]:
        """The pages that were not, each with its reason."""
        return tuple(entry for entry in self.audits if isinstance(entry, MissEntry))

    @property
    def findings(self) -> Iterator[FindingEntry]:
        """Every finding of every page, in order."""
        return (finding for audit in self.audited for finding in audit.findings)

    @property
    def alarms(self) -> Iterator[FindingEntry]:
        """Every finding that is not suppressed, in order."""
        return (finding for audit in self.audited for finding in audit.alarms)

    @property
    def suppressed(self) -> Iterator[FindingEntry]:
        """Every finding that is, in order."""
        return (finding for audit in self.audited for finding in audit.suppressed)
