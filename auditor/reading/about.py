"""What a page says of itself, fact by fact, each with where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model import Block, Fact, FactKind
from auditor.reading.bylines import author_in, date_in, reviewer_in, updated_in
from auditor.reading.draft import Draft, Link
from auditor.reading.facts import discloses, heads_sources, leads_to_source, names_source, sells
from auditor.reading.signs import sign
from claims.model import BlockKind

_MOST, _LONGEST = 50, 500  # facts of a kind, characters of one
_LONG = 1_000  # characters; a disclaimer is no article
_VISIBLE = {
    FactKind.AUTHOR: author_in,
    FactKind.REVIEWER: lambda blocks: next(filter(None, (reviewer_in(block.text) for block in blocks)), None),
    FactKind.PUBLISHED: date_in,
    FactKind.UPDATED: updated_in,
}


def about_of(draft: Draft) -> tuple[Fact, ...]:
    """Every fact once: those that the page marks, then those that its text and links show."""
    found = dict.fromkeys(fact for fact in (*draft.about.facts, *_shown(draft)) if fact.value)
    counted: dict[FactKind, int] = {}
    kept = []
    for fact in found:
        counted[fact.kind] = counted.get(fact.kind, 0) + 1
        if counted[fact.kind] <= _MOST:
            kept.append(fact)
    return tuple(kept)


def _shown(draft: Draft) -> Iterator[Fact]:
    marked = {fact.kind for fact in draft.about.facts}
    for kind, find in _VISIBLE.items():
        value = find(draft.article) if kind not in marked else None
        if value:
            yield _fact(kind, value, next(block for block in draft.article if value in block.text))
    yield from _sources(draft.article)
    for block in draft.blocks:
        if discloses(block.text):
            yield _fact(FactKind.DISCLOSURE, block.text, block)
        if len(block.text) <= _LONG and sign("disclaimer.text").search(block.text):
            yield _fact(FactKind.DISCLAIMER, block.text, block)
    for link in draft.links:
        yield from _of_link(link)


def _sources(blocks: Sequence[Block]) -> Iterator[Fact]:
    """What stands under a heading of sources, and what is cited elsewhere as sources are."""
    listed = False
    for block in blocks:
        if heads_sources(block):
            listed = True
        elif block.kind is BlockKind.HEADING:
            listed = False
        elif listed or names_source(block):
            yield _fact(FactKind.SOURCE, block.text, block)


def _of_link(link: Link) -> Iterator[Fact]:
    leads_out = link.href.startswith(("http://", "https://"))
    if "sponsored" in link.rel or (link.place is None and sign("selling.affiliate").search(link.href)):
        yield Fact(FactKind.AFFILIATE_LINK, link.href[:_LONGEST], "link")
    elif sells(link):
        yield Fact(FactKind.SHOP_LINK, (link.href or link.text)[:_LONGEST], "link" if link.href else "button")
    elif leads_to_source(link):
        yield Fact(FactKind.SOURCE, link.href[:_LONGEST], "link")
    elif leads_out and link.place is None:
        yield Fact(FactKind.REFERENCE, link.href[:_LONGEST], "link")


def _fact(kind: FactKind, value: str, block: Block) -> Fact:
    return Fact(kind, value[:_LONGEST], block.path or f"line {block.line}")
