"""Pages that name nothing that is judged, read without a tree: most of the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.model import Article, Block, Format, Page
from auditor.reading.furniture import hides
from auditor.reading.language import language_of, primary_subtag
from auditor.reading.markup import LINE, parsed
from auditor.reading.plain import plain, readable, scrubbed
from auditor.reading.vocabulary import block_elements, furniture_named
from claims.model import BlockKind, PageFacts

_LEAST = 400  # characters; with less, a page may be a shell or a piece, which takes a closer look
_MOST_NODES = 100_000
_NOTE = re.compile(r"[\W\d]{1,12}")  # more than a footnote's mark can be
_SCRIPT = re.compile(r"\s*(?:[{\[]|(?:window\.|var |self\.)?\w+\s*=\s*[{\[])")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")
_TAG = re.compile(r"<[^<>]*>")
_BESIDE = frozenset({"nav", "header", "footer"})


def light_article_of(page: Page) -> Article | None:
    """The article of a web page that names nothing topical, its blocks without paths; None for any other page.

    Raises Unreadable (`read/too-deep`) as `article_of` does.
    """
    if page.format is not Format.HTML:
        return None
    from claims.topicality import may_be_topical

    parser = parsed(scrubbed(page.text))
    read = _read(parser)
    if read is None or sum(len(text) for _, text in read.shown) < _LEAST or any(map(may_be_topical, read.texts)):
        return None
    blocks = tuple(_blocks(read))
    return Article(
        title=_title(parser),
        language=language_of("\n".join(block.text for block in blocks), _declared(parser)),
        author=None,
        published=None,
        blocks=blocks,
        facts=PageFacts(),
    )


@dataclass(slots=True)
class _Read:
    """The text of a page in pieces: twice, because marks and furniture in mid-line may or may not part two words."""

    joined: list[str] = field(default_factory=list)  # without them
    parted: list[str] = field(default_factory=list)  # with them
    aside: list[str] = field(default_factory=list)  # what they say, alternative texts, and data
    shown: list[tuple[int, str]] = field(default_factory=list)  # what the blocks are made of, each with its line

    @property
    def texts(self) -> tuple[str, str, str]:
        """All that a word may stand in."""
        return "".join(self.joined), "".join(self.parted), "\n".join(self.aside)

    def cut(self, line: int) -> None:
        """A block begins or ends here."""
        for pieces in (self.joined, self.parted, self.aside):
            pieces.append("\n")
        self.shown.append((line, "\n"))


@dataclass(frozen=True, slots=True)
class _Around:
    line: int = 1
    aside: bool = False  # in a note, or in furniture in mid-line
    beside: bool = False  # in a menu, header or footer


_Met = LexborNode | str | None


def _read(parser: LexborHTMLParser) -> _Read | None:
    """The text of a page; None for one so large that what to do with it is for the thorough reader to say."""
    read = _Read()
    waiting: list[tuple[_Met, _Around]] = [(parser.root, _Around())]
    for _ in range(_MOST_NODES):
        if not waiting:
            return read
        node, around = waiting.pop()
        if node is None:
            read.cut(around.line)
        elif isinstance(node, str):
            _take(read, node, around)
        elif node.is_text_node:
            _take(read, node.text_content or "", around)
        elif node.is_element_node:
            waiting.extend(reversed(list(_opened(read, node, around))))
    return None


def _take(read: _Read, text: str, around: _Around) -> None:
    read.parted.append(text)
    if around.aside:
        read.aside.append(text)
        return
    read.joined.append(text)
    if not around.beside:
        read.shown.append((around.line, text))


def _opened(read: _Read, node: LexborNode, around: _Around) -> Iterator[tuple[_Met, _Around]]:
    """What is in an element, with None where a block begins or ends, and the marks of a quotation."""
    name, attributes = node.tag or "", node.attributes
    if name == "script":
        read.aside.append(_data(node.text(deep=True)))
    if hides(name, attributes):
        return
    line = attributes.get(LINE) or ""
    inside = _Around(
        int(line) if line.isdigit() else around.line,
        around.aside or _is_aside(node, name, attributes),
        around.beside or name in _BESIDE,
    )
    ends = name in block_elements() or "-" in name
    if ends:
        yield None, inside
    if name == "br":
        _take(read, " ", inside)
    read.aside.append(attributes.get("alt") or "")
    if name == "q":
        yield "“", inside
    child = node.first_child
    while child is not None:
        yield child, inside
        child = child.next
    if name == "q":
        yield "”", inside
    if ends:
        yield None, around


def _is_aside(node: LexborNode, name: str, attributes: dict[str, str | None]) -> bool:
    if name in block_elements() or "-" in name:
        return False
    if name == "sup":
        return _NOTE.fullmatch(node.text(deep=True)) is not None
    said = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return attributes.get("role") is not None or (said != " " and furniture_named(said) is not None)


def _data(script: str) -> str:
    """The text in data, for there may be an article in it."""
    if not _SCRIPT.match(script):
        return ""
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\n", script)
    return f"{text}\n{_TAG.sub('', text)}"


def _blocks(read: _Read) -> Iterator[Block]:
    parts: list[str] = []
    begins = 1
    for line, text in [*read.shown, (1, "\n")]:
        if text != "\n":
            begins = line if not parts else begins
            parts.append(text)
            continue
        words = plain("".join(parts))
        if readable(words):
            yield Block(BlockKind.PARAGRAPH, words, "", begins)
        parts = []


def _title(parser: LexborHTMLParser) -> str | None:
    found = parser.css_first("h1") or parser.css_first("title")
    return plain(found.text(deep=True)) or None if found else None


def _declared(parser: LexborHTMLParser) -> str | None:
    return primary_subtag(parser.root.attributes.get("lang")) if parser.root else None
