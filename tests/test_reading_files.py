"""Bytes become text, or an honest reason why not."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from auditor.errors import Unreadable
from auditor.model import Format
from auditor.reading.charset import text_of
from auditor.reading.files import MAX_BYTES, page_of
from auditor.reading.formats import format_of


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        text_of(data)
    assert "\n" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_charset(encoding: str) -> None:
    assert text_of("“root”".encode(encoding)) == "“root”"


def test_big_endian_utf_16_is_read() -> None:
    assert text_of(b"\xfe\xff" + "“root”".encode("utf-16-be")) == "“root”"


def test_a_meta_charset_is_believed() -> None:
    page = '<meta charset="iso-8859-7"><p>ρίζα</p>'
    assert text_of(page.encode("iso-8859-7")) == page


def test_an_xml_declaration_is_believed() -> None:
    page = '<?xml version="1.0" encoding="koi8-r"?><p>корень</p>'
    assert text_of(page.encode("koi8-r")) == page


def test_a_meta_charset_that_does_not_fit_is_not_believed() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=ascii"><p>“root”</p>'
    assert "“root”" in text_of(page.replace("ascii", "shift_jis").encode())


def test_latin_1_is_read_as_browsers_read_it() -> None:
    assert "“root”" in text_of('<meta charset="latin1"><p>“root”</p>'.encode("cp1252"))


def test_an_unknown_charset_is_passed_over() -> None:
    assert "“root”" in text_of('<meta charset="martian"><p>“root”</p>'.encode())


def test_bytes_that_are_not_utf_8_are_read_as_cp1252() -> None:
    assert text_of("“root” – résumé".encode("cp1252")) == "“root” – résumé"


def test_one_broken_byte_does_not_spoil_a_page_in_utf_8() -> None:
    broken = ("“root” – " * 20).encode() + b"\xff end"
    assert text_of(broken).startswith("“root” – “root”")


def test_line_ends_are_made_alike() -> None:
    assert text_of(b"a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert refusal(data) == "read/empty"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0", b"%PDF-1.7 text", b"text\0text", b"\x81\x8d ok", os.urandom(4000)]
)
def test_a_binary_file_is_said_to_be_binary(data: bytes) -> None:
    assert refusal(data) == "read/binary"


def test_a_page_in_a_file_has_no_url(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("# Root\n", encoding="utf-8")
    page = page_of(str(file))
    assert (page.source, page.url, page.fetched_at, page.format) == (str(file), None, None, Format.MARKDOWN)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<!doctype html><p>Root")))
    page = page_of("-")
    assert (page.source, page.format) == ("-", Format.HTML)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    file.write_bytes(b"root " * (MAX_BYTES // 5 + 1))
    with pytest.raises(Unreadable) as caught:
        page_of(str(file))
    assert caught.value.code == "read/too-large"


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"root " * (MAX_BYTES // 5))
    assert len(page_of(str(file)).text) == MAX_BYTES


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "locked.txt"
    file.write_text("root")
    file.chmod(0)
    with pytest.raises(Unreadable) as caught:
        page_of(str(file))
    assert caught.value.code == "read/permission"


def test_a_file_that_went_away_is_a_failure_of_that_page(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        page_of(str(tmp_path / "gone.txt"))
    assert caught.value.code == "read/missing"


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        page_of(str(tmp_path))
    assert caught.value.code == "read/error"


@pytest.mark.parametrize(
    ("text", "name", "format"),
    [
        ("<!DOCTYPE html><p>x", "page.txt", Format.HTML),
        ("<!-- saved --><html><p>x", "page.md", Format.HTML),
        ("<div>x</div>", "page.html", Format.HTML),
        ("<div>x</div>", "page.md", Format.MARKDOWN),
        ("<div>x</div>", "", Format.HTML),
        ("# Root\n\ntext", "", Format.MARKDOWN),
        ("see [this](https://example.org/)", "", Format.MARKDOWN),
        ("# Root", "notes.txt", Format.TEXT),
        ("Just words.", "", Format.TEXT),
        ("Just words.", "PAGE.HTM", Format.HTML),
    ],
)
def test_the_format_is_told_by_content_and_name(text: str, name: str, format: Format) -> None:
    assert format_of(text, name=name) is format


def test_every_gold_file_name_is_read_as_markdown() -> None:
    assert format_of(json.dumps({"id": 1}), name="dev-001.md") is Format.MARKDOWN


def test_a_page_in_another_script_is_read_though_it_names_no_charset() -> None:
    russian = "Корешок спинного нерва выходит через отверстие между позвонками и несёт сигналы к ноге. " * 6
    assert text_of(russian.encode("cp1251")).startswith("Корешок")


def test_a_western_page_that_names_no_charset_is_read_as_browsers_read_it() -> None:
    assert text_of("A “nerve root” leaves the café.".encode("cp1252")) == "A “nerve root” leaves the café."
