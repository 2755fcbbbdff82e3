"""Markdown: its blocks as a reader sees them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.model import Block
from auditor.reading.draft import About, Draft, Link
from auditor.reading.language import primary_subtag
from auditor.reading.plain import plain, readable
from claims.model import BlockKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_KINDS = {
    "heading_open": BlockKind.HEADING,
    "list_item_open": BlockKind.LIST_ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "th_open": BlockKind.TABLE_CELL,
    "td_open": BlockKind.TABLE_CELL,
}
_FRONT = re.compile(
    r"(?:---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(?P<toml>.*?)\n\+\+\+)[ \t]*(?:\n|$)", re.DOTALL
)
_FIELD = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)


def draft_of(text: str) -> Draft:
    """A Markdown page as read; one with front matter is a whole page, one without is a piece of one."""
    front, body = _split(text)
    tokens = _tokens(body)
    blocks = tuple(_blocks(tokens))
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    known = _about(front or {})
    return Draft(
        blocks=blocks,
        about=replace(known, title=known.title or heading),
        links=tuple(_links(tokens)),
        whole=front is not None,
    )


def _split(text: str) -> tuple[dict[str, str] | None, str]:
    """Front matter and body; the body keeps its line numbers."""
    found = _FRONT.match(text)
    fields = _fields(found) if found else None
    if found is None or fields is None:
        return None, text
    return fields, "\n" * found[0].count("\n") + text[found.end() :]


def _fields(found: re.Match[str]) -> dict[str, str] | None:
    if found["toml"] is not None:
        try:
            return {key.lower(): str(value) for key, value in tomllib.loads(found["toml"]).items()}
        except tomllib.TOMLDecodeError:
            return None
    return _simple_yaml(found["yaml"])


def _simple_yaml(text: str) -> dict[str, str] | None:
    """`key: value` lines, with lists joined; None where it is something else between two rules."""
    fields: dict[str, str] = {}
    key = None
    for line in text.split("\n"):
        field = _FIELD.match(line)
        if field:
            key = field[1].lower()
            fields[key] = _value(field[2] or "")
        elif line.strip() and not line.startswith(("#", " ", "\t", "-")):
            return None
        elif key and line.lstrip().startswith("- "):
            fields[key] = ", ".join(filter(None, (fields[key], _value(line.lstrip()[2:]))))
    return fields or None


def _value(text: str) -> str:
    items = re.sub(r"^\[(.*)\]$", r"\1", text.strip()).split(",")
    return ", ".join(item.strip().strip("\"'") for item in items if item.strip())


def _about(front: dict[str, str]) -> About:
    def first(*names: str) -> str | None:
        return next((front[name] for name in names if front.get(name)), None)

    return About(
        title=first("title"),
        author=first("author", "authors", "reviewer"),
        published=first("date", "published", "updated", "lastmod", "reviewed"),
        language=primary_subtag(first("lang", "language", "locale")),
    )


def _tokens(body: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt  # only when Markdown is read

    return MarkdownIt("commonmark").enable("table").parse(body)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    around = [BlockKind.PARAGRAPH]
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.nesting > 0:
            around.append(_KINDS.get(token.type, around[-1]))
        elif token.nesting < 0:
            around.pop()
        elif token.type == "html_block":
            yield from _html_blocks(token.content, line)
        elif token.type in ("inline", "code_block", "fence"):
            words = plain(_words(token))
            if readable(words):
                yield Block(around[-1], words, "", line)


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(map(_inline, token.children))


def _inline(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline":
        return " " if _BREAK.match(token.content) else ""
    return token.content if token.type in ("text", "code_inline") else ""


def _html_blocks(markup: str, line: int) -> Iterator[Block]:
    shown = _without_comments(markup)
    if shown.lstrip().startswith(("<!", "<?")):  # what a browser would hide, a reader of the draft sees
        if readable(shown):
            yield Block(BlockKind.PARAGRAPH, plain(shown), "", line)
    elif readable(shown):
        from auditor.reading.html import blocks_of  # only for Markdown with blocks of HTML in it

        yield from (replace(block, path="", line=block.line + line - 1) for block in blocks_of(shown))


def _without_comments(markup: str) -> str:
    """No pattern does this: one takes hours on a page of comments that never close."""
    before, *opened = markup.split("<!--")
    return before + "".join(piece.partition("-->")[2] for piece in opened)


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    for token in tokens:
        inside: list[str] | None = None
        for child in token.children or ():
            if child.type == "link_open":
                inside, href = [], str(child.attrGet("href") or "")
            elif child.type == "link_close" and inside is not None:
                yield Link(plain("".join(inside)), href)
                inside = None
            elif inside is not None:
                inside.append(_inline(child))
