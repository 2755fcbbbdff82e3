"""Whatever a server sends, and however slowly, ends in a reason: by limits of time, of bytes and of redirects."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web import Answer, Site, answer, site

from auditor.errors import FetchFailed, PageError, Unreadable
from auditor.fetching.fetcher import Fetcher
from auditor.fetching.settings import FetchSettings

HTML = "text/html; charset=utf-8"
ROOMY = FetchSettings(allow_private=True, delay=0, retries=0, max_bytes=100_000)
SHORT = replace(ROOMY, seconds=0.8, connect_seconds=0.5)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        yield here


def code_of(url: str, settings: FetchSettings = ROOMY) -> str:
    with pytest.raises(PageError) as caught:
        Fetcher(settings).page_at(url)
    assert str(caught.value) and "\n" not in str(caught.value)
    return caught.value.code


def raw(*pieces: bytes, again: bytes = b"", pause: float = 0.0, times: int = 200) -> Answer:
    """Sends the pieces as they are, then the same again and again."""

    def respond(request: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            for piece in (*pieces, *([again] * times if again else ())):
                request.connection.sendall(piece)
                time.sleep(pause)

    return respond


def packed(body: bytes, how: Callable[[bytes], bytes] = gzip.compress, name: str = "gzip") -> Answer:
    return answer(how(body), content_type=HTML, content_encoding=name)


SLOW = {
    "silence": lambda _: time.sleep(3),
    "a status line that drips": raw(b"HTTP", again=b"x", pause=0.02),
    "headers that drip": raw(b"HTTP/1.1 200 OK\r\nX-Y: ", again=b"z", pause=0.02),
    "one header after another": raw(b"HTTP/1.1 200 OK\r\n", again=b"X-Y: z\r\n", pause=0.02),
    "a body that drips": raw(OK + b"\r\n", again=b"<", pause=0.02),
    "a body that stops": raw(OK + b"Content-Length: 1000\r\n\r\n<p>A root", again=b"", pause=3),
    "chunks that drip": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n", again=b"1\r\nx\r\n", pause=0.02),
    "the length of a chunk that drips": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n", again=b"0", pause=0.02),
    "continue and continue": raw(again=b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.02),
}


@pytest.mark.parametrize("what", SLOW)
def test_a_slow_server_is_given_up(web: Site, what: str) -> None:
    web.answers["/"] = SLOW[what]
    assert code_of(web.url, SHORT) == "fetch/timeout"


def test_a_slow_robots_txt_is_given_up_too(web: Site) -> None:
    web.answers["/robots.txt"] = SLOW["headers that drip"]
    assert code_of(web.url, SHORT) == "fetch/robots-unreachable"
    assert web.asked == []


def test_a_server_that_takes_no_connection_is_given_up() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        assert code_of(f"http://127.0.0.1:{full.getsockname()[1]}/", SHORT) in (
            "fetch/timeout",
            "fetch/robots-unreachable",
        )
        for each in waiting:
            each.close()


BIG = b"x" * 65_536
LARGE = {
    "an endless body": raw(OK + b"\r\n", again=BIG),
    "endless chunks": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n", again=b"10000\r\n" + BIG + b"\r\n"),
    "a length over the limit": answer(b"x" * 100_001, content_type=HTML),
    "a length that lies": raw(OK + b"Content-Length: 99999999999999999999999\r\n\r\n<p>x"),
    "a gzip bomb": packed(b"x" * 20_000_000),
    "a bomb in a bomb": packed(gzip.compress(b"x" * 20_000_000), name="gzip, gzip"),
    "a deflate bomb": packed(b"x" * 20_000_000, zlib.compress, "deflate"),
    "a body one byte over the limit": raw(OK + b"\r\n" + b"x" * 100_001),
}


@pytest.mark.parametrize("what", LARGE)
def test_a_large_page_is_given_up(web: Site, what: str) -> None:
    web.answers["/"] = LARGE[what]
    assert code_of(web.url) == "fetch/too-large"


FLOODS = {
    "an endless header": raw(b"HTTP/1.1 200 OK\r\nX-Y: ", again=BIG),
    "headers without number": raw(b"HTTP/1.1 200 OK\r\n", again=b"X-Y: z\r\n" * 1000),
    "an endless status line": raw(b"HTTP/1.1 200 ", again=BIG),
    "an endless length of a chunk": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n", again=b"0" * 65_536),
    "empty continues": raw(again=b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
}


@pytest.mark.parametrize("what", FLOODS)
def test_a_flood_beside_the_body_is_given_up(web: Site, what: str) -> None:
    web.answers["/"] = FLOODS[what]
    assert code_of(web.url) in ("fetch/connection", "fetch/too-large")


BROKEN = {
    "nothing": lambda request: request.connection.shutdown(socket.SHUT_RDWR),
    "no HTTP": raw(b"220 mail.example.org ESMTP\r\n"),
    "a page cut short": raw(OK + b"Content-Length: 1000\r\n\r\n<p>A root"),
    "chunks cut short": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>A"),
    "a chunk of no length": raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>A"),
    "two lengths": raw(OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n<p>A root"),
    "gzip that is none": answer(b"not gzip", content_type=HTML, content_encoding="gzip"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_answer_is_a_failed_connection(web: Site, what: str) -> None:
    web.answers["/"] = BROKEN[what]
    assert code_of(web.url) == "fetch/connection"


def test_a_closed_port_is_a_failed_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert code_of(f"http://127.0.0.1:{port}/") == "fetch/connection"


@pytest.mark.parametrize("body", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_page_is_unreadable(web: Site, body: bytes) -> None:
    web.answers["/"] = answer(body, content_type=HTML)
    assert code_of(web.url) == "read/empty"


@pytest.mark.parametrize(
    "body", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7 ...", b"PK\3\4\0\0", b"\0" * 100, bytes(range(256))]
)
def test_a_binary_file_called_a_page_is_unreadable(web: Site, body: bytes) -> None:
    web.answers["/"] = answer(body, content_type=HTML)
    assert code_of(web.url) == "read/binary"


def test_a_length_that_is_too_small_cuts_the_page_there(web: Site) -> None:
    web.answers["/"] = raw(OK + b"Content-Length: 9\r\n\r\n<p>A root hurts.")
    assert Fetcher(ROOMY).page_at(web.url).text == "<p>A root"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda body: OK + b"\r\n" + body)))
def test_any_bytes_are_a_page_or_a_reason(web: Site, data: bytes) -> None:
    web.answers["/"] = raw(data)
    with suppress(FetchFailed, Unreadable):
        Fetcher(ROOMY).page_at(web.url)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(location=st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60))
def test_any_location_is_a_page_or_a_reason(web: Site, location: str) -> None:
    web.answers["/"] = answer(status=302, location=location)
    with suppress(FetchFailed, Unreadable):
        Fetcher(FetchSettings(delay=0, retries=0, seconds=1, allow_private=False)).page_at(
            "http://127.0.0.1/" + location
        )
    with suppress(FetchFailed, Unreadable):
        Fetcher(ROOMY).page_at(web.url)
