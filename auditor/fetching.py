"""Pages fetched from the web, within limits."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
import urllib3
from requests import exceptions as failures
from urllib3 import exceptions as raw_failures

from auditor.errors import FetchFailed
from auditor.model import Page
from auditor.reading.charset import text_of
from auditor.reading.formats import format_of

USER_AGENT = "HealthClaimAuditor/0.1 (audits health claims on nerve roots; python-requests)"
CONNECT_SECONDS, READ_SECONDS, ALL_SECONDS = 10.0, 15.0, 45.0
MAX_BYTES = 5_000_000
MAX_REDIRECTS = 5
PAGE_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"},
)

_PIECE = 65_536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8",
    "Accept-Language": "en, *;q=0.1",
}
# What Python 3.11 takes to be global and is not: NAT64 and 6to4 lead to any IPv4 address, the others to no web site.
_NOT_PUBLIC = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10", "224.0.0.0/4"))
)


def page_at(url: str, *, offline: bool = False, allow_private: bool = False) -> Page:
    """The page at an address, redirects followed.

    Raises FetchFailed (`fetch/…`) where it can't be got, Unreadable (`read/…`) where what was got is no text.
    """
    if offline:
        raise FetchFailed("fetch/offline", "not fetched: the auditor is offline; leave out --offline")
    deadline = time.monotonic() + ALL_SECONDS
    with _our_failures(), requests.Session() as session:
        session.trust_env = False  # no proxy in between, so that the address that was checked is the one dialled
        with _answer(session, url, deadline, allow_private) as answer:
            return _page_of(url, answer, _body_of(answer, deadline))


def _answer(session: requests.Session, url: str, deadline: float, allow_private: bool) -> requests.Response:
    """The first answer that is no redirect; every address on the way is checked before it is dialled."""
    here = url
    for _ in range(MAX_REDIRECTS + 1):
        _check(here, allow_private)
        _check_time(deadline)
        answer = session.get(
            here, headers=_HEADERS, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True, allow_redirects=False
        )
        onward = answer.headers.get("Location")
        if answer.status_code not in _REDIRECTS or not onward:
            _check_answer(answer)
            return answer
        answer.close()
        here = urljoin(here, onward)
    raise FetchFailed("fetch/redirects", f"the address redirects more than {MAX_REDIRECTS} times")


def _check(url: str, allow_private: bool) -> None:
    parts = _parts_of(url)
    if parts.scheme not in ("http", "https"):
        raise FetchFailed("fetch/scheme", f"only http and https addresses are fetched, not {parts.scheme or 'this'}")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed("fetch/credentials", "the address holds a user name or password; leave them out")
    if not parts.hostname:
        raise FetchFailed("fetch/url", "the address names no host")
    if not allow_private:
        _refuse_private(parts)


def _parts_of(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number shows here
    except ValueError as error:
        raise FetchFailed("fetch/url", "this is not a valid address; check its spelling") from error
    return parts


def _refuse_private(parts: SplitResult) -> None:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _unknown_host() from error
    if not all(_is_public(str(address[4][0])) for address in found):
        raise FetchFailed("fetch/private-address", "the address leads into a private network; it is not fetched")


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.split("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    known = mapped or address
    return known.is_global and not any(known in network for network in _NOT_PUBLIC if network.version == known.version)


def _check_answer(answer: requests.Response) -> None:
    if answer.status_code != 200:
        code = answer.status_code
        raise FetchFailed(f"fetch/status-{code}", f"the server answered {code} {answer.reason or ''}".rstrip())
    kind = _content_type(answer)
    if kind and kind not in PAGE_TYPES:
        raise FetchFailed("fetch/content-type", f"the address holds {kind}, not a page")
    if int(re.sub(r"\D", "", answer.headers.get("Content-Length", "")) or 0) > MAX_BYTES:
        raise _too_large()


def _body_of(answer: requests.Response, deadline: float) -> bytes:
    """The body, read in such pieces as arrive: a server that drips never lets a whole read time out."""
    body = bytearray()
    raw: urllib3.HTTPResponse = answer.raw
    while piece := raw.read1(_PIECE, decode_content=True):
        body += piece
        if len(body) > MAX_BYTES:
            raise _too_large()
        _check_time(deadline)
    return bytes(body)


def _page_of(source: str, answer: requests.Response, body: bytes) -> Page:
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", answer.headers.get("Content-Type", ""), re.IGNORECASE)
    text = text_of(body, declared=charset[1] if charset else None)
    written_in = format_of(text, name=urlsplit(answer.url).path, content_type=_content_type(answer))
    return Page(source, answer.url, text, written_in, fetched_at=datetime.now(UTC).isoformat(timespec="seconds"))


def _content_type(answer: requests.Response) -> str:
    return answer.headers.get("Content-Type", "").split(";")[0].strip().lower()


def _check_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise _too_slow()


def _too_large() -> FetchFailed:
    return FetchFailed("fetch/too-large", f"the page is over {MAX_BYTES // 1_000_000} MB")


def _too_slow() -> FetchFailed:
    return FetchFailed("fetch/timeout", "the server took too long to answer; try again later")


def _unknown_host() -> FetchFailed:
    return FetchFailed("fetch/dns", "no server is known by this name; check the address and your connection")


@contextmanager
def _our_failures() -> Iterator[None]:
    """Failures of requests and urllib3 as ours; nobody else knows theirs."""
    try:
        yield
    except (failures.RequestException, raw_failures.HTTPError, OSError, UnicodeError) as error:
        raise _translated(error) from error


def _translated(error: Exception) -> FetchFailed:
    causes = [error, *getattr(error, "args", ()), *(getattr(cause, "reason", None) for cause in error.args)]
    if any(isinstance(cause, raw_failures.NameResolutionError) for cause in causes):
        return _unknown_host()
    if isinstance(error, (failures.SSLError, raw_failures.SSLError)):
        return FetchFailed("fetch/tls", "the server's certificate or encryption can't be trusted")
    if isinstance(error, (failures.Timeout, raw_failures.TimeoutError, TimeoutError)):
        return _too_slow()
    if isinstance(error, (failures.InvalidURL, failures.InvalidSchema, UnicodeError, raw_failures.LocationParseError)):
        return FetchFailed("fetch/url", "this is not a valid address; check its spelling")
    return FetchFailed("fetch/connection", "the connection failed or broke off; try again later")
