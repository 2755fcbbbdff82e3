"""A web page as a tree, with the parts that are not its article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from auditor.reading.furniture import furniture_in
from auditor.reading.markup import soup_of
from auditor.reading.plain import plain

# The words of a link, a byline or a note are few; what a broken page has inside one may be all of it.
_LONG, _NEAR = 400, 200  # characters, nodes


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed page.

    `left_out` is keyed by `id(tag)`, which holds as long as `soup` does. `tags` are all elements in reading order, each
    with the label of the left-out part that it is or stands in, if any.
    """

    soup: BeautifulSoup
    left_out: dict[int, str]
    tags: tuple[tuple[Tag, str | None], ...]

    def named(self, *names: str) -> Iterator[Tag]:
        """The elements of these names, wherever they stand."""
        return (tag for tag, _ in self.tags if tag.name in names)


def tree_of(text: str) -> Tree:
    """The tree of a page, however broken its markup. `text` must be scrubbed. Raises Unreadable (`read/too-…`)."""
    soup = soup_of(text)
    left_out = furniture_in(soup)
    return Tree(soup, left_out, tuple(_labelled(soup, left_out)))


def _labelled(soup: BeautifulSoup, left_out: dict[int, str]) -> Iterator[tuple[Tag, str | None]]:
    waiting: list[tuple[Tag, str | None]] = [(soup, None)]
    while waiting:
        tag, label = waiting.pop()
        label = label or left_out.get(id(tag))
        yield tag, label
        waiting.extend((child, label) for child in reversed(tag.contents) if isinstance(child, Tag))


def path_of(tag: Tag) -> str:
    """The CSS path of an element."""
    steps: list[str] = []
    here: Tag | None = tag
    while here is not None and here.parent is not None and here.name not in ("html", "[document]"):
        before = sum(1 for twin in here.previous_siblings if isinstance(twin, Tag) and twin.name == here.name)
        steps.append(here.name if here.name in ("head", "body") else f"{here.name}:nth-of-type({before + 1})")
        here = here.parent
    return " > ".join(["html", *reversed(steps)])


def linked_data_in(tree: Tree) -> list[str]:
    """The scripts that hold JSON-LD, as they stand."""
    scripts = tree.named("script")
    return [script.get_text() for script in scripts if str(script.attrs.get("type")).lower() == "application/ld+json"]


def first_words(tag: Tag, between: str = " ") -> str:
    """The first words of an element, with `between` where one inner element ends and the next begins."""
    return plain(between.join(_first_texts(tag))[:_LONG])


def _first_texts(tag: Tag) -> Iterator[str]:
    waiting: list[PageElement | str] = list(reversed(tag.contents[:_NEAR]))
    for _ in range(_NEAR):
        node = waiting.pop() if waiting else None
        if isinstance(node, Tag):
            waiting.extend([" "] if node.name == "br" else reversed(node.contents[:_NEAR]))
        elif type(node) in (NavigableString, str):
            yield str(node)
