"""The encoder while it is taught: MiniLM, or MPNet as its teacher, with the answers built on either.

What is written of it and evaluated without torch is `claims/weighing/encoder.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import AutoModel

from claims.model import Stance, Status, Topic
from claims.references import Reference
from claims.training.lessons import units_of
from claims.training.pages import VERDICTS
from claims.weighing.encoder import MARKS
from claims.weighing.pages import END, MOST_OF_SENTENCE, START, Window
from claims.weighing.pieces import Pieces

DROPPED = 0.3
PADDED_TO = 8  # pieces; what a graphics processor attends to fastest has a width of so many
WORDS_OF_MARKS = (1012, 1024, 1011, 2516)  # “.”, “:”, “-” and “title”, from which the marks start
NAMED_OTHERWISE = {"[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>", "[PAD]": "<pad>"}
TOPICS, STANCES, STATUSES = [*Topic], [*Stance], [*Status]

Scores = dict[str, Tensor]


@dataclass(frozen=True)
class Tensors:
    """Tensors that belong together."""

    def to(self, device: torch.device) -> Self:
        """The same on another device."""
        return type(self)(*(getattr(self, field.name).to(device, non_blocking=True) for field in fields(self)))


@dataclass(frozen=True)
class Batch(Tensors):
    """Windows side by side: their pieces, which of them are there, and the pieces of the sentences to answer for.

    `place` numbers every piece of a sentence in the flattened batch, `sentence` says of which it is one, `first` is the
    place of each sentence's mark.
    """

    pieces: Tensor
    real: Tensor
    place: Tensor
    sentence: Tensor
    first: Tensor


def batch_of(windows: Sequence[Window]) -> Batch:
    """The windows, padded to the longest."""
    longest = max(len(window.pieces) for window in windows)
    width = -(-longest // PADDED_TO) * PADDED_TO
    pieces = torch.zeros(len(windows), width, dtype=torch.long)
    real = torch.zeros(len(windows), width, dtype=torch.bool)
    spans: list[tuple[int, int]] = []
    for row, window in enumerate(windows):
        pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
        real[row, : len(window.pieces)] = True
        spans += [(row * width + start, row * width + end) for start, end in window.stretches]
    place = torch.cat([torch.arange(start, end) for start, end in spans])
    sizes = torch.tensor([end - start for start, end in spans])
    sentence = torch.repeat_interleave(torch.arange(len(spans)), sizes)
    return Batch(pieces, real, place, sentence, torch.tensor([start for start, _ in spans]))


class Network(nn.Module):
    """A pretrained encoder in `folder`, what it is asked of a sentence, and its vectors of the references."""

    def __init__(self, folder: Path, vocabulary: Sequence[str], references: Sequence[Reference], flags: int) -> None:
        super().__init__()
        self.base = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_act="gelu_pytorch_tanh", attention_probs_dropout_prob=0.0
        )
        self.words.weight.requires_grad = False
        rows = _rows(vocabulary, vocabulary_in(folder))
        self.register_buffer("rows", rows)
        width, count = self.words.weight.shape[1], len(references)
        self.marks = nn.Parameter(self.words.weight[rows[list(WORDS_OF_MARKS)]].clone())
        self.mix, self.mix_norm = nn.Linear(3 * width, width), nn.LayerNorm(width)
        self.topic, self.claim = nn.Linear(width, len(TOPICS)), nn.Linear(width, 2)
        self.stance, self.flags = nn.Linear(width, len(STANCES)), nn.Linear(width, flags)
        self.question = nn.Linear(width, width)
        nn.init.eye_(self.question.weight)
        nn.init.zeros_(self.question.bias)
        self.references = nn.Parameter(torch.zeros(count, width))
        self.reference_bias, self.reference_scale = (
            nn.Parameter(torch.zeros(count + 1)),
            nn.Parameter(torch.tensor(12.0)),
        )
        self.reference_verdicts = nn.Parameter(torch.zeros(count, len(VERDICTS)))
        status = F.one_hot(torch.tensor([STATUSES.index(reference.status) for reference in references]), len(STATUSES))
        self.register_buffer("status", status.float())
        self.weigh, self.weigh_norm = nn.Linear(3 * width + len(STATUSES), width), nn.LayerNorm(width)
        self.verdict = nn.Linear(width, len(VERDICTS))

    @property
    def words(self) -> nn.Embedding:
        """The word vectors, which are not taught."""
        vectors: nn.Embedding = self.base.embeddings.word_embeddings
        return vectors

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.marks.device

    def forward(self, batch: Batch) -> Scores:
        """The scores of every sentence of the windows, one after another."""
        with torch.autocast(self.device.type, dtype=torch.bfloat16):  # on a processor that knows it 2.6 times as fast
            states = self.states(batch.pieces, batch.real)
        flat = states.float().flatten(0, 1)
        rows, count = flat[batch.place], len(batch.first)
        sentence = batch.sentence[:, None].expand_as(rows)
        empty = flat.new_zeros(count, flat.shape[1])
        sizes = torch.bincount(batch.sentence, minlength=count)[:, None]
        mean = empty.index_add(0, batch.sentence, rows) / sizes
        most = empty.scatter_reduce(0, sentence, rows, "amax", include_self=False)
        return self._scores(torch.cat([mean, most, flat[batch.first]], 1))

    def states(self, pieces: Tensor, real: Tensor) -> Tensor:
        """The last layer's states."""
        is_mark = ((pieces >= MARKS.start) & (pieces < MARKS.stop)).unsqueeze(-1)
        marks = self.marks[pieces.clamp(MARKS.start, MARKS.stop - 1) - MARKS.start]
        entered = torch.where(is_mark, marks, self.words(self.rows[pieces]))
        states: Tensor = self.base(inputs_embeds=entered, attention_mask=real.long()).last_hidden_state
        return states

    def _scores(self, summaries: Tensor) -> Scores:
        mixed = self._dropped(self.mix_norm(F.gelu(self.mix(summaries), approximate="tanh")))
        question = F.normalize(self.question(summaries[:, : mixed.shape[1]]), dim=-1)
        vectors = F.normalize(self.references, dim=-1)
        reference = F.pad(question @ vectors.T * self.reference_scale, (0, 1)) + self.reference_bias
        chances = torch.softmax(reference, -1)[:, :-1]
        answer = chances @ vectors
        seen = torch.cat([mixed, answer, question * answer, chances @ self.status], -1)
        weighed = self._dropped(self.weigh_norm(F.gelu(self.weigh(seen), approximate="tanh")))
        verdict = self.verdict(weighed) + chances @ self.reference_verdicts
        answers = {name: getattr(self, name)(mixed) for name in ("topic", "claim", "stance", "flags")}
        return {**answers, "verdict": verdict, "reference": reference}

    def _dropped(self, values: Tensor) -> Tensor:
        return F.dropout(values, DROPPED, self.training)

    @torch.no_grad()
    def begin(self, references: Sequence[Reference], pieces: Pieces) -> None:
        """Sets each reference's vector to the mean of its own texts, as the encoder has them before it is taught."""
        self.eval()
        for row, reference in enumerate(references):
            texts = [pieces.of(unit["quote"], MOST_OF_SENTENCE) for unit in units_of(reference)]
            batch = batch_of([Window([START, *text, END], [(1, 1 + len(text))]) for text in texts]).to(self.device)
            states = self.states(batch.pieces, batch.real)
            means = [states[number, 1 : 1 + len(text)].mean(0) for number, text in enumerate(texts)]
            self.references[row] = F.normalize(torch.stack(means), dim=-1).mean(0)


def vocabulary_in(folder: Path) -> list[str]:
    """The word pieces of the encoder in a folder."""
    return (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


def _rows(pieces: Sequence[str], vocabulary: Sequence[str]) -> Tensor:
    """For every piece that windows are written in its row in the encoder's own vocabulary."""
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    unknown = numbers["[UNK]"]
    found = (numbers.get(piece, numbers.get(NAMED_OTHERWISE.get(piece, piece), unknown)) for piece in pieces)
    return torch.tensor(list(found))
