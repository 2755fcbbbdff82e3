"""Word forms and compiled patterns for the words that stand in the data files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

VOWELS = "aeiou"
NAME = re.compile(r"\{([a-z]\w*)\}")


HEAD = re.compile(r"([\w-]+)( (?:of|in) .+)")


def with_plural(term: str) -> Iterator[str]:
    """A term and its regular plurals: `root in the neck` → root in the neck, root in the necks, roots in the neck."""
    yield term
    yield _plural_of(term)
    if head := HEAD.fullmatch(term):
        yield _plural_of(head[1]) + head[2]


def _plural_of(term: str) -> str:
    if term.endswith(("s", "x", "z", "ch", "sh")):
        return term + "es"
    if term.endswith("y") and term[-2:-1] not in VOWELS:
        return term[:-1] + "ies"
    return term + "s"


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


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of an index where it stands in a text, by code points."""

    phrase: str
    start: int
    end: int


class PhraseIndex:
    """Finds phrases as whole words, in any case, with a space or a hyphen between words.

    Built and searched by looking words up, because one alternation of two thousand phrases takes longer to compile
    than a page takes to read.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Index the phrases; each is given back as it was given here."""
        self._by_first: dict[str, list[tuple[tuple[Part, ...], str]]] = defaultdict(list)
        for phrase in phrases:
            parts = tuple(part for part, _, _ in _parts_of(phrase))
            self._by_first[parts[0][0]].append((parts, phrase))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[1]))

    def hits_in(self, text: str) -> Iterator[Hit]:
        """The longest phrase from every word of a text; those from two words may overlap."""
        found = list(_parts_of(text))
        for number, ((word, _), start, _) in enumerate(found):
            for parts, phrase in self._by_first.get(word, ()):
                last = number + len(parts) - 1
                if last < len(found) and all(found[number + n][0] == parts[n] for n in range(1, len(parts))):
                    yield Hit(phrase, start, found[last][2])
                    break


Part = tuple[str, bool]  # a word or a mark, and whether it is joined to the part before it
PART = re.compile(r"\w+|[^\w\s-]")


def _parts_of(text: str) -> Iterator[tuple[Part, int, int]]:
    end = -1
    for match in PART.finditer(text.lower()):
        yield (match.group(), match.start() == end), match.start(), match.end()
        end = match.end()


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with each `{word}` that it names put in, and those that these name in turn."""
    while (after := NAME.sub(lambda m: words.get(m[1], m[0]), pattern)) != pattern:
        pattern = after
    return pattern
