"""Word drafts (Office Open XML, ECMA-376) as plain markup: one paragraph or table row a line."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from auditor.errors import Unreadable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

ZIP, OLD_WORD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_PARTS, MOST_BYTES = 5_000, 60_000_000  # of an unpacked file; a longer book is many drafts
_BODY = "word/document.xml"
_HEADING = re.compile(r"(?:heading|title|überschrift)\s*([1-6])?", re.IGNORECASE)
_ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TOP = 4_096  # bytes of a part in which a document type is declared


def is_word(data: bytes) -> bool:
    """True for a Word document, told by its content."""
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _BODY in archive.namelist()
    except zipfile.BadZipFile:
        return False


def markup_of(data: bytes) -> str:
    """A Word document as markup, with what it says of itself in the head.

    Raises Unreadable: `read/word-missing` without python-docx, `read/too-large`, `read/word` for a broken one.
    """
    _refuse_hostile(data)
    try:
        import docx  # an extra: most drafts are no Word files
    except ModuleNotFoundError as error:
        raise Unreadable(
            "read/word-missing", "Word files are read with python-docx: run pip install 'health-claim-auditor[docx]'"
        ) from error
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join((_head(document), *_body(document)))
    except Exception as error:  # python-docx and lxml raise whatever a broken part leads them to
        raise _broken() from error


def _refuse_hostile(data: bytes) -> None:
    """Refuses an archive that unpacks to too much, or declares entities. Sizes are checked while unpacking."""
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.infolist()
            if len(names) > MOST_PARTS or sum(part.file_size for part in names) > MOST_BYTES:
                raise _too_large()
            for part in names:
                left -= _size(archive, part, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise _broken() from error
    except Exception as error:
        if isinstance(error, Unreadable):
            raise
        raise _broken() from error  # zlib.error, and what other packers raise


def _size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    with archive.open(part) as file:
        data = file.read(left + 1)
    if len(data) > left:
        raise _too_large()
    if part.filename.endswith((".xml", ".rels")) and _ENTITIES.search(data[:_TOP].replace(b"\0", b"")):
        raise Unreadable("read/word", "the Word file declares entities, which no word processor does; it is not read")
    return len(data)


def _head(document: Document) -> str:
    about = document.core_properties
    metas = {"author": about.author, "dcterms.modified": about.modified, "dcterms.created": about.created}
    written = {name: str(value) for name, value in metas.items() if value and str(value) != "python-docx"}
    marks = "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in written.items())
    return f"<!doctype html><html><head><title>{_text(about.title or '')}</title>{marks}</head><body>"


def _body(document: Document) -> Iterator[str]:
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _table(item)
        else:
            yield _paragraph(item)


def _paragraph(paragraph: Paragraph) -> str:
    text = _text(paragraph.text)
    style: Any = paragraph.style
    name = (style.name or "") if style is not None else ""
    if heading := _HEADING.match(name):
        return f"<h{heading[1] or 1}>{text}</h{heading[1] or 1}>"
    if name.startswith("List") or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None):
        return f"<ul><li>{text}</li></ul>"
    return f"<{_tag(name)}>{text}</{_tag(name)}>"


def _tag(style: str) -> str:
    return {"Quote": "blockquote", "Intense Quote": "blockquote", "Caption": "figcaption"}.get(style, "p")


def _table(table: Table) -> Iterator[str]:
    """Rows of cells; the first row is the heads, as Word has them."""
    yield "<table>"
    for number, row in enumerate(table.rows):
        cell = "th" if number == 0 else "td"
        seen = dict.fromkeys(item._tc for item in row.cells)  # a merged cell is given once for each that it spans
        cells = (next(item for item in row.cells if item._tc is element) for element in seen)
        yield "<tr>" + "".join(f"<{cell}>{_text(item.text)}</{cell}>" for item in cells) + "</tr>"
    yield "</table>"


def _text(words: str) -> str:
    return escape(words).replace("\n", " ")


def _broken() -> Unreadable:
    return Unreadable("read/word", "the Word file is broken; save it again as .docx")


def _too_large() -> Unreadable:
    return Unreadable("read/too-large", f"the Word file unpacks to over {MOST_BYTES // 1_000_000} MB; split it")
