"""The article of a page that shows none, where it stands in JSON inside the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from auditor.model import Block, Role
from auditor.reading.furniture import attribute
from auditor.reading.linked_data import parsed
from auditor.reading.plain import plain, readable
from auditor.reading.tree import Tree, path_of
from claims.model import BlockKind

_LEAST, _LEAST_PART = 200, 60  # characters of an article, and of a piece of one
_MOST_VALUES, _MOST_BLOCKS = 50_000, 500
_BODY = ("articleBody", "reviewBody")
_KEYS = frozenset(
    {"articleBody", "body", "bodyHtml", "content", "contentHtml", "html", "markdown", "post_content", "text"}
)
_PARTS = frozenset({"children", "content", "description", "paragraph", "text", "value"})
_STATE = re.compile(r"\s*(?:window\.|var |self\.)?\w+\s*=\s*(?=[{\[])")
_MARKUP = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|br|section|article|blockquote)\b", re.IGNORECASE)


def embedded_in(tree: Tree) -> tuple[Block, ...]:
    """The blocks of an article, or of questions and answers, that the scripts of a page hold as data; empty if none."""
    scripts = [tag for tag in tree.named("script") if tag.string]
    linked = [tag for tag in scripts if attribute(tag, "type").lower() == "application/ld+json"]
    for tag in linked:
        if found := tuple(_of_linked(tag)):
            return found[:_MOST_BLOCKS]
    for tag in scripts:
        if tag not in linked and (found := tuple(_of_state(tag))):
            return found[:_MOST_BLOCKS]
    return ()


def _of_linked(tag: Tag) -> Iterator[Block]:
    value = parsed(str(tag.string))
    for node in _nodes(value):
        for key in _BODY:
            text = node.get(key)
            if isinstance(text, str) and len(text) >= _LEAST:
                yield from _blocks(text, tag, f"json-ld {key}", Role.CORE)
    for node in _nodes(value):
        if node.get("@type") == "Question":
            yield from _question(node, tag)


def _question(node: dict[str, Any], tag: Tag) -> Iterator[Block]:
    answer = node.get("acceptedAnswer")
    text = answer.get("text") if isinstance(answer, dict) else None
    if not isinstance(text, str) or not isinstance(node.get("name"), str):
        return
    yield _block(BlockKind.HEADING, node["name"], tag, "json-ld FAQPage", Role.ANSWER)
    yield from _blocks(text, tag, "json-ld FAQPage", Role.ANSWER)


def _of_state(tag: Tag) -> Iterator[Block]:
    """The longest text that data of a framework hold under a name of bodies, or else the pieces of one."""
    text = str(tag.string)
    named = attribute(tag, "id") or "window state"
    if "json" not in attribute(tag, "type").lower():
        found = _STATE.match(text)
        if not found:
            return
        text = text[found.end() :].rstrip().removesuffix(";")
    value = parsed(text)
    bodies = [words for key, words in _strings(value) if key in _KEYS and len(words) >= _LEAST and " " in words]
    if bodies:
        yield from _blocks(max(bodies, key=len), tag, f"json {named}", Role.CORE)
        return
    parts = [words for key, words in _strings(value) if key in _PARTS and len(words) >= _LEAST_PART and " " in words]
    if sum(map(len, parts)) >= _LEAST:
        for words in parts:
            yield from _blocks(words, tag, f"json {named}", Role.CORE)


def _blocks(text: str, tag: Tag, origin: str, role: Role) -> Iterator[Block]:
    if _MARKUP.search(text):
        from auditor.reading.html import blocks_of  # a page inside a page

        yield from (_block(block.kind, block.text, tag, origin, role) for block in blocks_of(text))
        return
    for paragraph in re.split(r"\n\s*\n|\n", text):
        if readable(paragraph):
            yield _block(BlockKind.PARAGRAPH, paragraph, tag, origin, role)


def _block(kind: BlockKind, text: str, tag: Tag, origin: str, role: Role) -> Block:
    return Block(kind, plain(text), path_of(tag), tag.sourceline or 1, role, origin=origin)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        now = waiting.pop()
        if isinstance(now, dict):
            yield now
            waiting.extend(reversed(now.values()))
        elif isinstance(now, list):
            waiting.extend(reversed(now))


def _strings(value: Any) -> Iterator[tuple[str, str]]:
    for node in _nodes(value):
        for key, words in node.items():
            if isinstance(words, str):
                yield key, words
            elif isinstance(words, list):
                yield from ((key, item) for item in words if isinstance(item, str))
