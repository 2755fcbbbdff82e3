"""What a web page says of itself: title, author, reviewer, dates, language, address."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from auditor.model import Fact, FactKind
from auditor.reading.bylines import dated, named
from auditor.reading.draft import About, Stated
from auditor.reading.furniture import attribute
from auditor.reading.language import primary_subtag
from auditor.reading.linked_data import Said
from auditor.reading.plain import plain
from auditor.reading.signs import listed, names_one_of, sign
from auditor.reading.tree import Tree, first_words

_NEAR = 6  # levels up in which a review or a quotation shows itself
_QUOTING = frozenset({"blockquote", "figure"})
_PUBLISHED, _UPDATED = ("datePublished", "dateCreated"), ("dateModified", "lastReviewed")
_LONGEST_ADDRESS = 2_000  # characters

Metas = dict[str, str]


def about(tree: Tree, said: Said) -> About:
    """What the page says of itself in meta tags, JSON-LD, microdata and marked bylines, in this order."""
    metas = _metas(tree)
    shown = [tag for tag, label in tree.tags if label is None and (tag.attrs or tag.name in ("h1", "time"))]
    title, author = _title(tree, shown, metas, said), _author(shown, metas, said)
    published, language = _published(shown, metas, said), _language(tree, metas, said)
    found = {
        FactKind.TITLE: title,
        FactKind.AUTHOR: author,
        FactKind.REVIEWER: _reviewer(shown, said),
        FactKind.PUBLISHED: published,
        FactKind.UPDATED: _updated(shown, metas, said),
        FactKind.LANGUAGE: language,
        FactKind.CANONICAL: _canonical(tree, metas),
    }
    return About(
        title=title.value if title else None,
        author=author.value if author else None,
        published=published.value if published else None,
        language=language.value if language else None,
        facts=(
            *(Fact(kind, stated.value, stated.origin) for kind, stated in found.items() if stated),
            *(Fact(FactKind.SOURCE, stated.value, stated.origin) for stated in said.sources),
        ),
    )


def is_source_list(tag: Tag) -> bool:
    """True for a marked list of references, or a `<cite>` outside a quotation."""
    if tag.name == "cite":
        return bool(first_words(tag)) and not _is_foreign(tag)
    name = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    return (
        tag.name in ("ol", "ul", "section", "div", "dl")
        and names_one_of(listed("sources", "words"), name)
        and bool(first_words(tag))
    )


def _metas(tree: Tree) -> Metas:
    metas: Metas = {}
    for tag in tree.named("meta"):
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


def _title(tree: Tree, shown: list[Tag], metas: Metas, said: Said) -> Stated | None:
    headings = (Stated(words, "h1") for tag in shown if tag.name == "h1" and (words := first_words(tag, "")))
    title = next(tree.named("title"), None)
    written = first_words(title) if title else ""
    candidates = [next(headings, None), next(_of_metas("title", metas), None), said.of("title")]
    return next(filter(None, candidates), None) or (Stated(written, "title") if written else None)


def _author(shown: list[Tag], metas: Metas, said: Said) -> Stated | None:
    marked = (Stated(first_words(tag), _origin(tag, "byline")) for tag in shown if _marks_author(tag))
    return _first_name([*_of_metas("author", metas), *_given(said, "author"), *marked])


def _reviewer(shown: list[Tag], said: Said) -> Stated | None:
    marked = (Stated(first_words(tag), _origin(tag, "byline")) for tag in shown if _marks_reviewer(tag))
    return _first_name([*_given(said, "reviewer"), *marked])


def _first_name(candidates: list[Stated]) -> Stated | None:
    return next((Stated(name, found.origin) for found in candidates if (name := named(found.value))), None)


def _published(shown: list[Tag], metas: Metas, said: Said) -> Stated | None:
    marked = [Stated(_date_of(tag), _origin(tag, "time")) for tag in shown if _marks_date(tag, _PUBLISHED + _UPDATED)]
    return _first_date([*_of_metas("published", metas), *_given(said, "published"), *marked])


def _updated(shown: list[Tag], metas: Metas, said: Said) -> Stated | None:
    marked = [Stated(_date_of(tag), _origin(tag, "time")) for tag in shown if _marks_date(tag, _UPDATED, bare=False)]
    return _first_date([*_of_metas("updated", metas), *_given(said, "updated"), *marked])


def _first_date(candidates: list[Stated]) -> Stated | None:
    dates = ((sign("date.value").search(found.value), found.origin) for found in candidates)
    return next((Stated(date[0], origin) for date, origin in dates if date), None)


def _language(tree: Tree, metas: Metas, said: Said) -> Stated | None:
    page = next(tree.named("html"), None)
    declared = (attribute(page, "lang") or attribute(page, "xml:lang")) if page else ""
    candidates = [Stated(declared, "html lang"), *_of_metas("language", metas), *_given(said, "language")]
    return next((Stated(tag, found.origin) for found in candidates if (tag := primary_subtag(found.value))), None)


def _canonical(tree: Tree, metas: Metas) -> Stated | None:
    for link in tree.named("link"):
        if "canonical" in attribute(link, "rel").lower().split() and attribute(link, "href"):
            return Stated(plain(attribute(link, "href"))[:_LONGEST_ADDRESS], "link canonical")
    return Stated(metas["og:url"][:_LONGEST_ADDRESS], "meta og:url") if "og:url" in metas else None


def _of_metas(what: str, metas: Metas) -> Iterator[Stated]:
    return (Stated(metas[name], f"meta {name}") for name in listed("meta", what) if name in metas)


def _given(said: Said, kind: str) -> list[Stated]:
    stated = said.of(kind)
    return [stated] if stated else []


def _origin(tag: Tag, otherwise: str) -> str:
    return f"microdata {attribute(tag, 'itemprop')}" if attribute(tag, "itemprop") else otherwise


def _marks_author(tag: Tag) -> bool:
    if "author" in attribute(tag, "rel").split() or attribute(tag, "itemprop") in ("author", "creator"):
        return not _is_foreign(tag)
    name = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    return names_one_of(listed("author", "words"), name) and not _is_foreign(tag)


def _marks_reviewer(tag: Tag) -> bool:
    return attribute(tag, "itemprop") == "reviewedBy" and not _is_foreign(tag)


def _marks_date(tag: Tag, properties: tuple[str, ...], *, bare: bool = True) -> bool:
    marked = (bare and tag.name == "time") or attribute(tag, "itemprop") in properties
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
