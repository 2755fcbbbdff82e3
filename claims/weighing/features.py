"""What the models look at in a sentence: signs, cues, frames, rules and words, each a name a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from claims.checkworthiness import signs_of
from claims.extraction import Reading
from claims.matching import Match
from claims.ruling import ruling_on

WORD = re.compile(r"[a-z][a-z'-]+")


def features_of(reading: Reading, matches: Sequence[Match], fired: Iterable[str]) -> frozenset[str]:
    """The features of a sentence, given the references that speak to it and the rules that fired on it."""
    sense = reading.sense
    features = {*signs_of(reading), *words_of(reading), *_match_features(matches)}
    features.update(f"rule {rule}" for rule in fired)
    features.add(f"sense {sense.sense.value} {sense.named} {sense.refers_to is not None}")
    return frozenset(features)


def band_of(score: float) -> str:
    """How near a match is, in three bands of its score."""
    return "near" if score >= 4.5 else "middle" if score >= 3.5 else "far"


def words_of(reading: Reading) -> Iterator[str]:
    """The words of a sentence and its pairs of words."""
    words = WORD.findall(reading.lowered)
    yield from (f"word {word}" for word in words)
    yield from (f"words {first} {second}" for first, second in pairwise(words))


def _match_features(matches: Sequence[Match]) -> Iterator[str]:
    if not matches:
        yield "ruling none"
        return
    nearest = matches[0]
    verdict, reason = ruling_on(nearest)
    reference = nearest.reference
    yield f"ruling {verdict.value}"
    yield f"ruling {verdict.value} {band_of(nearest.score)}"
    yield f"reason {reason}"
    yield f"status {reference.status.value}"
    yield f"polarity {nearest.frame.polarity.value}"
    yield f"full {nearest.is_full}"
    yield f"stands {nearest.stands.value}"
    yield f"reference {reference.id}"
    yield f"reference {reference.id} {nearest.frame.polarity.value}"
    yield from (f"next ruling {ruling_on(match)[0].value}" for match in matches[1:3])
