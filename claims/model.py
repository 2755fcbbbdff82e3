"""The values that pass between the steps of judging a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class BlockKind(StrEnum):
    """What a block of text is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    QUOTE = "quote"
    CAPTION = "caption"


class Sense(StrEnum):
    """What the words “nerve root” mean where they stand."""

    ANATOMY = "anatomy"
    HERB = "herb"
    SUBSTANCE = "substance"
    UNCLEAR = "unclear"


class Topic(StrEnum):
    """What a sentence is about."""

    NERVE_ROOT = "nerve-root"
    HERB = "herb"
    OTHER = "other"


class Stance(StrEnum):
    """Whose words a claim is in: the page's own, someone else's, or words it turns down."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    REJECTED = "rejected"


class Status(StrEnum):
    """What the evidence says of a reference claim."""

    SUPPORTED = "supported"
    MIXED = "mixed"
    UNSUPPORTED = "unsupported"
    REFUTED = "refuted"


class Certainty(StrEnum):
    """Certainty of a body of evidence, by GRADE; `definition` for names and anatomy."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    DEFINITION = "definition"


class Verdict(StrEnum):
    """How a claim stands to the reference set."""

    SUPPORTED = "supported"
    OVERSTATED = "overstated"
    UNSUPPORTED = "unsupported"
    REFUTED = "refuted"
    CATEGORY_ERROR = "category_error"
    UNVERIFIED = "unverified"
    NOT_JUDGED = "not_judged"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Strength(IntEnum):
    """How strongly a claim ties cause to effect (claim strength 0–3)."""

    NONE = 0
    ASSOCIATION = 1
    CONDITIONAL = 2
    DIRECT = 3


class Polarity(StrEnum):
    """Whether a frame says that something is so, that it is not, or that evidence for it is lacking."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    LACKING = "lacking"


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of text as `claims` sees it: what it is and what it says.

    One that is not `judged`, such as a menu, only keeps its number.
    """

    kind: BlockKind
    text: str
    judged: bool = True


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself, for the page rules; True where the page has it.

    `checkable` is False for plain text and Markdown without front matter, where the absence of an author, a date or
    sources proves nothing about the published page.
    """

    checkable: bool = False
    author: bool = False
    date: bool = False
    sources: bool = False
    selling: bool = False
    disclosure: bool = False
    truncated: bool = False
    hidden_text: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one block: code points `start` to `end` of the text of block number `block`."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What is claimed: who or what, does what, to what, how surely.

    `subjects` and `objects` are concept ids; `numbers` are (value, unit) pairs as they stand in the clause.
    """

    subjects: frozenset[str]
    relation: str
    objects: frozenset[str]
    polarity: Polarity = Polarity.POSITIVE
    strength: Strength = Strength.DIRECT
    qualifiers: frozenset[str] = frozenset()
    numbers: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A health proposition in its place; `quote` is exactly the text of its span."""

    id: str
    span: Span
    quote: str
    topic: Topic
    sense: Sense
    stance: Stance
    strength: Strength
    frames: tuple[Frame, ...] = ()
    refers_to: str | None = None  # what a back-reference stands for, in words a reader can check


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reference that speaks to a claim, with its standing."""

    reference: str
    status: Status
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim and how it stands; `contributions` are the parts of the score, for a report to show."""

    claim: Claim
    verdict: Verdict
    confidence: float
    because: str
    evidence: tuple[Evidence, ...] = ()
    suggestion: str | None = None
    contributions: tuple[tuple[str, float], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: a rule, the place it fired, why, and a fair wording. `span` is None for the whole page."""

    rule: str
    severity: Severity
    message: str
    span: Span | None
    quote: str
    claim: str | None
    suggestion: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Examination:
    """All that the text of one article gave: its judged claims and its findings, in reading order."""

    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
