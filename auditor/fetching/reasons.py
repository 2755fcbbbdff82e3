"""Why a page could not be fetched."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from auditor.errors import FetchFailed

_LONGEST_WORD = 80  # characters; what a server says of itself can be anything


class Why(StrEnum):
    """Every reason there is; each has its table in reasons.toml."""

    OFFLINE = "offline"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    URL = "url"
    PORT = "port"
    PRIVATE_ADDRESS = "private-address"
    DNS = "dns"
    CONNECTION = "connection"
    TLS = "tls"
    PROXY = "proxy"
    TIMEOUT = "timeout"
    REDIRECTS = "redirects"
    STATUS = "status"
    CONTENT_TYPE = "content-type"
    TOO_LARGE = "too-large"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    TOO_SOON = "too-soon"


@dataclass(frozen=True, slots=True)
class Explained:
    """A reason in words: `message` for whoever asked, `meaning` for the manual."""

    message: str
    meaning: str
    passing: bool = False


@cache
def reasons() -> Mapping[Why, Explained]:
    """Every reason with its words."""
    said = tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))
    return {Why(name): Explained(**table) for name, table in said.items()}


def failed(why: Why, **words: object) -> FetchFailed:
    """The failure for a reason, with its words filled in."""
    explained = reasons()[why]
    message = explained.message.format_map({name: _tame(word) for name, word in words.items()})
    return FetchFailed(f"fetch/{why}", message.rstrip(), passing=explained.passing)


def status_failed(status: int, phrase: str) -> FetchFailed:
    """The failure for an answer that is no page; too many requests and the server's own troubles may pass."""
    message = str(failed(Why.STATUS, status=status, phrase=phrase))
    return FetchFailed(f"fetch/status-{status}", message, passing=status == 429 or status >= 500)


def _tame(word: object) -> str:
    printable = "".join(character if character.isprintable() else " " for character in str(word))
    return " ".join(printable.split())[:_LONGEST_WORD]
