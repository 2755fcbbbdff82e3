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
    WORD = "word"  # as plain markup, one paragraph a line


class Role(StrEnum):
    """What a block is to its page. Furniture of the site is kept for its place, and is not judged."""

    CORE = "core"
    SECONDARY = "secondary"  # beside the article: what the site says of itself, notes, boxes
    CAPTION = "caption"  # alternative text too
    ANSWER = "answer"  # folded until a reader opens it
    CALL_TO_ACTION = "call-to-action"
    AFFILIATE = "affiliate"
    AUTHOR = "author"
    NEWSLETTER = "newsletter"
    RELATED = "related"
    COMMENTS = "comments"
    SHARE = "share"
    COOKIE = "cookie"
    SIDEBAR = "sidebar"
    NAVIGATION = "navigation"

    @property
    def judged(self) -> bool:
        """True for what the page itself says, where claims are looked for."""
        return self not in _FURNITURE


_FURNITURE = frozenset(
    {Role.NEWSLETTER, Role.RELATED, Role.COMMENTS, Role.SHARE, Role.COOKIE, Role.SIDEBAR, Role.NAVIGATION}
)


class FactKind(StrEnum):
    """What a page says of itself."""

    TITLE = "title"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    PUBLISHED = "published"
    UPDATED = "updated"
    LANGUAGE = "language"
    CANONICAL = "canonical"
    SOURCE = "source"  # a work that it cites
    REFERENCE = "reference"  # a link that leads out of the article
    DISCLOSURE = "disclosure"
    DISCLAIMER = "disclaimer"
    AFFILIATE_LINK = "affiliate-link"
    SHOP_LINK = "shop-link"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a page says of itself, and where: `meta author`, `json-ld reviewedBy`, or a CSS path."""

    kind: FactKind
    value: str
    origin: str


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
    """A block of an article with its place: a CSS path (empty for plain formats) and a line, counted from 1.

    `fragment` is the text directive that lands on the block (`page#` and it), where one does. `header` is what heads a
    table cell's row and column. `origin` says where text comes from that the page does not show, such as `json-ld`.
    """

    kind: BlockKind
    text: str
    path: str
    line: int
    role: Role = Role.CORE
    fragment: str | None = None
    header: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader sees of a page, and what the page says of itself."""

    title: str | None
    language: str | None  # BCP 47 primary subtag, such as "en"
    author: str | None
    published: str | None  # as the page writes it, ISO 8601 where it does
    blocks: tuple[Block, ...]
    facts: PageFacts
    about: tuple[Fact, ...] = ()
    robots: tuple[str, ...] = ()  # what the page or its server says to robots, such as "noindex"


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
