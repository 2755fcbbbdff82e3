"""What a page says of itself in JSON-LD, however badly written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.reading.draft import Stated
from auditor.reading.signs import listed

_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
_KINDS = ("title", "author", "reviewer", "published", "updated", "language")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DEEP = 5
_MOST_SOURCES = 50

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What linked data says of the page itself, by kind of fact; `free` is False where it asks for payment."""

    facts: Mapping[str, Stated]
    sources: tuple[Stated, ...] = ()
    cites: bool = False
    free: bool = True

    def of(self, kind: str) -> Stated | None:
        """What is said of one kind of fact."""
        return self.facts.get(kind)


def said_in(scripts: list[str]) -> Said:
    """What the JSON-LD scripts of a page say of it. Reviews, products and organisations on it are passed over."""
    known = [node for script in scripts for node in _nodes(parsed(script), _DEEP)]
    nodes = [node for node in known if not _is_foreign(node)]
    named = {str(node["@id"]): node for node in known if "@id" in node and "name" in node}
    found = {kind: _first(nodes, listed("linked_data", kind), named) for kind in _KINDS}
    cited = [text for node in nodes for text in _cited(node.get("citation"), named)]
    return Said(
        facts={kind: stated for kind, stated in found.items() if stated},
        sources=tuple(Stated(text, "json-ld citation") for text in cited[:_MOST_SOURCES]),
        cites=any(node.get("citation") for node in nodes),
        free=not any(str(node.get("isAccessibleForFree")).lower() == "false" for node in nodes),
    )


def _cited(value: Any, named: dict[str, Node]) -> Iterator[str]:
    for item in value[:_MOST_SOURCES] if isinstance(value, list) else [value]:
        text = item if isinstance(item, str) else _string(item, named)
        if text and text.strip():
            yield " ".join(text.split())


def parsed(script: str) -> Any:
    """The value of a script of JSON; of one that is none, the plain strings that can be found in it."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip()
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _salvaged(text: str) -> Node:
    """The plain string values of a script that is no JSON at all; the first of each name."""
    wanted = (*listed("linked_data", "published"), *listed("linked_data", "updated"), "headline", "inLanguage")
    node: Node = {}
    for key in wanted:
        found = re.search(rf"""["']?{key}["']?\s*:\s*["']([^"'\n]{{2,200}})["']""", text)
        if found:
            node[key] = found[1]
    author = re.search(
        r"""["']?author["']?\s*:\s*(?:[\[{][^}\]]{0,200}?["']?name["']?\s*:\s*)?["']([^"'\n]{2,80})["']""", text
    )
    return node | ({"author": author[1]} if author else {})


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in _CONTAINERS:
            yield from _nodes(value.get(key), depth - 1)


def _is_foreign(node: Node) -> bool:
    kinds = node.get("@type")
    listed_kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(str(kind).lower() in listed("linked_data", "foreign") for kind in listed_kinds)


def _first(nodes: list[Node], keys: tuple[str, ...], named: dict[str, Node]) -> Stated | None:
    found = ((_string(node.get(key), named), key) for key in keys for node in nodes)
    return next((Stated(text, f"json-ld {key}") for text, key in found if text), None)


def _string(value: Any, named: dict[str, Node]) -> str | None:
    if isinstance(value, list):
        return (
            ", ".join(filter(None, (_string(item, named) for item in value[:5] if not isinstance(item, list)))) or None
        )
    if isinstance(value, dict):
        node = value if "name" in value else named.get(str(value.get("@id")), {})
        name = node.get("name")
        return " ".join(name.split()) or None if isinstance(name, str) else None
    if isinstance(value, str) and "://" not in value:
        return " ".join(value.split()) or None
    return None
