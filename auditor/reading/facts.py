"""The facts that page rules ask for: does a page name an author, a date, its sources; does it sell, and say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from auditor.model import Block, Fact, FactKind
from auditor.reading.bylines import author_in, date_in
from auditor.reading.draft import Draft, Link
from auditor.reading.signs import sign
from claims.model import BlockKind, PageFacts

_LAST = 3  # blocks; a line on tags or sharing may follow “Read more”
_NEAR, _SHORT, _LONG, _LONGEST = 60, 200, 2_000, 50_000  # characters; what is looked at of a text, however long it is
_SITE_WIDE = frozenset(
    {"navigation", "header", "footer", "cookie", "related"}
)  # a site may have a shop, and a page not


def facts_of(draft: Draft, about: Iterable[Fact]) -> PageFacts:
    """What the page has, given all that it says of itself; only `checkable` pages can be blamed for what they lack."""
    article = draft.article
    return PageFacts(
        checkable=draft.whole,
        author=bool(draft.about.author or author_in(article)),
        date=bool(draft.about.published or date_in(article)),
        sources=draft.cites or _shows_sources(article, draft.links),
        selling=any(map(sells, draft.links)),
        disclosure=any(fact.kind is FactKind.DISCLOSURE for fact in about),
        truncated=draft.broken or breaks_off(article),
        hidden_text=draft.stuffed,
    )


def discloses(text: str) -> bool:
    """True where a text says that the page earns by selling or is paid for."""
    return any(
        not sign("disclosure.denial").search(text[: found.start()][-_NEAR:])
        for found in sign("disclosure.text").finditer(text, 0, _LONGEST)
    )


def breaks_off(blocks: Sequence[Block]) -> bool:
    """True where the last blocks show that the rest of the article is elsewhere."""
    last = [block.text for block in blocks[-_LAST:] if block.kind is not BlockKind.HEADING]
    if any(_stands_for_the_rest(text) for text in last):
        return True
    return bool(last) and sign("truncated.end").search(last[-1][-_NEAR:]) is not None


def _stands_for_the_rest(text: str) -> bool:
    if len(text) <= _SHORT and sign("truncated.whole").search(text):
        return True
    return sign("truncated.wall").search(text[-_LONG:]) is not None


def _shows_sources(blocks: Sequence[Block], links: Iterable[Link]) -> bool:
    headed = any(heads_sources(block) and after.kind is not BlockKind.HEADING for block, after in pairwise(blocks))
    return headed or any(map(names_source, blocks)) or any(map(leads_to_source, links))


def heads_sources(block: Block) -> bool:
    """True for a heading, or what looks like one, over a list of sources."""
    return len(block.text) <= _SHORT and sign("sources.heading").search(block.text) is not None


def names_source(block: Block) -> bool:
    """True where a block names a study or a guideline as one cites it."""
    lines = (sign("sources.list"), sign("sources.text"))
    return any(line.search(block.text, 0, _LONGEST) is not None for line in lines)


def leads_to_source(link: Link) -> bool:
    """True for a link from the article to a study, a journal or a public body."""
    if link.place is not None or not link.href.startswith(("http://", "https://")) or sells(link):
        return False
    return sign("sources.link").search(link.href) is not None or sign("sources.anchor").search(link.text) is not None


def sells(link: Link) -> bool:
    """True for a link or button that the page earns by; the shop in a site's menu is none."""
    if "sponsored" in link.rel:
        return True
    if link.place in _SITE_WIDE:
        return False
    by_address = sign("selling.link").search(link.href) or sign("selling.affiliate").search(link.href)
    return by_address is not None or sign("selling.text").search(link.text) is not None
