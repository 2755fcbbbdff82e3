"""Pages that show the beginnings of articles only."""

from __future__ import annotations

from bs4 import Tag

from auditor.reading.furniture import attribute
from auditor.reading.linked_data import Said
from auditor.reading.signs import listed, names_one_of, sign
from auditor.reading.tree import Tree, first_words

_MANY_LINKS, _MANY_CARDS = 3, 4
_CARD, _LONGEST = 900, 200  # characters of a teaser, and of a link
_WHOLE = 3_000  # characters; of a page with more, not all can be behind a wall


def is_archive(tree: Tree) -> bool:
    """True for a list of teasers: several links to read on, or several short articles whose headings lead elsewhere."""
    shown = [tag for tag, label in tree.tags if label is None]
    onward = sum(_reads_on(tag) for tag in shown if tag.name == "a")
    cards = [tag for tag in shown if tag.name == "article"]
    return onward >= _MANY_LINKS or sum(map(_is_card, cards)) >= max(_MANY_CARDS, len(cards) - 1)


def is_walled(tree: Tree, said: Said, shown: int) -> bool:
    """True where the page says that its rest is for those who pay; `shown` is how many characters it shows."""
    if not said.free and shown < _WHOLE:
        return True
    walls = listed("walled", "words")
    return any(
        names_one_of(walls, f"{attribute(tag, 'class')} {attribute(tag, 'id')}") and first_words(tag)
        for tag, label in tree.tags
        if label is None and tag.name in ("div", "section", "aside", "p")
    )


def _reads_on(tag: Tag) -> bool:
    words = first_words(tag)
    return len(words) <= _LONGEST and sign("truncated.whole").search(words) is not None


def _is_card(article: Tag) -> bool:
    heading = article.find(["h2", "h3", "h4"])
    leads = isinstance(heading, Tag) and (
        heading.find("a", href=True) is not None or (heading.parent is not None and heading.parent.name == "a")
    )
    return leads and len(article.get_text()) < _CARD
