"""Which of the places and parts that a sentence names it ties to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from claims.facts.fixed import Bearer, Borne
from claims.facts.words import words

NARROWER = ("comma", "and")  # the joints at which a clause is cut further, in this order

Item = TypeVar("Item", Bearer, Borne)


@dataclass(frozen=True, slots=True)
class Tie:
    """A place and what a sentence says, or denies, belongs to it."""

    bearer: Bearer
    borne: Borne
    is_stated: bool

    @property
    def is_right(self) -> bool | None:
        """True where what is said of the two is right, False where it is wrong, None where it may be argued."""
        right = self.borne.is_right(self.bearer.places)
        return right if right is None or self.is_stated else not right

    def between(self, text: str) -> str:
        """What stands between the two."""
        return text[min(self.bearer.end, self.borne.end) : max(self.bearer.start, self.borne.start)]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a sentence, by code points, with what it names."""

    text: str
    start: int
    end: int
    bearers: Sequence[Bearer]
    borne: Sequence[Borne]

    def split(self, joint: re.Pattern[str]) -> list[_Stretch]:
        """Itself in parts between joints; a joint within an item, such as the comma of “C3, 4 and 5”, is none."""
        items: list[Bearer | Borne] = [*self.bearers, *self.borne]
        joints = [m for m in joint.finditer(self.text, self.start, self.end) if not any(_meet(m, i) for i in items)]
        starts, ends = [self.start, *(m.end() for m in joints)], [*(m.start() for m in joints), self.end]
        return [self.cut(start, end) for start, end in zip(starts, ends, strict=True)]

    def cut(self, start: int, end: int) -> _Stretch:
        return _Stretch(self.text, start, end, _within(self.bearers, start, end), _within(self.borne, start, end))

    @property
    def named(self) -> Sequence[Bearer]:
        """The places that are not named only to be set aside, as in “not C8 but C6”."""
        return [bearer for bearer in self.bearers if not _is_set_aside(bearer, self.text)]

    @property
    def said(self) -> Sequence[Borne]:
        """What is not named only to be set aside."""
        return [borne for borne in self.borne if not _is_set_aside(borne, self.text)]


def _meet(match: re.Match[str], item: Bearer | Borne) -> bool:
    return item.start < match.end() and match.start() < item.end


def _within(items: Sequence[Item], start: int, end: int) -> Sequence[Item]:
    return [item for item in items if start <= item.start < end]


def _is_set_aside(item: Bearer | Borne, text: str) -> bool:
    return bool(words().unlike.search(text[: item.start]))


def ties_in(text: str, bearers: Sequence[Bearer], borne: Sequence[Borne]) -> list[Tie] | None:
    """Everything that the sentence ties together; None where it can't be told what is tied to what."""
    whole = _Stretch(text, 0, len(text), bearers, borne)
    return _together(_tied(part, NARROWER) for part in whole.split(words().joint["clause"]))


def _together(found: Iterator[list[Tie] | None]) -> list[Tie] | None:
    ties: list[Tie] = []
    for part in found:
        if part is None:
            return None
        ties += part
    return ties


def _tied(stretch: _Stretch, joints: Sequence[str]) -> list[Tie] | None:
    named, said = stretch.named, stretch.said
    if not named or not said:
        return []
    if len(named) == 1:
        return _ties_of(stretch, [(named[0], borne) for borne in said])
    for number, joint in enumerate(joints):
        if len(parts := _complete(stretch, words().joint[joint])) > 1:
            return _together(_tied(part, joints[number + 1 :]) for part in parts)
    if len(named) == len(said) and (words().in_turn.search(stretch.text) or _alternate(named, said)):
        return _ties_of(stretch, list(zip(named, said, strict=True)))
    return None


def _complete(stretch: _Stretch, joint: re.Pattern[str]) -> list[_Stretch]:
    """The stretch in parts that hold both; what lacks one goes with the part before it, the first with the second."""
    parts: list[_Stretch] = []
    for part in stretch.split(joint):
        if parts and not (_holds_both(parts[-1]) and _holds_both(part)):
            parts[-1] = stretch.cut(parts[-1].start, part.end)
        else:
            parts.append(part)
    return parts


def _holds_both(stretch: _Stretch) -> bool:
    return bool(stretch.named and stretch.said)


def _alternate(named: Sequence[Bearer], said: Sequence[Borne]) -> bool:
    kinds = [kind for _, kind in sorted([*((b.start, "named") for b in named), *((b.start, "said") for b in said)])]
    return all(one != other for one, other in pairwise(kinds))


def _ties_of(stretch: _Stretch, pairs: Sequence[tuple[Bearer, Borne]]) -> list[Tie]:
    """The pairs as ties; a denial denies them all, unless it only sets a place aside."""
    is_contrast = len(stretch.named) < len(stretch.bearers)
    is_denied = not is_contrast and bool(words().deny.search(stretch.text, stretch.start, stretch.end))
    return [Tie(bearer, borne, not is_denied) for bearer, borne in pairs]
