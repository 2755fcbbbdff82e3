"""Whether a text may name anything that is judged: the gate before a page is read with care."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from claims.concepts import Concept, key_of, lexicon
from claims.extraction import JUDGED
from claims.folding import ALIKE, INVISIBLE
from claims.patterns import PART, PhraseIndex, with_plural

_LONG = 200_000  # characters; where the words of a phrase stand in a longer text is not worth the search


def may_be_topical(text: str) -> bool:
    """False only where `is_topical` is false for every part of the text, on whatever lines the parts stand.

    Much faster than asking that: which concept a word names does not matter, only that it may name one. spaCy is not
    loaded.
    """
    plain = INVISIBLE.sub("", text).translate(ALIKE)
    plain = " ".join(plain.split())
    words = frozenset(PART.findall(plain.lower()))
    named = any(phrase <= words for phrase in _words_of_phrases())
    if named and (len(plain) > _LONG or next(_phrases().hits_in(plain), None)):
        return True
    return any(pattern.search(plain) for pattern in _patterns())


def _topical() -> Iterator[Concept]:
    known = lexicon()
    return (concept for concept in known.concepts.values() if known.is_a(concept.id, JUDGED))


@cache
def _forms() -> frozenset[str]:
    return frozenset(form for concept in _topical() for term in concept.terms for form in with_plural(key_of(term)))


@cache
def _words_of_phrases() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(PART.findall(form)) for form in _forms())


@cache
def _phrases() -> PhraseIndex:
    return PhraseIndex(_forms())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    patterns = (pattern for concept in _topical() for pattern in concept.patterns)
    return tuple(re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for pattern in patterns)
