"""What a sentence may tie together: places on the spine on one hand, what belongs to a place on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from claims.facts.levels import Kind, Levels, levels_in, levels_named
from claims.facts.words import any_of, words
from claims.numbers import VALUE, value_of
from claims.references import Fact, reference_set

NEXT_ROOT = "disc-level-hits-next-root"
NECK = 8  # bones that a root of the neck leaves above; below, the root of a bone leaves under it
Places = frozenset[str]  # such as `root 25`, `bone 20`, `count 31` or `side dorsal`; the first word is the axis
FIGURE = re.compile(rf"\b(?:{VALUE})\b")


def axis_of(place: str) -> str:
    """What a place stands on with those that exclude it."""
    return place.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Bearer:
    """The places that a sentence names together, by code points."""

    places: Places
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Borne:
    """Something that belongs to places `of` the spine, by code points, and the reference that says so."""

    of: Places
    near: Places
    reference: str
    start: int
    end: int
    whole: bool = False

    def is_right(self, said: Places) -> bool | None:
        """True where it belongs to what is said, False where it plainly does not, None where that may be argued."""
        if said <= self.near and not said.isdisjoint(self.of):
            return True
        if said.isdisjoint(self.near) or (self.whole and len(said - self.near) > 1):
            return False
        return None


@dataclass(frozen=True, slots=True)
class _Known:
    """A fact of a reference, ready to be looked for."""

    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    of: Places
    near: Places
    reference: str
    whole: bool

    def found_in(self, text: str) -> Iterator[Borne]:
        if self.unless is None or not self.unless.search(text):
            for match in self.says.finditer(text):
                yield Borne(self.of, self.near, self.reference, match.start(), match.end(), self.whole)


@cache
def _known() -> Sequence[_Known]:
    references = reference_set().references.values()
    return tuple(_known_of(fact, reference.id) for reference in references for fact in reference.facts)


def _known_of(fact: Fact, reference: str) -> _Known:
    of, near = _places_of(fact.of, fact), _places_of(fact.near or fact.of, fact)
    if fact.whole:
        roots = levels_named(fact.of).roots
        near |= _roots({min(roots) - 1, max(roots) + 1})
    return _Known(any_of(fact.says), any_of(fact.unless) if fact.unless else None, of, near, reference, fact.whole)


def _places_of(named: str, fact: Fact) -> Places:
    if not fact.is_of_levels:
        return Places({named})
    levels = levels_named(named)
    return Places(f"bone {number}" for number in levels.bones) if fact.bones else _roots(levels.roots)


def bearers_in(text: str) -> Iterator[Bearer]:
    """Every place on the spine that a folded, lower-case sentence names; a level may be a root's or a bone's."""
    for levels in _apart(levels_in(text)) if words().in_turn.search(text) else levels_in(text):
        roots = _roots(levels.roots) if levels.kind in (Kind.ROOT, Kind.UNSAID) else Places()
        bones = Places(f"bone {number}" for number in levels.bones if levels.kind is not Kind.ROOT)
        yield Bearer(roots | bones, levels.start, levels.end)
    for side, pattern in words().members:
        yield from (Bearer(Places({side}), match.start(), match.end()) for match in pattern.finditer(text))
    if words().count["pairs"].search(text):
        yield from _counts_in(text)


def _counts_in(text: str) -> Iterator[Bearer]:
    """Every figure that may count pairs of nerves."""
    for match in FIGURE.finditer(text):
        before, after = words().count["not_after"], words().count["not_before"]
        if not before.search(text[: match.start()]) and not after.match(text, match.end()):
            yield Bearer(Places({f"count {value_of(match.group()):g}"}), match.start(), match.end())


def _apart(named: Sequence[Levels]) -> Iterator[Levels]:
    """Each level by itself, for “L4 and S1 respectively”."""
    for group in named:
        for place, level in enumerate(group.levels):
            yield replace(group, levels=(level,), start=group.start + place, end=group.end)


def borne_in(text: str) -> Iterator[Borne]:
    """Everything that a folded, lower-case sentence names and that belongs to a place; a disc belongs to a root."""
    for known in _known():
        yield from known.found_in(text)
    yield from (_disc(levels, text) for levels in levels_in(text) if levels.kind is Kind.GAP and len(levels.bones) == 2)


def _disc(levels: Levels, text: str) -> Borne:
    """A disc, with the root that it usually presses on: that of the lower bone, far to the side that of the upper."""
    low = max(levels.bones)
    lower = low if low <= NECK else low + 1
    hit = lower - 1 if words().aside.search(text) and low > NECK else lower
    near = {hit} if words().firm.search(text) else {hit - 1, hit, hit + 1}
    return Borne(_roots({hit}), _roots(near), NEXT_ROOT, levels.start, levels.end)


def _roots(numbers: set[int] | frozenset[int]) -> Places:
    return Places(f"root {number}" for number in numbers)
