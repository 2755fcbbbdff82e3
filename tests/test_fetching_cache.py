"""Pages kept on disk are asked about before they are used, and a broken copy is no harm."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from web import Site, answer, site

from auditor.errors import FetchFailed
from auditor.fetching.fetcher import Fetcher
from auditor.fetching.settings import FetchSettings
from auditor.model import Page

PAGE = "<!doctype html><p>A “root” hurts.</p>"
HEADERS = {"content_type": "text/html; charset=utf-8", "x_robots_tag": "noindex"}


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        yield here


def got(web: Site, folder: Path) -> Page:
    return Fetcher(FetchSettings(allow_private=True, delay=0, retries=0, cache_dir=folder)).page_at(web.url)


def unchanged(header: str, value: str) -> object:
    """Answers 304 to whoever knows the page, the page to others."""

    def respond(request: BaseHTTPRequestHandler) -> None:
        known = request.headers.get("If-None-Match" if header == "etag" else "If-Modified-Since") == value
        (answer(status=304) if known else answer(PAGE, **HEADERS, **{header: value}))(request)

    return respond


@pytest.mark.parametrize(("header", "value"), [("etag", '"a1"'), ("last_modified", "Wed, 01 Jan 2025 00:00:00 GMT")])
def test_a_page_that_has_not_changed_is_not_sent_again(web: Site, tmp_path: Path, header: str, value: str) -> None:
    web.answers["/"] = unchanged(header, value)  # type: ignore[assignment]
    first, second = got(web, tmp_path), got(web, tmp_path)
    assert value in (web.asked[1].get("If-None-Match"), web.asked[1].get("If-Modified-Since"))
    assert (second.text, second.format, second.robots) == (first.text, first.format, ("noindex",))


def test_a_page_that_has_changed_is_read_anew(web: Site, tmp_path: Path) -> None:
    web.answers["/"] = answer(PAGE, **HEADERS, etag='"a1"')
    got(web, tmp_path)
    web.answers["/"] = answer("<p>Other", **HEADERS, etag='"a2"')
    assert got(web, tmp_path).text == got(web, tmp_path).text == "<p>Other"
    assert [asked.get("If-None-Match") for asked in web.asked] == [None, '"a1"', '"a2"']


@pytest.mark.parametrize(
    "headers", [{}, {"etag": "1", "cache_control": "private, No-Store"}, {"etag": "1", "vary": "*"}]
)
def test_a_page_that_may_not_be_kept_is_not(web: Site, tmp_path: Path, headers: dict[str, str]) -> None:
    web.answers["/"] = answer(PAGE, **HEADERS, **headers)
    got(web, tmp_path)
    assert list(tmp_path.rglob("*.gz")) == []


@pytest.mark.parametrize("status", [404, 500])
def test_what_is_no_page_is_not_kept(web: Site, tmp_path: Path, status: int) -> None:
    web.answers["/"] = answer(PAGE, status=status, etag='"a"')
    with pytest.raises(FetchFailed):
        got(web, tmp_path)
    assert list(tmp_path.rglob("*.gz")) == []


@pytest.mark.parametrize("damage", [b"", b"no gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"])
def test_a_broken_copy_is_fetched_anew(web: Site, tmp_path: Path, damage: bytes) -> None:
    web.answers["/"] = unchanged("etag", '"a1"')  # type: ignore[assignment]
    got(web, tmp_path)
    (copy,) = tmp_path.rglob("*.gz")
    copy.write_bytes(damage)
    assert got(web, tmp_path).text == PAGE
    assert "If-None-Match" not in web.asked[1]


def test_a_server_that_says_unchanged_of_what_we_never_had_is_no_page(web: Site, tmp_path: Path) -> None:
    web.answers["/"] = answer(status=304)
    with pytest.raises(FetchFailed) as caught:
        got(web, tmp_path)
    assert caught.value.code == "fetch/status-304"


def test_a_folder_that_cannot_be_written_costs_no_page(web: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    web.answers["/"] = answer(PAGE, **HEADERS, etag='"a1"')
    assert got(web, tmp_path / "file").text == PAGE
