"""What a user can say about fetching on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web import Site, answer, site

from audit import main

PAGE = '<!doctype html><meta name="robots" content="nofollow"><p>Each spinal nerve has a dorsal and a ventral root.'

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        here.answers["/"] = answer(PAGE, content_type="text/html", x_robots_tag="noindex", etag="1")
        yield here


def entry(captured: Captured) -> dict[str, Any]:
    """The first page of the JSON report on standard output."""
    audit: dict[str, Any] = json.loads(captured.readouterr().out)["audits"][0]
    return audit


def test_a_page_is_fetched_and_what_is_said_to_robots_is_noted(web: Site, capsys: Captured) -> None:
    assert main(["check", "--allow-private", "--format", "json", web.url]) == 0
    assert entry(capsys)["robots"] == ["noindex", "nofollow"]


def test_pages_share_one_fetcher(web: Site) -> None:
    web.answers["/2"] = answer(PAGE, content_type="text/html")
    assert main(["check", "--allow-private", "--delay", "0", "--format", "json", web.url, web.url + "/2"]) == 0
    assert (web.robots_asked, web.paths) == (1, ["/", "/2"])


def test_a_contact_is_told_to_the_site(web: Site) -> None:
    main(["check", "--allow-private", "--contact", "https://example.org/robot", web.url])
    assert "(+https://example.org/robot; " in web.asked[0]["User-Agent"]


def test_pages_are_kept_in_a_folder_that_is_made_for_them(web: Site, tmp_path: Path) -> None:
    for _ in range(2):
        main(["check", "--allow-private", "--cache", str(tmp_path / "a" / "b"), web.url])
    assert web.asked[1]["If-None-Match"] == "1"


@pytest.mark.parametrize(
    "wrong",
    [["--contact", "nobody"], ["--delay", "-1"], ["--timeout", "soon"], ["--cache", "{file}/x"], ["--cache", "{file}"]],
)
def test_wrong_use_is_told_on_one_line(web: Site, tmp_path: Path, capsys: Captured, wrong: list[str]) -> None:
    (tmp_path / "file").write_text("")
    arguments = [part.replace("{file}", str(tmp_path / "file")) for part in wrong]
    assert main(["check", *arguments, web.url]) == 2
    said = capsys.readouterr().err
    assert wrong[0] in said and said.count("\n") == 1
    assert web.asked == []


def test_a_page_that_takes_too_long_is_given_up(web: Site, capsys: Captured) -> None:
    assert main(["check", "--allow-private", "--timeout", "0", "--format", "json", web.url]) == 3
    assert entry(capsys)["reason"]["code"] in ("fetch/timeout", "fetch/robots-unreachable")


def test_proxies_are_used_where_asked_for(web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, web.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    web.answers["http://known-to-the-proxy.invalid/"] = answer(PAGE, content_type="text/html")
    assert main(["check", "--use-proxies", "http://known-to-the-proxy.invalid/"]) == 0
    assert main(["check", "http://known-to-the-proxy.invalid/"]) == 3


def test_a_scan_fetches_by_the_same_options(web: Site, tmp_path: Path) -> None:
    web.answers["/2"] = answer(PAGE, content_type="text/html")
    scan = ["scan", "-q", "--workers", "0", "--allow-private", "--cache", str(tmp_path / "kept")]
    scan += ["--contact", "jo@example.org", "--timeout", "5", "--delay", "0"]
    for job in ("a", "b"):
        assert main([*scan, "--job", str(tmp_path / job), web.url + "/", web.url + "/2"]) == 0
    assert "+jo@example.org;" in web.asked[0]["User-Agent"]
    assert {asked.get("If-None-Match") for asked in web.asked} == {None, "1"}
