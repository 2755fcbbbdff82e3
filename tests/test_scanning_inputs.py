"""The pages that a scan is given, from lists, sitemaps and web archives."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import InputMissing, JobError, Unreadable
from auditor.scanning.archives import page_in, places_archived
from auditor.scanning.inputs import place_of, places_listed, places_named
from auditor.scanning.model import Kind, Place
from auditor.scanning.shards import Shard, shard_from
from auditor.scanning.sitemaps import DEEPEST, places_mapped

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str) -> bytes:
    return f"<urlset {SPACE}>{''.join(f'<url><loc> {url} </loc></url>' for url in urls)}</urlset>".encode()


def index(*urls: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex {SPACE}>{entries}</sitemapindex>".encode()


def inputs(content: dict[str, bytes], name: str = "https://example.org/sitemap.xml") -> list[str]:
    return [place.input for place in places_mapped(name, lambda url, most: content[url][:most])]


# ---- addresses and lists


@pytest.mark.parametrize(
    ("written", "known_as", "host"),
    [
        ("HTTP://Example.ORG:80", "http://example.org/", "example.org"),
        ("https://example.org:443/a#part", "https://example.org/a", "example.org"),
        ("https://example.org:8443/a?b=C", "https://example.org:8443/a?b=C", "example.org:8443"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a", "[::1]:8080"),
    ],
)
def test_addresses_that_no_server_can_tell_apart_are_one_page(written: str, known_as: str, host: str) -> None:
    assert place_of(written) == Place(known_as, Kind.URL, host)


@given(st.text(max_size=60).map(lambda text: f"https://{text}"))
def test_any_address_has_a_place_and_the_place_is_its_own(url: str) -> None:
    place = place_of(url)
    assert place_of(place.input) == place


def test_a_list_passes_over_blank_lines_and_comments(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>page</p>")
    listed = tmp_path / "list.txt"
    listed.write_text(f"\ufeffhttps://example.org/a\n\n# later\n  {page}  \n", encoding="utf-8")
    assert [place.input for place in places_listed(str(listed))] == ["https://example.org/a", str(page)]


def test_a_path_in_a_list_that_does_not_exist_is_named_with_its_line(tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("https://example.org/a\nnowhere.html\n")
    with pytest.raises(InputMissing, match=r"list\.txt: line 2: nowhere\.html"):
        list(places_listed(str(listed)))


def test_a_name_that_no_table_could_show_is_refused(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.html"
    with open(path, "w"):  # noqa: PTH123  # Path takes no bytes
        pass
    with pytest.raises(InputMissing, match="is not UTF-8"):
        list(places_named([str(tmp_path)]))


def test_standard_input_is_a_list_and_no_page() -> None:
    with pytest.raises(InputMissing, match="--urls-from -"):
        list(places_named(["-"]))


def test_a_folder_means_the_pages_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("a")
    (tmp_path / "b.png").write_text("b")
    assert [place.input for place in places_named([str(tmp_path)])] == [str(tmp_path / "a.html")]


# ---- sitemaps


def test_an_index_leads_to_its_sitemaps_gzipped_or_not() -> None:
    content = {
        "https://example.org/sitemap.xml": index("https://example.org/1.xml", "https://example.org/2.xml.gz"),
        "https://example.org/1.xml": urlset("https://example.org/a", "https://example.org/b?x=1&amp;y=2"),
        "https://example.org/2.xml.gz": gzip.compress(urlset("https://example.org/c")),
    }
    assert inputs(content) == ["https://example.org/a", "https://example.org/b?x=1&y=2", "https://example.org/c"]


def test_pictures_in_a_sitemap_are_no_pages() -> None:
    picture = b"<image:image><image:loc>https://example.org/a.png</image:loc></image:image>"
    space = b"<urlset xmlns:image='http://www.google.com/schemas/sitemap-image/1.1' "
    content = urlset("https://example.org/a").replace(b"<urlset ", space).replace(b"</url>", picture + b"</url>")
    assert inputs({"https://example.org/sitemap.xml": content}) == ["https://example.org/a"]


def test_a_sitemap_may_be_a_text_file(tmp_path: Path) -> None:
    (tmp_path / "sitemap.txt").write_bytes(b"\xef\xbb\xbfhttps://example.org/a\nhttps://example.org/b\n")
    places = places_mapped(str(tmp_path / "sitemap.txt"), lambda *_: b"")
    assert [place.input for place in places] == ["https://example.org/a", "https://example.org/b"]


def test_indexes_that_name_each_other_come_to_an_end() -> None:
    here, there = "https://example.org/sitemap.xml", "https://example.org/other.xml"
    assert inputs({here: index(there, here), there: index(here)}) == []


def test_an_index_without_bottom_is_refused() -> None:
    content = {f"https://example.org/{n}.xml": index(f"https://example.org/{n + 1}.xml") for n in range(DEEPEST + 2)}
    with pytest.raises(InputMissing, match="deeper than"):
        inputs(content, "https://example.org/0.xml")


def test_an_entity_in_a_sitemap_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://example.org/secret")
    content = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode() + urlset("&e;", "https://example.org/a")
    assert inputs({"https://example.org/sitemap.xml": content}) == ["https://example.org/a"]


@pytest.mark.parametrize("content", [b"<html><p>not a sitemap", b"\x1f\x8bnot gzip at all", b"<urlset>"])
def test_what_is_no_sitemap_is_said_on_one_line(content: bytes) -> None:
    with pytest.raises(InputMissing, match=r"^https://example\.org/sitemap\.xml: .*") as raised:
        inputs({"https://example.org/sitemap.xml": content})
    assert "\n" not in str(raised.value)


# ---- web archives


def record(url: str, body: bytes, *, status: str = "200 OK", headers: str = "Content-Type: text/html\r\n") -> bytes:
    http = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-04T05:06:07Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = (
    record("https://example.org/a", b"<p>first</p>"),
    record("https://example.org/gone", b"gone", status="404 Not Found"),
    record("https://example.org/a.png", b"picture", headers="Content-Type: image/png\r\n"),
    record(
        "https://example.org/b",
        gzip.compress("<p>zweite, für Ärzte</p>".encode("latin-1")),
        headers="Content-Type: text/html; charset=iso-8859-1\r\nContent-Encoding: gzip\r\n",
    ),
)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_the_pages_of_an_archive_are_read_by_their_offsets(tmp_path: Path, name: str) -> None:
    packed = name.endswith(".gz")
    (tmp_path / name).write_bytes(b"".join(gzip.compress(one) if packed else one for one in RECORDS))
    places = list(places_archived(str(tmp_path)))
    pages = [page_in(place.input) for place in reversed(places)]
    assert [page.url for page in pages] == ["https://example.org/b", "https://example.org/a"]
    assert "für Ärzte" in pages[0].text
    assert pages[1].fetched_at == "2025-03-04T05:06:07+00:00"


def test_where_an_archive_breaks_off_is_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    whole = b"".join(gzip.compress(one) for one in RECORDS)
    (tmp_path / "crawl.warc.gz").write_bytes(whole[:-40])
    *_, last = places_archived(str(tmp_path / "crawl.warc.gz"))
    with pytest.raises(Unreadable):
        page_in(last.input)


def test_a_missing_archive_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="no web archive"):
        list(places_archived(str(tmp_path)))


# ---- shards


def test_shards_hold_every_page_once_and_a_host_in_one_piece() -> None:
    places = [place_of(f"https://{host}.example.org/{page}") for host in range(40) for page in range(3)]
    parts = [[place for place in places if Shard(number, 4).holds(place)] for number in range(1, 5)]
    assert sorted(place.input for part in parts for place in part) == sorted(place.input for place in places)
    hosts = [{place.host for place in part} for part in parts]
    assert sum(map(len, hosts)) == 40
    assert min(map(len, hosts)) > 2


@pytest.mark.parametrize("text", ["0/4", "5/4", "1", "a/b", "-1/4", "1/0"])
def test_a_shard_that_is_none_is_wrong_use(text: str) -> None:
    with pytest.raises(JobError, match="write i/n"):
        shard_from(text)
