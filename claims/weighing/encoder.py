"""A fine-tuned MiniLM in NumPy: the word pieces of one window of a page → what it makes of each sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

HEADS = 12
TINY = np.float32(1e-12)  # what BERT adds to a variance before it divides by its root
MARKS = range(1, 5)  # pieces that say what stands next, such as a heading; `pages.py` names them

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Stretch = tuple[int, int]  # the pieces of one sentence: first, and one past the last


@dataclass(frozen=True, slots=True)
class Told:
    """The chances for each sentence of a window, a row a sentence; the labels of the columns stand with the weights.

    `claim` is the chance of a claim on topic. A row of `verdicts` and of `stances` sums to 1, one of `references` to at
    most 1: the rest is the chance that none speaks to it. Each of `flags` stands alone.
    """

    claim: Floats
    verdicts: Floats
    stances: Floats
    flags: Floats
    references: Floats


def joined(parts: Sequence[Told]) -> Told:
    """What the windows of a page tell, as one."""
    return Told(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Told)))


@dataclass(frozen=True, slots=True)
class Encoder:
    """The weights of the network by name, and the word vectors as rows of whole numbers with a scale each.

    The layers are those of BERT (Devlin et al., 2019) as MiniLM has them (Wang et al., 2020): attention, then thought,
    each added to what was there and normed.
    """

    weights: Mapping[str, Floats]
    words: NDArray[np.int8]
    scales: Floats
    layers: int

    def told(self, pieces: Integers, stretches: Sequence[Stretch]) -> Told:
        """What the network makes of the sentences that stand at `stretches` of one window."""
        states = self._entered(pieces)
        for number in range(self.layers):
            name = f"layers.{number}"
            states = self._normed(states + self._attended(states, name), f"{name}.attended_norm")
            states = self._normed(states + self._thought(states, name), f"{name}.thought_norm")
        return self._answers(_summaries(states, stretches))

    def _entered(self, pieces: Integers) -> Floats:
        vectors = self.words[pieces].astype(np.float32) * self.scales[pieces]
        marks = (pieces >= MARKS.start) & (pieces < MARKS.stop)
        vectors[marks] = self.weights["marks"][pieces[marks] - MARKS.start]
        return self._normed(vectors + self.weights["places"][: len(pieces)], "entered_norm")

    def _attended(self, states: Floats, name: str) -> Floats:
        """What each piece takes from all others, in `HEADS` ways side by side."""
        length, width = states.shape
        asked = self._linear(states, f"{name}.attention").reshape(length, 3, HEADS, width // HEADS)
        queries, keys, values = asked.transpose(1, 2, 0, 3)
        queries *= np.float32((width // HEADS) ** -0.5)
        powers = _powers(queries @ keys.transpose(0, 2, 1))
        taken = powers @ values / powers.sum(-1, keepdims=True)
        return self._linear(taken.transpose(1, 0, 2).reshape(length, width), f"{name}.attended")

    def _thought(self, states: Floats, name: str) -> Floats:
        return self._linear(_gelu(self._linear(states, f"{name}.widen")), f"{name}.narrow")

    def _answers(self, summaries: Floats) -> Told:
        mixed = self._normed(_gelu(self._linear(summaries, "mix")), "mix_norm")
        references, seen = self._references(summaries[:, : mixed.shape[1]])
        weighed = self._normed(_gelu(self._linear(np.concatenate([mixed, seen], 1), "weigh")), "weigh_norm")
        verdicts = self._linear(weighed, "verdict") + references @ self.weights["reference_verdicts"]
        return Told(
            logistic(self._linear(mixed, "claim")[:, 1]),
            softmax(verdicts),
            softmax(self._linear(mixed, "stance")),
            logistic(self._linear(mixed, "flags")),
            references,
        )

    def _references(self, means: Floats) -> tuple[Floats, Floats]:
        """The chance of each reference, by the angle between its vector and the sentence's; and all they say together.

        That is their mean vector, its product with the sentence's, and the mean of their status.
        """
        questions = _unit(self._linear(means, "question"))
        vectors = self.weights["references"]
        nearness = questions @ vectors.T * self.weights["reference_scale"]
        with_none = np.pad(nearness, ((0, 0), (0, 1))) + self.weights["reference_bias"]
        chances = softmax(with_none)[:, :-1]
        answer = chances @ vectors
        return chances, np.concatenate([answer, questions * answer, chances @ self.weights["status"]], 1)

    def _linear(self, values: Floats, name: str) -> Floats:
        product: Floats = values @ self.weights[f"{name}.weight"]
        product += self.weights[f"{name}.bias"]
        return product

    def _normed(self, values: Floats, name: str) -> Floats:
        centred: Floats = values - values.mean(-1, keepdims=True)
        centred /= np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / values.shape[-1] + TINY)
        centred *= self.weights[f"{name}.weight"]
        centred += self.weights[f"{name}.bias"]
        return centred


def _summaries(states: Floats, stretches: Sequence[Stretch]) -> Floats:
    """For each sentence the mean and the maximum of its pieces, and its mark."""
    parts = [states[start:end] for start, end in stretches]
    return np.stack([np.concatenate([part.mean(0), part.max(0), part[0]]) for part in parts])


def _gelu(values: Floats) -> Floats:
    """GELU by its tanh form (Hendrycks and Gimpel, 2016), written with the exponential, which NumPy does fastest."""
    powers: Floats = values * values
    powers *= np.float32(-1.5957691 * 0.044715)
    powers -= np.float32(1.5957691)
    powers *= values
    with np.errstate(over="ignore"):  # of a large negative value the share is 0, as it should be
        np.exp(powers, out=powers)
    powers += 1
    return np.divide(values, powers, out=powers)


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.sqrt((vectors * vectors).sum(-1, keepdims=True))
    return unit


def softmax(scores: Floats) -> Floats:
    """Scores → chances that sum to 1 along the last axis."""
    powers = _powers(scores)
    powers /= powers.sum(-1, keepdims=True)
    return powers


def _powers(scores: Floats) -> Floats:
    """The exponentials of scores, the largest along the last axis as 1."""
    powers: Floats = scores - scores.max(-1, keepdims=True)
    return np.exp(powers, out=powers)


def logistic(scores: Floats) -> Floats:
    """Scores → chances of labels that stand alone."""
    chances: Floats = np.reciprocal(1 + np.exp(-scores))
    return chances
