"""Levels that a sentence names: “L4/5”, “C5 to T1”, “the second and third lumbar nerves”, “the sixth neck root”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from claims.facts.words import words

ROOTS = {"c": 8, "t": 12, "l": 5, "s": 5}  # pairs of nerves of each region, from the neck down
BONES = {"c": 7, "t": 12, "l": 5, "s": 5}
REGIONS = {"cervical": "c", "thoracic": "t", "lumbar": "l", "sacral": "s"}
# read only beside what bears the levels, as in “the sixth neck root”
EVERYDAY = {"neck": "c", "chest": "t", "low back": "l", "lower back": "l", "loin": "l", "sacrum": "s"}
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"
)  # fmt: skip
ORDINAL = "(?:" + "|".join(ORDINALS) + ")"
BEARER = r"(?:(?:spinal|nerve) )*(?:roots?|nerves?|bones?|vertebrae?)\b"
SPELLED = (
    rf"(?P<ordinals>{ORDINAL}(?:(?:,| and| or|, and| to) (?:the )?{ORDINAL})*)"
    rf" (?:(?P<region>{'|'.join(REGIONS)})\b|(?P<place>{'|'.join(EVERYDAY)})(?= {BEARER})"
    rf"|(?P<bearer>{BEARER}) (?:of|in) the (?P<whose>{'|'.join(EVERYDAY)})\b)"
)
NAMED = r"(?P<letter>[ctls])-?(?P<number>\d{1,2})(?![\w%]|-weighted)"
LEVEL, LEVEL_BEHIND = re.compile(rf"(?<![\w-])(?:{NAMED}|{SPELLED})"), re.compile(rf"(?:{NAMED}|{SPELLED})")
JOINED = re.compile(
    r"(?P<joint>/| ?[-–] ?| (?:right |all the way )?(?:down )?(?:to|through) |,? (?:and|or) |, )(?:the )?"
)
NUMBER = re.compile(r"(?P<number>\d{1,2})(?![\w%.])")
SPAN, LISTED = ("/", "-", "–"), ("", "and", "or")


class Kind(StrEnum):
    """What bears the levels: roots, bones, what lies between two bones, or what the sentence leaves unsaid."""

    ROOT = "root"
    BONE = "bone"
    GAP = "gap"
    UNSAID = "unsaid"


Level = tuple[str, int]  # the region's letter, and the number in the region


@dataclass(frozen=True)
class Levels:
    """Levels that a sentence names together, by code points of the sentence."""

    levels: tuple[Level, ...]
    kind: Kind
    start: int
    end: int

    @cached_property
    def roots(self) -> frozenset[int]:
        """These roots, counted from the first of the neck: C1 is 1, T1 is 9, L1 is 21, S1 is 26."""
        return frozenset(_counted(level, ROOTS) for level in self.levels)

    @cached_property
    def bones(self) -> frozenset[int]:
        """These bones: C1 is 1, T1 is 8, L1 is 20, S1 is 25. A root leaves the spine above the bone of its count."""
        return frozenset(_counted(level, BONES) for level in self.levels)


def _counted(level: Level, sizes: dict[str, int]) -> int:
    region, number = level
    above = list(sizes)[: list(sizes).index(region)]
    return sum(sizes[other] for other in above) + number


def levels_named(text: str) -> Levels:
    """The levels that a data file names, such as `L5` or `L2-L4`; raises `ValueError` where it names none."""
    found = levels_in(text.lower() + " roots")
    if len(found) != 1:
        raise ValueError(f"“{text}” names no levels of the spine, such as L5 or L2-L4")
    return found[0]


def levels_in(text: str) -> tuple[Levels, ...]:
    """Every level that a folded, lower-case sentence names, in order; those joined by “to” or “and” as one."""
    return tuple(_all_levels(text))


def _all_levels(text: str) -> Iterator[Levels]:
    end = 0
    while match := LEVEL.search(text, end):
        group, end = _levels_of(match), match.end()
        joints: list[str] = []
        while more := _next_level(text, end, group[-1]):
            joint, levels, end = more
            group, joints = [*group, *levels], [*joints, joint]
        if all(1 <= number <= ROOTS[region] for region, number in group):
            yield _as_meant(Levels(tuple(group), _bearer_in(match), match.start(), end), joints, text)


def _levels_of(match: re.Match[str]) -> list[Level]:
    if match["letter"]:
        return [(match["letter"], int(match["number"]))]
    region = (REGIONS | EVERYDAY)[match["region"] or match["place"] or match["whose"]]
    numbers = [ORDINALS.index(word) + 1 for word in re.findall(ORDINAL, match["ordinals"])]
    if " to " in match["ordinals"]:
        numbers = list(range(min(numbers), max(numbers) + 1))
    return [(region, number) for number in numbers]


def _bearer_in(match: re.Match[str]) -> Kind:
    """What bears the levels, where it stands among their words, as in “the fifth root of the neck”."""
    if not match["bearer"]:
        return Kind.UNSAID
    return Kind.ROOT if re.search("root|nerve", match["bearer"]) else Kind.BONE


def _next_level(text: str, end: int, last: Level) -> tuple[str, list[Level], int] | None:
    """The joint after a level, the level behind it, and where that ends; a bare number counts on from the last."""
    joint = JOINED.match(text, end)
    if joint is None:
        return None
    if named := LEVEL_BEHIND.match(text, joint.end()):
        return joint["joint"].strip(" ,"), _levels_of(named), named.end()
    bare = NUMBER.match(text, joint.end())
    if bare is None or int(bare["number"]) != last[1] + 1:
        return None
    return joint["joint"].strip(" ,"), [(last[0], int(bare["number"]))], bare.end()


def _as_meant(group: Levels, joints: Sequence[str], text: str) -> Levels:
    """The group with what its joints and neighbours say: a range is filled up, and what bears the levels is named."""
    kind = _kind_of(group, text)
    low, high = min(group.bones), max(group.bones)
    if len(group.levels) == 2 and joints[:1] and joints[0] in SPAN and high - low == 1 and kind is not Kind.ROOT:
        return replace(group, kind=Kind.GAP)
    if joints and joints[0] not in LISTED:
        return replace(group, levels=_between(group.levels[0], group.levels[-1]), kind=kind)
    return replace(group, kind=kind)


def _between(first: Level, last: Level) -> tuple[Level, ...]:
    every = [(region, number) for region, size in ROOTS.items() for number in range(1, size + 1)]
    start, end = sorted((every.index(first), every.index(last)))
    return tuple(every[start : end + 1])


def _kind_of(group: Levels, text: str) -> Kind:
    before, after = text[: group.start], text[group.end :]
    for kind in (Kind.GAP, Kind.ROOT, Kind.BONE):
        around = words().around[kind.value]
        if kind is group.kind or around["after"].match(after) or around["before"].search(before):
            return kind
    return Kind.UNSAID
