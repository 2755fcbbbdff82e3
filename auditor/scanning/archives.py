"""The pages in web archives (WARC, ISO 28500): each record of a page, by file and offset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from auditor.errors import InputMissing, JobError, Unreadable
from auditor.model import Page
from auditor.reading.charset import text_of
from auditor.reading.files import MAX_BYTES
from auditor.reading.formats import format_of
from auditor.scanning.model import Kind, Place

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")


def places_archived(name: str) -> Iterator[Place]:
    """The pages in an archive, or in those of a folder: answers of status 200 that hold text.

    Raises InputMissing where there is no archive. Where one breaks off, that place is a page that cannot be read.
    """
    path = Path(name)
    archives = sorted(one for one in path.rglob("*") if one.name.endswith(_SUFFIXES)) if path.is_dir() else [path]
    if not archives or not all(archive.is_file() for archive in archives):
        raise InputMissing(f"{name}: no web archive ({' '.join(_SUFFIXES)}) is there")
    for archive in archives:
        yield from _places_in(str(archive.resolve()))


def page_in(place: str) -> Page:
    """The page of a record, by `FILE#OFFSET`. Raises Unreadable (`read/…`)."""
    name, _, offset = place.rpartition("#")
    try:
        with Path(name).open("rb") as file:
            _refuse_broken(_record_at(file, int(offset), decode=False))
            return _page_of(place, _record_at(file, int(offset), decode=True))
    except FileNotFoundError as error:
        raise Unreadable("read/missing", "the archive is no longer there") from error


def _record_at(file: BinaryIO, offset: int, *, decode: bool) -> WarcRecord:
    file.seek(offset)
    record = next(iter(_records(file, decode=decode)), None)
    if record is None:
        raise Unreadable("read/missing", "the archive holds no record at this offset")
    return record


def _refuse_broken(record: WarcRecord) -> None:
    """The library says nothing where an archive ends in the middle of a record."""
    length = record.content_length
    if length <= MAX_BYTES and len(record.reader.read(length)) < length:
        raise Unreadable("read/truncated", "the archive breaks off within this record")


def _places_in(name: str) -> Iterator[Place]:
    end = 0
    with Path(name).open("rb") as file:
        try:
            for record in _records(file, decode=False):
                end = record.stream_pos
                if _is_page(record):
                    yield Place(f"{name}#{end}", Kind.RECORD, "")
        except Exception:  # whatever the library makes of damaged bytes
            yield Place(f"{name}#{end + 1}", Kind.RECORD, "")


def _records(file: BinaryIO, *, decode: bool) -> ArchiveIterator:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise JobError("web archives need the extra warc: pip install 'health-claim-auditor[warc]'") from error
    return ArchiveIterator(
        file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all" if decode else "none"
    )


def _is_page(record: WarcRecord) -> bool:
    from auditor.fetching.pages import PAGE_TYPES

    kind = (record.http_content_type or "").split(";")[0].strip().lower()
    return record.http_headers.status_code == 200 and (not kind or kind in PAGE_TYPES)


def _page_of(place: str, record: WarcRecord) -> Page:
    body = record.reader.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise Unreadable("read/too-large", f"the page is over {MAX_BYTES // 1_000_000} MB")
    text = text_of(body, declared=record.http_charset)
    kind = (record.http_content_type or "").split(";")[0].strip().lower()
    return Page(
        source=place,
        url=record.headers.get("WARC-Target-URI"),
        text=text,
        format=format_of(text, content_type=kind),
        fetched_at=record.record_date.astimezone(UTC).isoformat(timespec="seconds"),
    )
