"""No address leads into the network behind this machine, however it is written, and whoever leads there."""

from __future__ import annotations

import socket
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outside import PUBLIC, Outside, connections
from web import Site, answer, site

from auditor.errors import FetchFailed
from auditor.fetching.addresses import is_public
from auditor.fetching.fetcher import Fetcher
from auditor.fetching.settings import FetchSettings
from auditor.model import Page

QUICK = FetchSettings(delay=0, retry_delay=0, seconds=5)
PAGE = answer("<!doctype html><p>A root hurts.</p>", content_type="text/html")
PRIVATE = "fetch/private-address"

CASES = tomllib.loads((Path(__file__).parent / "fixtures" / "fetching" / "addresses.toml").read_text(encoding="utf-8"))


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        here.answers["/"] = PAGE
        yield here


@dataclass
class Tried:
    """What came of an address: a page or a code, and every connection that was made for it."""

    page: Page | None = None
    code: str = ""
    passing: bool = False
    connected: list[object] = field(default_factory=list)


def tried(url: str, outside: Outside | None = None, how: FetchSettings = QUICK) -> Tried:
    fetcher = Fetcher(how, outside.network) if outside else Fetcher(how)
    with connections() as connected:
        try:
            return Tried(fetcher.page_at(url), connected=connected)
        except FetchFailed as error:
            assert str(error) and "\n" not in str(error)
            return Tried(None, error.code, error.passing, connected)


def outside(web: Site, **lookups: list[str] | list[list[str]]) -> Outside:
    """A network with `public.example.org` and the given names, each with its addresses, or those of each lookup."""
    there = Outside(int(web.url.rpartition(":")[2]), {"public.example.org": [[PUBLIC]]})
    for name, found in lookups.items():
        there.names[f"{name}.example.org"] = [list(found)] if isinstance(found[0], str) else list(found)
    return there


@pytest.mark.parametrize("address", CASES["special"])
def test_a_name_that_resolves_to_a_special_address_is_not_dialled(web: Site, address: str) -> None:
    there = outside(web, inner=[address])
    found = tried("http://inner.example.org/", there)
    assert (found.code, found.passing, there.dialled, found.connected) == (PRIVATE, False, [], [])


@pytest.mark.parametrize("address", CASES["public"])
def test_a_name_that_resolves_to_a_public_address_is_dialled_there(web: Site, address: str) -> None:
    there = outside(web, good=[address])
    assert tried("http://good.example.org/", there).page
    assert set(there.dialled) == {address}


@pytest.mark.parametrize("url", CASES["spellings"])
def test_an_address_of_this_network_is_known_in_every_spelling(url: str) -> None:
    found = tried(url)
    assert (found.code, found.connected) == (PRIVATE, [])


@pytest.mark.parametrize("url", CASES["odd"])
def test_an_address_that_parsers_may_read_differently_is_refused(url: str) -> None:
    found = tried(url)
    assert found.code in {PRIVATE, "fetch/url", "fetch/credentials", "fetch/scheme", "fetch/dns"}
    assert found.connected == []


@pytest.mark.parametrize("url", CASES["schemes"])
def test_only_http_and_https_are_spoken(url: str) -> None:
    found = tried(url)
    assert (found.code, found.connected) == ("fetch/scheme", [])


@pytest.mark.parametrize("url", CASES["logins"])
def test_an_address_with_a_login_is_refused(web: Site, url: str) -> None:
    there = outside(web)
    found = tried(url, there)
    assert (found.code, there.dialled, found.connected) == ("fetch/credentials", [], [])


@pytest.mark.parametrize("port", [1, 7, 21, 22, 23, 25, 110, 143, 389, 445, 465, 587, 993])
def test_ports_of_other_services_are_not_spoken_to(web: Site, port: int) -> None:
    there = outside(web)
    found = tried(f"http://public.example.org:{port}/", there)
    assert (found.code, there.dialled) == ("fetch/port", [])


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1/", PRIVATE),
        ("http://inner.example.org/", PRIVATE),
        ("//inner.example.org/x", PRIVATE),
        ("https://inner.example.org/", PRIVATE),
        ("http://mixed.example.org/", PRIVATE),
        ("http://[::ffff:169.254.169.254]/", PRIVATE),
        ("file:///etc/passwd", "fetch/scheme"),
        ("gopher://127.0.0.1:6379/_INFO", "fetch/scheme"),
        ("http://jo:pw@public.example.org/", "fetch/credentials"),
        (r"http://public.example.org\@127.0.0.1/", "fetch/credentials"),
        ("http://public.example.org:25/", "fetch/port"),
        ("http://[::1", "fetch/url"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_checked_as_the_first_address_was(web: Site, status: int, location: str, code: str) -> None:
    web.answers["/start"] = answer(status=status, location=location)
    there = outside(web, inner=["10.0.0.7"], mixed=[PUBLIC, "10.0.0.7"])
    there.names |= {address: [[address]] for address in ("127.0.0.1", "::ffff:169.254.169.254")}
    assert tried("http://public.example.org/start", there).code == code
    assert set(there.dialled) == {PUBLIC} and web.paths == ["/start"]


def test_a_redirect_at_the_end_of_a_chain_is_checked_too(web: Site) -> None:
    for step in range(4):
        web.answers[f"/{step}"] = answer(status=302, location=f"/{step + 1}")
    web.answers["/4"] = answer(status=302, location="http://inner.example.org/")
    there = outside(web, inner=["192.168.1.1"])
    assert tried("http://public.example.org/0", there).code == PRIVATE
    assert set(there.dialled) == {PUBLIC}


def test_one_private_address_among_public_ones_is_enough_to_refuse_a_name(web: Site) -> None:
    there = outside(web, mixed=[PUBLIC, "127.0.0.1"])
    assert (tried("http://mixed.example.org/", there).code, there.dialled) == (PRIVATE, [])


@pytest.mark.parametrize("inner", ["127.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254"])
def test_a_name_that_changes_its_address_after_the_first_look_gets_nothing(web: Site, inner: str) -> None:
    """The first lookup is for robots.txt, the second for the page: each connection is checked by its own."""
    there = outside(web, rebind=[[PUBLIC], [inner]])
    assert tried("http://rebind.example.org/", there).code == PRIVATE
    assert there.dialled == [PUBLIC] and web.paths == []


def test_a_name_is_looked_up_once_for_a_connection_so_that_what_was_checked_is_dialled(web: Site) -> None:
    there = outside(web, rebind=[[PUBLIC], [PUBLIC], ["127.0.0.1"]])
    assert tried("http://rebind.example.org/", there).page
    assert there.dialled == [PUBLIC, PUBLIC] and there.names["rebind.example.org"] == [["127.0.0.1"]]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_retry_is_checked_as_the_first_try_was(web: Site, status: int) -> None:
    web.answers["/"] = answer(status=status)
    there = outside(web, rebind=[[PUBLIC], [PUBLIC], ["10.0.0.1"]])
    assert tried("http://rebind.example.org/", there).code == PRIVATE
    assert there.dialled == [PUBLIC, PUBLIC] and web.paths == ["/"]


def test_a_redirect_of_robots_txt_leads_nowhere_private(web: Site) -> None:
    web.answers["/robots.txt"] = answer(status=302, location="http://inner.example.org/robots.txt")
    there = outside(web, inner=["127.0.0.1"])
    found = tried("http://public.example.org/", there)
    assert not found.page and set(there.dialled) == {PUBLIC} and web.paths == []


def test_the_host_is_asked_by_its_name_whatever_address_was_dialled(web: Site) -> None:
    tried("http://public.example.org/", outside(web))
    assert web.asked[0]["Host"] == "public.example.org"


def test_a_dead_address_gives_way_to_the_next_and_a_hundred_are_not_tried(web: Site) -> None:
    there = outside(web, dead=[f"93.184.215.{n}" for n in range(1, 101)])
    there.dead = True
    found = tried("http://dead.example.org/", there, FetchSettings(delay=0, retries=0))
    assert (found.code, found.passing, len(there.dialled)) == ("fetch/connection", True, 4)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_a_proxy_in_the_environment_is_not_used_unasked(web: Site, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, web.url)
    monkeypatch.setenv("NO_PROXY", "")
    assert tried("http://public.example.org.invalid/").code == "fetch/dns"
    assert web.asked == [] and web.robots_asked == 0


@pytest.fixture
def proxied(web: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[FetchSettings]:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, web.url)
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield FetchSettings(delay=0, retries=0, seconds=5, use_proxies=True)


@pytest.mark.parametrize("name", ["public.example.org", "known-to-the-proxy.example.org"])
def test_a_proxy_is_used_where_asked_for(web: Site, proxied: FetchSettings, name: str) -> None:
    web.answers[f"http://{name}/"] = PAGE
    there = outside(web)
    assert tried(f"http://{name}/", there, proxied).page
    assert there.dialled == [] and web.paths == [f"http://{name}/"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://2130706433/", "http://inner.example.org/", "http://[::1]/"]
)
def test_a_proxy_is_not_asked_for_what_is_known_to_be_private(web: Site, proxied: FetchSettings, url: str) -> None:
    there = outside(web, inner=["10.0.0.1"])
    there.names |= {"127.0.0.1": [["127.0.0.1"]], "2130706433": [["127.0.0.1"]], "::1": [["::1"]]}
    assert tried(url, there, proxied).code == PRIVATE
    assert web.paths == [] and web.robots_asked == 0


def test_a_redirect_through_a_proxy_is_checked(web: Site, proxied: FetchSettings) -> None:
    web.answers["http://public.example.org/"] = answer(status=302, location="http://inner.example.org/")
    there = outside(web, inner=["10.0.0.1"])
    assert tried("http://public.example.org/", there, proxied).code == PRIVATE


def test_a_proxy_that_does_not_connect_is_named(proxied: FetchSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free.getsockname()[1]}")
    assert tried("http://public.example.org/", None, proxied).code in ("fetch/proxy", "fetch/robots-unreachable")


def test_private_addresses_are_fetched_where_they_are_allowed(web: Site) -> None:
    there = outside(web, inner=["10.0.0.1"])
    assert tried("http://inner.example.org/", there, FetchSettings(allow_private=True, delay=0)).page
    assert set(there.dialled) == {"10.0.0.1"}


@given(st.ip_addresses(v=4))
def test_no_address_is_public_that_python_knows_to_be_private(address: IPv4Address) -> None:
    assert not is_public(str(address)) or (address.is_global and not address.is_multicast)


@given(st.integers(0, 2**32 - 1))
def test_no_ipv6_form_of_an_ipv4_address_is_public(number: int) -> None:
    forms = (0, 0xFFFF << 32, 0xFFFF << 48, 0x64FF9B << 96, 0x64FF9B0001 << 80)
    assert not any(is_public(str(IPv6Address(form + number))) for form in forms)
    assert not is_public(str(IPv6Address((0x2002 << 112) + (number << 80))))


@given(st.text(max_size=40))
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert is_public(text) in (True, False)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["", "http:", "http://", "https://[", "HTTP://a.b", "http://a.b/?", "//"]), st.text(max_size=40))
def test_any_address_is_a_page_or_a_reason(start: str, rest: str) -> None:
    there = Outside(0, dead=True, anywhere=True)
    found = tried(start + rest, there)
    assert found.code and found.connected == []
