"""Which letters a text must hold before a regular expression can match it: `python -m claims.gates` makes the table.

Some eight hundred expressions stand in the data files, and a page needs few of them. Compiling them all takes longer
than reading the page, so each has a gate: a few letters in a row, one set of which every text it matches must hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from claims.data import HERE, toml_at
from claims.patterns import filled
from claims.rules.load import rule_set

FILE = HERE / "gates.json"
LEAST, WIDEST = 3, 6  # letters in a gate
MOST = 40  # an expression that needs more alternatives than this is always tried

Gate = frozenset[str]


@cache
def _gates() -> Mapping[str, Gate]:
    data = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return {pattern: frozenset(letters.split("|")) for pattern, letters in data.items()}


@cache
def _behind() -> Mapping[str, tuple[str, ...]]:
    """The expressions that each set of letters opens the gate of."""
    found: dict[str, list[str]] = {}
    for pattern, gate in _gates().items():
        for letters in gate:
            found.setdefault(letters, []).append(pattern)
    return {letters: tuple(patterns) for letters, patterns in found.items()}


@lru_cache(maxsize=256)
def _opened_by(text: str) -> frozenset[str]:
    """The expressions whose gate a text opens, found once a text: hundreds are asked for, and few are behind it."""
    runs = {text[i : i + width] for width in range(LEAST, WIDEST + 1) for i in range(len(text) - width + 1)}
    return frozenset(pattern for letters in runs & _behind().keys() for pattern in _behind()[letters])


@cache
def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


@cache
def _as_written(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def matches_in(patterns: Iterable[str], text: str, *, whole_words: bool = False) -> Iterator[re.Match[str]]:
    """Every match of the expressions in a lower-case text, each compiled on the first text that may match it.

    An expression without a gate may match every text.
    """
    compiled = _whole_words if whole_words else _as_written
    opened, gates = _opened_by(text), _gates()
    for pattern in patterns:
        if pattern in opened or pattern not in gates:
            yield from compiled(pattern).finditer(text)


def any_matches(patterns: Iterable[str], text: str) -> bool:
    """True where one of the expressions matches a lower-case text."""
    return next(matches_in(patterns, text), None) is not None


# --- making the table -------------------------------------------------------------------------------------------------


COMMON = 8  # each further letter makes a run of letters about this much rarer


def gate_of(pattern: str) -> Gate | None:
    """The letters of which every text that an expression matches holds at least one set; None where there are none."""
    from re import _parser  # type: ignore[attr-defined]  # the one place that knows how an expression is built

    gate = _needed_by(list(_parser.parse(pattern)))
    return gate if gate and len(gate) <= MOST else None


def _needed_by(items: list[Any]) -> Gate | None:
    """The set that the fewest texts hold, of all that the parts of a sequence ask for."""
    gates = [gate for gate in (*_runs_of(items), *map(_needed_by_item, items)) if gate]
    return min(gates, key=lambda gate: (sum(COMMON ** -len(letters) for letters in gate), sorted(gate)), default=None)


def _runs_of(items: list[Any]) -> Iterator[Gate | None]:
    run = ""
    for name, value in [*items, (None, None)]:
        if str(name) == "LITERAL":
            run += chr(value)
            continue
        if len(run) >= LEAST:
            yield frozenset({run[:WIDEST]})
        run = ""


def _needed_by_item(item: tuple[Any, Any]) -> Gate | None:
    name, value = str(item[0]), item[1]
    if name == "SUBPATTERN":
        return _needed_by(list(value[3]))
    if name == "MAX_REPEAT" and value[0] > 0:
        return _needed_by(list(value[2]))
    if name == "BRANCH":
        branches = [_needed_by(list(branch)) for branch in value[1]]
        return frozenset().union(*(b for b in branches if b)) if all(branches) else None
    return None


def patterns_in_data() -> Iterator[str]:
    """Every expression of the rules, relations, cues and senses."""
    for rule in rule_set().rules.values():
        for match in rule.match:
            for field in ("any", "all", "unless", "present", "also", "absent"):
                yield from getattr(match, field, ())
    for relation in toml_at(HERE / "relations.toml").values():
        yield from (*relation.get("phrases", ()), *relation.get("reversed", ()))
    cues = toml_at(HERE / "cues.toml")
    for cue in cues["cue"]:
        yield from (filled(pattern, cues["words"]) for pattern in (*cue["patterns"], *cue.get("except", ())))
    senses = toml_at(HERE / "senses.toml")
    words = senses.pop("words")
    for group in senses.values():
        yield from (filled(pattern, words) for pattern in group["patterns"])


def table() -> str:
    """The content that `gates.json` must have."""
    found = {pattern: gate for pattern in sorted(set(patterns_in_data())) if (gate := gate_of(pattern))}
    return json.dumps({p: "|".join(sorted(g)) for p, g in found.items()}, ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
