"""Word forms and compiled patterns for the words that stand in the data files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

VOWELS = "aeiou"


def with_plural(term: str) -> Iterator[str]:
    """A term and its regular plural."""
    yield term
    if term.endswith(("s", "x", "z", "ch", "sh")):
        yield term + "es"
    elif term.endswith("y") and term[-2:-1] not in VOWELS:
        yield term[:-1] + "ies"
    else:
        yield term + "s"


def verb_forms(verb: str) -> Iterator[str]:
    """The regular forms of a verb, its particle kept: `free up` → free up, frees up, freed up, freeing up."""
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = head[:-1] if head.endswith("e") and not head.endswith(("ee", "oe")) else head
    third = next(form for form in with_plural(head) if form != head)
    past = head[:-1] + "ied" if head.endswith("y") and head[-2:-1] not in VOWELS else stem + "ed"
    yield from (form + tail for form in (head, third, past, stem + "ing"))
    if re.search(r"[^aeiou][aeiou][bdglmnprt]$", head):
        yield from (head + head[-1] + ending + tail for ending in ("ed", "ing"))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern that finds any of the words as whole words, the longest first; it matches lower-case text."""
    escaped = (re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)")
