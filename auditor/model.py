"""Pages, articles and audits: the values that pass between reading a page and reporting on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.model import BlockKind, Examination, PageFacts


class Format(StrEnum):
    """How a page is written."""

    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was got: `source` is the path or URL as given, `url` the final one (None for a file)."""

    source: str
    url: str | None
    text: str
    format: Format
    fetched_at: str | None = None  # RFC 3339, UTC; None for a file
    robots: tuple[str, ...] = ()  # what its X-Robots-Tag header says to robots, such as "noindex"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of an article with its place: a CSS path (empty for plain formats) and a line, counted from 1."""

    kind: BlockKind
    text: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader sees of a page, and what the page says of itself."""

    title: str | None
    language: str | None  # BCP 47 primary subtag, such as "en"
    author: str | None
    published: str | None  # as the page writes it, ISO 8601 where it does
    blocks: tuple[Block, ...]
    facts: PageFacts


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page was not audited: a code such as `fetch/timeout`, and one line for a person."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Audit:
    """One audited page."""

    source: str
    url: str | None
    fetched_at: str | None
    text_sha256: str
    article: Article
    examination: Examination
    robots: tuple[str, ...] = ()  # what the page or its server says to robots, such as "noindex"


class Miss(StrEnum):
    """Skipped: there was nothing for the auditor to judge. Failed: it could not be read."""

    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that was not audited, because."""

    source: str
    status: Miss
    reason: Reason


Outcome = Audit | Skipped


@dataclass(frozen=True, slots=True)
class Run:
    """Everything one command audited, with the versions it was judged by."""

    outcomes: tuple[Outcome, ...]
    complete: bool = True
