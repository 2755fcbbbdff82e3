"""The values of a scan: places of pages, what is done to them, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from auditor.model import Miss, Page


class Kind(StrEnum):
    """Where a page is got from."""

    URL = "url"
    FILE = "file"
    RECORD = "record"  # of a web archive: FILE#OFFSET


class State(StrEnum):
    """How far a page has come. Only `waiting` and `read` leave work to do."""

    WAITING = "waiting"
    READ = "read"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class Stage(IntEnum):
    """What is to be done to a page; the lower one goes first, so that what was begun gets finished."""

    EXAMINE = 0
    READ = 1
    FETCH = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A page by name: `input` tells it from every other page of the job, `host` is who serves it ("" for a file)."""

    input: str
    kind: Kind
    host: str


@dataclass(frozen=True, slots=True)
class Task:
    """One stage of one page. `payload` is the page to read, or the packed article to examine."""

    page: int
    stage: Stage
    place: Place
    payload: Page | bytes | None = None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read: its packed article, what its row says, and what copies of it are known by."""

    article: bytes
    url: str | None
    title: str | None
    language: str | None
    author: str | None
    published: str | None
    fetched_at: str | None
    text_sha256: str
    words: int
    on_topic: bool
    signature: bytes | None


Cell = str | int | float | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """What an article gave: packed, and as rows of the tables `claims` and `findings` without their page."""

    examination: bytes
    claims: tuple[Row, ...]
    findings: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """Why a page gave nothing; `passing` where a later try may succeed."""

    status: Miss
    code: str
    message: str
    passing: bool = False


def too_slow(seconds: float) -> Missed:
    """What is said of a page that was given up."""
    return Missed(Miss.FAILED, "scan/timeout", f"the page took over {seconds:g} seconds to audit")


@dataclass(frozen=True, slots=True)
class Died:
    """The process that had the task died of it, or was killed from outside."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Nothing is wrong with the page, but no page can be audited here: the error to raise."""

    error: Exception


Reply = Page | ReadPage | Examined | Missed | Died | Broken


@dataclass(frozen=True, slots=True)
class Event:
    """What came of a task. `frees` is the time from which its host may be asked again; None while it is still asked."""

    task: Task
    reply: Reply
    frees: float | None = None
