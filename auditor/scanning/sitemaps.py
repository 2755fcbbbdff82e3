"""The pages of a sitemap (sitemaps.org protocol 0.9): a set of addresses or an index of sets, gzipped or not."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from auditor.errors import InputMissing, PageError
from auditor.inputs import is_url
from auditor.scanning.inputs import place_of
from auditor.scanning.model import Place

MOST_BYTES = 50_000_000  # of a sitemap, as the protocol has it, unpacked
DEEPEST = 3  # an index in an index in an index; the protocol knows one
_GZIP = b"\x1f\x8b"

BytesAt = Callable[[str, int], bytes]


def places_mapped(name: str, bytes_at: BytesAt) -> Iterator[Place]:
    """The pages that a sitemap lists, each as it comes; `bytes_at` gets what stands at an address.

    Raises InputMissing where the sitemap, or one that it names, cannot be had: a sample with a hole is no sample.
    """
    return _places(name, bytes_at, {name}, DEEPEST)


def _places(name: str, bytes_at: BytesAt, seen: set[str], deep: int) -> Iterator[Place]:
    for holder, address in _addresses_in(name, _unpacked(name, _content(name, bytes_at))):
        if holder != "sitemap":
            yield place_of(address)
        elif address not in seen:
            if not deep:
                raise InputMissing(f"{name}: an index of sitemaps that goes deeper than {DEEPEST} levels")
            seen.add(address)
            yield from _places(address, bytes_at, seen, deep - 1)


def _content(name: str, bytes_at: BytesAt) -> bytes:
    try:
        return bytes_at(name, MOST_BYTES) if is_url(name) else Path(name).read_bytes()
    except PageError as error:
        raise InputMissing(f"{name}: the sitemap could not be fetched: {error}") from error
    except OSError as error:
        raise InputMissing(f"{name}: the sitemap could not be read: {error.strerror or error}") from error


def _unpacked(name: str, content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(content, MOST_BYTES + 1)
    except zlib.error as error:
        raise InputMissing(f"{name}: the sitemap could not be unpacked: {error}") from error
    if len(plain) > MOST_BYTES:
        raise InputMissing(f"{name}: the sitemap is over {MOST_BYTES // 1_000_000} MB unpacked")
    return plain


def _addresses_in(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Each address with what holds it: `url` or `sitemap`. A text file holds one address a line."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = (line.strip() for line in content.decode("utf-8-sig", "replace").splitlines())
        yield from (("url", line) for line in lines if is_url(line))
        return
    parsed = etree.iterparse(BytesIO(content), tag="{*}loc", resolve_entities=False, no_network=True)
    try:
        for _, element in parsed:
            parent = element.getparent()
            holder = etree.QName(parent).localname if parent is not None else ""
            if holder in ("url", "sitemap") and (address := (element.text or "").strip()):
                yield holder, address
            _drop(parent)
    except etree.XMLSyntaxError as error:
        raise InputMissing(f"{name}: is no sitemap: {error.msg}") from error


def _drop(entry: Any) -> None:
    """Frees what was read, so that a sitemap of 50,000 pages takes the memory of one."""
    while entry is not None and (before := entry.getprevious()) is not None:
        entry.getparent().remove(before)
