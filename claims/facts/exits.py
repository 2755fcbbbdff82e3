"""Where a root leaves the spine: above the bone of its number in the neck, below it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.facts.levels import Kind, Levels, levels_in
from claims.facts.words import words

ABOVE, BELOW = "cervical-roots-exit-above", "lumbar-roots-exit-below"
LAST_OF_NECK = 8
Answer = tuple[bool, str]  # whether a statement is right, and by which reference


def exits_in(text: str) -> Iterator[Answer]:
    """The answer to every statement of a folded, lower-case sentence on where a root leaves."""
    named = levels_in(text)
    found = words().joint["exit"].finditer(text)
    joints = [m for m in found if not any(levels.start < m.end() and m.start() < levels.end for levels in named)]
    start = 0
    for end in [*(joint.start() for joint in joints), len(text)]:
        if (answer := _answer_to(text[start:end])) is not None:
            is_denied = bool(words().deny.search(text, start, end))
            yield answer[0] is not is_denied, answer[1]
            start = end


def _answer_to(part: str) -> Answer | None:
    leaves = words().exit["leaves"].search(part)
    if leaves is None:
        return None
    named = levels_in(part)
    roots = [levels for levels in named if levels.end <= leaves.start() and levels.kind in (Kind.ROOT, Kind.UNSAID)]
    root = roots[-1] if roots else None
    if words().exit["own"].search(part):
        return _beside_its_own(part, root)
    bones = next((levels for levels in named if levels.start >= leaves.end()), None)
    if root is None or len(root.roots) != 1 or bones is None:
        return None
    return _beside_another(min(root.roots), part[leaves.end() : bones.start], bones.bones)


def _beside_its_own(part: str, root: Levels | None) -> Answer | None:
    """“Above the vertebra of the same number”: right of the neck's roots but the eighth, “below” of all others."""
    above, below = (bool(words().exit[way].search(part)) for way in ("above", "below"))
    is_of_neck = max(root.roots) < LAST_OF_NECK if root else bool(words().exit["neck"].search(part))
    if above == below or not (root or is_of_neck or words().exit["trunk"].search(part)):
        return None
    if words().exit["all"].search(part):
        return False, ABOVE if below else BELOW
    return above is is_of_neck, ABOVE if is_of_neck else BELOW


def _beside_another(root: int, way: str, bones: frozenset[int]) -> Answer | None:
    """A root leaves between the bone above it and the one that bears its own count; `way` leads to the bones named."""
    reference = ABOVE if root <= LAST_OF_NECK else BELOW
    if len(bones) == 2 and max(bones) - min(bones) == 1:
        return max(bones) == root, reference
    above, below = (_last(words().exit[name], way) for name in ("above", "below"))
    if len(bones) != 1 or above == below:
        return None
    bone, right = min(bones), root if above > below else root - 1
    return (bone == right, reference) if (bone <= right if above > below else bone >= right) else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
