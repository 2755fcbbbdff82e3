"""What the fixed facts of the references rule on a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction import Reading
from claims.facts.exits import exits_in
from claims.facts.fixed import Bearer, Borne, Places, axis_of, bearers_in, borne_in
from claims.facts.pairs import ties_in
from claims.facts.words import words
from claims.language import Token

LONGEST = 600  # characters of a sentence in which it can still be told what is tied to what
PAST, TELLING = "VBD", frozenset({"ROOT", "conj", "aux", "auxpass", "advcl", "ccomp"})
COUNT = "count"
Answer = tuple[bool | None, str]


@dataclass(frozen=True, slots=True)
class FactRuling:
    """Whether what a sentence says is right, and by which reference."""

    is_right: bool
    reference: str


def fact_ruling_on(reading: Reading) -> FactRuling | None:
    """The ruling where every fact that the sentence states is right, or one is plainly wrong; else None.

    What somebody went through, asks or tells is not ruled on, nor what may be argued: neighbouring roots overlap.
    """
    text = reading.lowered
    if len(text) > LONGEST or any(map(_tells, reading.sentence.tokens)) or words().story.search(text):
        return None
    answers = [*_on_ties(text), *exits_in(text)]
    wrong = next((reference for is_right, reference in answers if is_right is False), None)
    if wrong:
        return FactRuling(False, wrong)
    return FactRuling(True, answers[0][1]) if answers and all(is_right for is_right, _ in answers) else None


def _tells(token: Token) -> bool:
    """True for the verb of a story; a subordinate one may only look like the past, as in “muscles that spread”."""
    return token.tag == PAST and token.dep in TELLING


def _on_ties(text: str) -> Iterator[Answer]:
    """The answers on each axis by itself: a root stands against other roots, a side against the other side."""
    bearers = tuple(bearers_in(text))
    if bearers and (borne := tuple(borne_in(text))):
        for axis in sorted({axis_of(place) for part in borne for place in part.of}):
            here = [Bearer(on, b.start, b.end) for b in bearers if (on := _on_axis(b.places, axis))]
            yield from _answers(text, here, [part for part in borne if _on_axis(part.of, axis)])


def _on_axis(places: Places, axis: str) -> Places:
    return Places(place for place in places if axis_of(place) == axis)


def _answers(text: str, bearers: Sequence[Bearer], borne: Sequence[Borne]) -> Iterator[Answer]:
    """The answer to each tie; open where a place is right for one part and wrong for another, or a count is shared."""
    ties = ties_in(text, bearers, borne)
    if ties is None:
        yield None, ""
        return
    found: dict[Bearer, list[bool | None]] = defaultdict(list)
    for tie in ties:
        found[tie.bearer].append(tie.is_right)
    for tie in ties:
        is_count = bool(_on_axis(tie.bearer.places, COUNT))
        is_loose = is_count and (len(found[tie.bearer]) > 1 or "," in tie.between(text))
        is_clear = len(set(found[tie.bearer])) == 1 and not is_loose
        yield (tie.is_right if is_clear else None), tie.borne.reference
