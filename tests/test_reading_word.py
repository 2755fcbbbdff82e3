"""Word drafts are read as people write them; a hostile file gives a reason."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from auditor.errors import Unreadable
from auditor.model import Article, Format
from auditor.reading.article import article_of
from auditor.reading.files import page_of
from auditor.reading.word import MOST_BYTES, MOST_PARTS

BODY = "word/document.xml"


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def draft() -> bytes:
    document = docx.Document()
    document.core_properties.author = "Maria Keller"
    document.core_properties.title = "Roots & rootlets"
    document.add_heading("What a root does", level=1)
    document.add_paragraph("A nerve root is <not> a remedy & never was.")
    document.add_paragraph("It can be pressed:", style="List Bullet")
    document.add_paragraph("by a disc;", style="List Bullet 2")
    document.add_paragraph("Rest is best.", style="Quote")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Root", "Moves", "L5", "The big toe"], strict=True):
        cell.text = text
    return saved(document)


def article_in(data: bytes, folder: Path, name: str = "draft.docx") -> Article:
    file = folder / name
    file.write_bytes(data)
    return article_of(page_of(str(file)))


def refusal(data: bytes, folder: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        article_in(data, folder)
    assert "\n" not in str(caught.value)
    return caught.value.code


def rezipped(change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """The draft with its parts changed, and more of them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in (more or {}).items():
            new.writestr(name, data)
    return file.getvalue()


def test_a_draft_is_read_block_by_block(tmp_path: Path) -> None:
    article = article_in(draft(), tmp_path)
    assert [(block.kind.value, block.text, block.header) for block in article.blocks] == [
        ("heading", "What a root does", None),
        ("paragraph", "A nerve root is <not> a remedy & never was.", None),
        ("list-item", "It can be pressed:", None),
        ("list-item", "by a disc;", None),
        ("quote", "Rest is best.", None),
        ("table-cell", "Root", None),
        ("table-cell", "Moves", None),
        ("table-cell", "L5", "Root"),
        ("table-cell", "The big toe", "Moves"),
    ]
    assert {(block.path, block.fragment) for block in article.blocks} == {("", None)}
    assert [block.line for block in article.blocks[:5]] == [1, 2, 3, 4, 5]
    assert (article.title, article.author) == ("What a root does", "Maria Keller")
    assert not article.facts.checkable


def test_a_word_file_is_told_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "draft.html"
    file.write_bytes(draft())
    assert page_of(str(file)).format is Format.WORD


def test_another_archive_is_no_word_file(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "root")
    assert refusal(file.getvalue(), tmp_path) == "read/binary"


def test_a_file_of_an_old_word_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"save it as \.docx"):
        article_in(b"\xd0\xcf\x11\xe0" + b"\0" * 600, tmp_path, "draft.doc")


def test_without_the_extra_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(Unreadable, match=r"pip install 'health-claim-auditor\[docx\]'") as caught:
        article_in(draft(), tmp_path)
    assert caught.value.code == "read/word-missing"


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = rezipped(lambda _, data: data, {"word/media/a.bin": b"\0" * (MOST_BYTES + 1)})
    assert len(bomb) < 200_000 and refusal(bomb, tmp_path) == "read/too-large"


def test_a_file_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    bomb = bytearray(rezipped(lambda _, data: data, {"word/media/a.bin": b"\0" * (MOST_BYTES + 1)}))
    told = (MOST_BYTES + 1).to_bytes(4, "little")
    assert told in bomb
    assert refusal(bytes(bomb).replace(told, (10).to_bytes(4, "little")), tmp_path) in ("read/too-large", "read/word")


def test_a_file_of_parts_without_end_is_refused(tmp_path: Path) -> None:
    assert (
        refusal(rezipped(lambda _, data: data, {f"x/{n}": b"" for n in range(MOST_PARTS)}), tmp_path)
        == "read/too-large"
    )


def test_a_file_that_declares_entities_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<w:document", entity + b"<w:document", 1) if name == BODY else data

    assert refusal(rezipped(change), tmp_path) == "read/word"


@pytest.mark.parametrize("size", [30, 200, 2_000, 20_000])
def test_a_file_that_is_cut_short_is_refused(tmp_path: Path, size: int) -> None:
    assert refusal(draft()[:size], tmp_path) in ("read/binary", "read/word")


def test_a_part_that_is_no_xml_is_refused(tmp_path: Path) -> None:
    assert refusal(rezipped(lambda name, data: b"<w" if name == BODY else data), tmp_path) == "read/word"
