"""What a web page says of itself: title, author, dates, language, links."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from auditor.reading.bylines import dated, named
from auditor.reading.draft import About, Link
from auditor.reading.furniture import HIDDEN, attribute
from auditor.reading.language import primary_subtag
from auditor.reading.linked_data import Said, said_in
from auditor.reading.plain import plain
from auditor.reading.signs import listed, names_one_of, sign
from auditor.reading.tree import Tree, first_words, tags_in

_LONGEST_ADDRESS = 2_000  # characters
_NEAR = 6  # levels up in which a review or a quotation shows itself
_QUOTING = frozenset({"blockquote", "figure"})


def about(tree: Tree) -> About:
    """What the page says of itself in meta tags, JSON-LD, microdata and marked bylines, in this order."""
    metas = _metas(tree)
    said = said_in([script.get_text() for script in tree.soup.find_all("script", type="application/ld+json")])
    shown = [tag for tag, label in tags_in(tree) if label is None]
    return About(
        title=_title(tree, shown, metas, said),
        author=_author(shown, metas, said),
        published=_published(shown, metas, said),
        language=_language(tree, metas, said),
    )


def links_in(tree: Tree) -> tuple[Link, ...]:
    """Every link, button and form that a reader can use, with the furniture it stands in."""
    return tuple(_link(tag, label) for tag, label in tags_in(tree) if label != HIDDEN and _leads_on(tag))


def cites(tree: Tree) -> bool:
    """True where the article marks a source: a list of references, or `<cite>` outside a quotation."""
    if said_in([script.get_text() for script in tree.soup.find_all("script", type="application/ld+json")]).cites:
        return True
    return any(_marks_source(tag) for tag, label in tags_in(tree) if label is None)


def _metas(tree: Tree) -> dict[str, str]:
    metas: dict[str, str] = {}
    for tag in tree.soup.find_all("meta"):
        name = (
            attribute(tag, "name")
            or attribute(tag, "property")
            or attribute(tag, "http-equiv")
            or attribute(tag, "itemprop")
        )
        content = plain(attribute(tag, "content"))
        if name and content and not _is_foreign(tag):
            metas.setdefault(name.lower(), content)
    return metas


def _title(tree: Tree, shown: list[Tag], metas: dict[str, str], said: Said) -> str | None:
    heading = next((words for tag in shown if tag.name == "h1" and (words := first_words(tag, ""))), None)
    title = tree.soup.find("title")
    return (
        heading
        or next(_of_metas("title", metas), None)
        or said.title
        or (first_words(title) if title else None)
        or None
    )


def _author(shown: list[Tag], metas: dict[str, str], said: Said) -> str | None:
    texts = [*_of_metas("author", metas), said.author or "", *(first_words(tag) for tag in shown if _marks_author(tag))]
    return next((name for text in texts if (name := named(text))), None)


def _published(shown: list[Tag], metas: dict[str, str], said: Said) -> str | None:
    texts = [
        *_of_metas("published", metas),
        said.published or "",
        *(_date_of(tag) for tag in shown if _marks_date(tag)),
    ]
    return next((found[0] for text in texts if (found := sign("date.value").search(text))), None)


def _language(tree: Tree, metas: dict[str, str], said: Said) -> str | None:
    page = tree.soup.find("html")
    declared = (attribute(page, "lang") or attribute(page, "xml:lang")) if page else ""
    tags = [declared, *_of_metas("language", metas), said.language]
    return next((language for tag in tags if (language := primary_subtag(tag))), None)


def _of_metas(what: str, metas: dict[str, str]) -> Iterator[str]:
    return (metas[name] for name in listed("meta", what) if name in metas)


def _marks_author(tag: Tag) -> bool:
    if "author" in attribute(tag, "rel").split() or attribute(tag, "itemprop") in ("author", "creator"):
        return not _is_foreign(tag)
    name = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    return names_one_of(listed("author", "words"), name) and not _is_foreign(tag)


def _marks_date(tag: Tag) -> bool:
    marked = tag.name == "time" or attribute(tag, "itemprop") in ("datePublished", "dateModified", "lastReviewed")
    return marked and not _is_foreign(tag)


def _date_of(tag: Tag) -> str:
    words = first_words(tag)
    return attribute(tag, "datetime") or attribute(tag, "content") or dated(words) or words


def _is_foreign(tag: Tag) -> bool:
    """True for what belongs to a review, a testimonial or a quotation on the page, and not to the page."""
    around = [tag]
    while len(around) < _NEAR and around[-1].parent is not None:
        around.append(around[-1].parent)
    return any(_is_of_others(near) for near in around if near.name not in ("html", "body", "[document]"))


def _is_of_others(tag: Tag) -> bool:
    kind = attribute(tag, "itemtype").rsplit("/", 1)[-1].lower()
    if tag.name in _QUOTING or (
        kind and kind in listed("linked_data", "foreign") and kind not in ("person", "organization")
    ):
        return True
    return names_one_of(listed("author", "others"), f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')}")


def _marks_source(tag: Tag) -> bool:
    if tag.name == "cite":
        return bool(first_words(tag)) and not _is_foreign(tag)
    name = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    return (
        tag.name in ("ol", "ul", "section", "div", "dl")
        and names_one_of(listed("sources", "words"), name)
        and bool(first_words(tag))
    )


def _leads_on(tag: Tag) -> bool:
    if tag.name == "input":
        return attribute(tag, "type") in ("submit", "button", "image")
    return tag.name in ("button", "form") or (tag.name == "a" and tag.has_attr("href"))


def _link(tag: Tag, label: str | None) -> Link:
    return Link(
        text="" if tag.name == "form" else first_words(tag) or plain(attribute(tag, "value")),
        href=(attribute(tag, "href") or attribute(tag, "action"))[:_LONGEST_ADDRESS],
        rel=frozenset(attribute(tag, "rel").lower().split()),
        place=label,
    )
