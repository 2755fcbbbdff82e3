"""The readable signs by which a sentence states a checkable health proposition or does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from claims.concepts import lexicon
from claims.data import HERE, toml_at
from claims.extraction import Reading

SIGNS = HERE / "checkworthiness.toml"
VERBS = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})


@cache
def _signs() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in toml_at(SIGNS)["signs"].items()}


@cache
def _sources() -> re.Pattern[str]:
    return re.compile(toml_at(SIGNS)["sections"]["sources"])


def signs_of(reading: Reading) -> frozenset[str]:
    """The names of the signs that a sentence bears."""
    return frozenset(_all_signs(reading))


def _all_signs(reading: Reading) -> Iterator[str]:
    sentence = reading.sentence
    yield f"block {sentence.kind.value}"
    yield f"topic {reading.topic.value}"
    yield f"sense {reading.sense.sense.value}"
    yield from (f"sign {name}" for name, pattern in _signs().items() if pattern.search(reading.lowered))
    yield from (f"relation {cue.relation}" for cue in reading.relations)
    yield from (f"cue {cue.group.value}" for cue in reading.cues)
    yield from (f"kind {lexicon().concepts[concept].kind.value}" for concept in reading.concepts)
    yield f"length {min(len(sentence.tokens) // 4, 6)}"
    yield f"concepts {min(len(reading.concepts), 3)}"
    yield f"relations {min(len({cue.relation for cue in reading.relations}), 3)}"
    yield from _grammar(reading)


def _grammar(reading: Reading) -> Iterator[str]:
    tokens = reading.sentence.tokens
    root = next((token for token in tokens if token.dep == "ROOT"), tokens[0])
    yield f"root {root.tag}"
    if any(token.tag in FINITE for token in tokens):
        yield "finite verb"
    if root.tag == "VB" and not any(
        token.dep in ("nsubj", "nsubjpass", "aux") and token.clause == root.clause for token in tokens
    ):
        yield "imperative"
    if not any(token.pos in VERBS for token in tokens):
        yield "no verb"


def heads_sources(reading: Reading) -> bool:
    """True where a heading opens a list of works cited."""
    return _sources().search(reading.lowered) is not None
