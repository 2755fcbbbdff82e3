"""A small transformer in NumPy: the word pieces of one window of a page → what it makes of each sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

HEADS = 6
REACH = 32  # pieces that stand further apart than this are all equally far
WIDTH_OF_NEARBY = 5  # pieces that the first step mixes: two before, the piece, two after
MARKS = range(1, 5)  # pieces that say what stands next, such as a heading; `pages.py` names them

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Stretch = tuple[int, int]  # the pieces of one sentence: first, and one past the last


@dataclass(frozen=True, slots=True)
class Told:
    """The chances for each sentence of a window, a row a sentence; the labels of the columns stand with the weights.

    `claim` is the chance of a claim on topic. A row of `verdicts` sums to 1, one of `references` to at most 1: the
    rest is the chance that none speaks to it.
    """

    claim: Floats
    verdicts: Floats
    references: Floats


def joined(parts: Sequence[Told]) -> Told:
    """What the windows of a page tell, as one."""
    return Told(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Told)))


@dataclass(frozen=True, slots=True)
class Encoder:
    """The weights of the network by name, and the word vectors as rows of whole numbers with a scale each."""

    weights: Mapping[str, Floats]
    words: NDArray[np.int8]
    scales: Floats

    def told(self, pieces: Integers, stretches: Sequence[Stretch]) -> Told:
        """What the network makes of the sentences that stand at `stretches` of one window."""
        states = self._with_nearby(self._vectors(pieces))
        distances = _distances(len(pieces))
        for number in range(len(self.weights["distances"])):
            states = states + self._attended(states, number, distances)
            states = states + self._thought(states, number)
        return self._answers(_summaries(self._normed(states, "leave"), stretches))

    def _vectors(self, pieces: Integers) -> Floats:
        vectors = self._linear(self.words[pieces].astype(np.float32) * self.scales[pieces], "enter")
        marks = (pieces >= MARKS.start) & (pieces < MARKS.stop)
        vectors[marks] = self.weights["marks"][pieces[marks]]
        return vectors

    def _with_nearby(self, vectors: Floats) -> Floats:
        """Each vector with its neighbours' mixed in, so that word order counts within a phrase."""
        side = WIDTH_OF_NEARBY // 2
        padded = np.pad(vectors, ((side, side), (0, 0)))
        mixed = vectors + self.weights["nearby.bias"]
        for offset, weight in enumerate(self.weights["nearby.weight"]):
            mixed += padded[offset : offset + len(vectors)] * weight
        return mixed

    def _attended(self, states: Floats, number: int, distances: Integers) -> Floats:
        """What each piece takes from all others, in `HEADS` ways side by side."""
        length, width = states.shape
        asked = self._linear(self._normed(states, f"layers.{number}.attention_norm"), f"layers.{number}.attention")
        queries, keys, values = asked.reshape(length, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        scores = queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(width // HEADS))
        shares = softmax(scores + self.weights["distances"][number][:, distances])
        taken = (shares @ values).transpose(1, 0, 2).reshape(length, width)
        return self._linear(taken, f"layers.{number}.attended")

    def _thought(self, states: Floats, number: int) -> Floats:
        widened = self._linear(self._normed(states, f"layers.{number}.thought_norm"), f"layers.{number}.widen")
        return self._linear(_gelu(widened), f"layers.{number}.narrow")

    def _answers(self, summaries: Floats) -> Told:
        mixed = self._normed(_gelu(self._linear(summaries, "mix")), "mix_norm")
        references = self._references(summaries[:, : mixed.shape[1]])
        verdicts = self._linear(mixed, "verdict") + references @ self.weights["reference_verdicts"]
        claim = logistic(self._linear(mixed, "claim")[:, 1])
        return Told(claim, softmax(verdicts), references)

    def _references(self, means: Floats) -> Floats:
        """The chance of each reference, by the angle between its vector and that of the sentence."""
        questions = _unit(self._linear(means, "reference_query"))
        nearness = questions @ _unit(self.weights["references"]).T * self.weights["reference_scale"]
        with_none = np.pad(nearness, ((0, 0), (0, 1))) + self.weights["reference_bias"]
        return softmax(with_none)[:, :-1]

    def _linear(self, values: Floats, name: str) -> Floats:
        product: Floats = values @ self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return product

    def _normed(self, values: Floats, name: str) -> Floats:
        centred = values - values.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(1e-5))
        normed: Floats = centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return normed


def _distances(length: int) -> Integers:
    places = np.arange(length)
    return (places[None] - places[:, None]).clip(-REACH, REACH) + REACH


def _summaries(states: Floats, stretches: Sequence[Stretch]) -> Floats:
    """For each sentence the mean and the maximum of its pieces, and its mark."""
    parts = [states[start:end] for start, end in stretches]
    return np.stack([np.concatenate([part.mean(0), part.max(0), part[0]]) for part in parts])


def _gelu(values: Floats) -> Floats:
    curve: Floats = 0.5 * values * (1 + np.tanh(0.7978845608 * (values + 0.044715 * values * values * values)))
    return curve


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.sqrt((vectors * vectors).sum(-1, keepdims=True))
    return unit


def softmax(scores: Floats) -> Floats:
    """Scores → chances that sum to 1 along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    chances: Floats = powers / powers.sum(-1, keepdims=True)
    return chances


def logistic(scores: Floats) -> Floats:
    """Scores → chances of labels that stand alone."""
    chances: Floats = np.reciprocal(1 + np.exp(-scores))
    return chances
