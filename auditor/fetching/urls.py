"""What an address says before anything is asked."""

from __future__ import annotations

import contextlib
import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import requests

from auditor.fetching.reasons import Why, failed
from auditor.fetching.translating import our_failures

_NOT_IN_URLS = re.compile(r"[\x00-\x1f\x7f\\]")  # a backslash divides an address in one parser and not in the next
_PORTS = {"http": 80, "https": 443}


def parts_of(url: str) -> SplitResult:
    """The parts of an address that can be asked; raises FetchFailed for any other."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number shows here
    except ValueError as error:
        raise failed(Why.URL) from error
    if parts.scheme not in _PORTS:
        raise failed(Why.SCHEME, scheme=parts.scheme or "this")
    if "@" in parts.netloc:
        raise failed(Why.CREDENTIALS)
    if not parts.hostname or " " in parts.netloc or _NOT_IN_URLS.search(url):
        raise failed(Why.URL)
    return parts


def normal(url: str) -> str:
    """An address as it is asked: its host in small ASCII letters, its path quoted; raises FetchFailed."""
    parts_of(url)
    with our_failures():
        return requests.Request("GET", url).prepare().url or url


def host_of(url: str) -> str:
    """The host of an address as politeness counts it; raises FetchFailed."""
    return (parts_of(url).hostname or "").rstrip(".")


def port_of(url: str) -> int:
    """The port of an address; raises FetchFailed."""
    parts = parts_of(url)
    return parts.port or _PORTS[parts.scheme]


def robots_url(url: str) -> str:
    """Where the rules for robots of an address stand (RFC 9309, section 2.3)."""
    parts = parts_of(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def onward_url(here: str, location: str) -> str:
    """Where a `Location` header leads from here; servers write UTF-8 into what is read as Latin-1."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(here, location.strip().replace(" ", "%20"))
    except ValueError as error:
        raise failed(Why.URL) from error
