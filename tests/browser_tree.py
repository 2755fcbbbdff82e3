"""A page as browsers build it, to look up what stands at a path."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from auditor.model import Block


def stands_at_its_path(block: Block, markup: str) -> bool:
    """True where the path selects one element, and the words of the block stand in it in their order.

    Words are looked for one after another, because footnote marks and hidden parts between them are not read.
    """
    found = LexborHTMLParser(markup).css(block.path)
    return len(found) == 1 and _in_order(block.text, _text_of(found[0]))


def _text_of(element: object) -> str:
    alt = getattr(element, "attributes", {}).get("alt") or ""
    text = element.text(deep=True)  # type: ignore[attr-defined]
    return "".join(f"{text} {alt}".split())


def _in_order(words: str, text: str) -> bool:
    place = 0
    for word in words.replace("“", " ").replace("”", " ").split():
        for letter in word if word not in text[place:] else [word]:
            place = text.find(letter, place)
            if place < 0:
                return False
            place += len(letter)
    return True
