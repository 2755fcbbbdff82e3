"""Trains the page encoder and writes its weights.

    python -m claims.training.train_encoder FOLDER TO.npz FILE.jsonl … [--on FROM.npz [--midway]] [--epochs 8]

FOLDER holds all-MiniLM-L6-v2 (Apache-2.0): `config.json`, `model.safetensors` and `vocab.txt`. Its six layers are
taught on the labelled pages of the files, on the sentences of their contrast sets, and on the project's own references:
statements, fair wordings and examples. With --on, weights that were taught before are taught on, for fewer epochs at
lower rates; with --midway too, the mean of what they were and what they became is written, which forgets less (Wortsman
et al., Robust fine-tuning of zero-shot models, 2022). Needs torch and transformers, which are no part of the install;
an epoch over 30,000 sentences takes six to seven minutes on two cores. One seed decides everything. The word vectors
stay as they are; `docs/accuracy.md` says what the committed weights saw.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertModel

from claims.model import Stance, Status, Topic, Verdict
from claims.references import Reference, reference_set
from claims.training.encoder_weights import restored, write
from claims.training.fit_verdicts import VERDICTS
from claims.training.lessons import PARTIAL, Lessons, Unit, units_of
from claims.training.pages import contrasts_in, pages_in
from claims.weighing.encoder import MARKS
from claims.weighing.pages import MOST_OF_SENTENCE, Window
from claims.weighing.pieces import Pieces

SEED, WARM_UP, LAST_RATE = 0, 0.08, 0.03
DROPPED, SMOOTHING = 0.3, 0.05
WORDS_OF_MARKS = (1012, 1024, 1011, 2516)  # “.”, “:”, “-” and “title”, from which the marks start
VERDICT_WEIGHTS, STANCE_WEIGHTS, FLAG_WEIGHT = (0.8, 1.4, 1.0, 1.3, 1.2), (1.0, 2.0, 2.0), 2.0
TOPICS, STANCES, STATUSES = [*Topic], [*Stance], [*Status]


@dataclass(frozen=True)
class Course:
    """How long and how fast the network is taught; `loose` is the share of sentences on no page read in an epoch."""

    epochs: int
    averaged: int
    layers: float
    answers: float
    loose: float


def course_of(epochs: int, rate: float, loose: float) -> Course:
    """A course that keeps the mean of its last third, and teaches the answers six times as fast as the layers below."""
    return Course(epochs, averaged=max(1, round(epochs / 3)), layers=rate, answers=6 * rate, loose=loose)


class Network(nn.Module):
    """The network that `claims/weighing/encoder.py` evaluates."""

    def __init__(self, folder: Path, references: Sequence[Reference], flags: int) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_act="gelu_pytorch_tanh", attention_probs_dropout_prob=0.0
        )
        words = self.bert.embeddings.word_embeddings.weight
        words.requires_grad = False
        width, count = words.shape[1], len(references)
        self.marks = nn.Parameter(words[list(WORDS_OF_MARKS)].clone())
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

    def forward(self, windows: Sequence[Window]) -> dict[str, Tensor]:
        """The scores of every sentence of the windows, one after another."""
        states = self.states([window.pieces for window in windows])
        parts = [states[row, start:end] for row, window in enumerate(windows) for start, end in window.stretches]
        return self._scores(torch.stack([torch.cat([part.mean(0), part.amax(0), part[0]]) for part in parts]))

    def states(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """The last layer's states of each text, padded to the longest."""
        lengths = torch.tensor([len(pieces) for pieces in texts])
        padded = nn.utils.rnn.pad_sequence([torch.tensor(pieces) for pieces in texts], batch_first=True)
        vectors = self.bert.embeddings.word_embeddings(padded)
        is_mark = ((padded >= MARKS.start) & (padded < MARKS.stop)).unsqueeze(-1)
        marks = self.marks[padded.clamp(MARKS.start, MARKS.stop - 1) - MARKS.start]
        real = torch.arange(padded.shape[1])[None] < lengths[:, None]
        entered = torch.where(is_mark, marks, vectors)
        states: Tensor = self.bert(inputs_embeds=entered, attention_mask=real.long()).last_hidden_state
        return states

    def _scores(self, summaries: Tensor) -> dict[str, Tensor]:
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
        """Sets each reference's vector to the mean of its own texts, as MiniLM has them before it is taught."""
        self.eval()
        for row, reference in enumerate(references):
            texts = [unit["quote"] for unit in units_of(reference)]
            states = [self.states([[101, *pieces.of(text, MOST_OF_SENTENCE), 102]])[0, 1:-1] for text in texts]
            self.references[row] = torch.stack([F.normalize(state.mean(0), dim=-1) for state in states]).mean(0)


def loss_of(scores: Mapping[str, Tensor], units: Sequence[Unit], flags: Sequence[str], names: Sequence[str]) -> Tensor:
    """How far the answers are from the labels, summed over what the labels say."""
    claim = torch.tensor([float(unit["claim"]) for unit in units])
    in_scope = claim * torch.tensor([float(unit["topic"] != Topic.OTHER) for unit in units])
    topic = torch.tensor([TOPICS.index(unit["topic"]) for unit in units])
    wanted = torch.stack([claim, in_scope], 1) * (1 - SMOOTHING) + SMOOTHING / 2
    loss = 0.5 * F.cross_entropy(scores["topic"], topic, label_smoothing=SMOOTHING)
    loss = loss + 1.4 * F.binary_cross_entropy_with_logits(scores["claim"], wanted)
    loss = loss + 0.5 * _stance_loss(scores["stance"], units, in_scope > 0)
    loss = loss + _verdict_loss(scores["verdict"], units) + 8.0 * _flag_loss(scores["flags"], units, flags)
    return loss + 0.6 * -(_references_of(units, names) * F.log_softmax(scores["reference"], -1)).sum(1).mean()


def _stance_loss(scores: Tensor, units: Sequence[Unit], judged: Tensor) -> Tensor:
    stance = torch.tensor([STANCES.index(unit["stance"]) for unit in units])
    weights = torch.tensor(STANCE_WEIGHTS)
    total = F.cross_entropy(scores[judged], stance[judged], weight=weights, label_smoothing=SMOOTHING, reduction="sum")
    return total / judged.sum().clamp(min=1)


def _verdict_loss(scores: Tensor, units: Sequence[Unit]) -> Tensor:
    given = [unit["verdict"] for unit in units]
    known = torch.tensor([verdict in VERDICTS for verdict in given])
    partial = torch.tensor([verdict == PARTIAL for verdict in given])
    numbers = torch.tensor([VERDICTS.index(verdict) for verdict in given if verdict in VERDICTS], dtype=torch.long)
    weights = torch.tensor(VERDICT_WEIGHTS)
    exact = F.cross_entropy(scores[known], numbers, weight=weights, label_smoothing=SMOOTHING, reduction="sum")
    sound = torch.softmax(scores[partial], -1)[:, VERDICTS.index(Verdict.SUPPORTED.value)].clamp(max=0.999)
    return (1.6 * exact - 0.7 * torch.log(1 - sound).sum()) / len(units)


def _flag_loss(scores: Tensor, units: Sequence[Unit], flags: Sequence[str]) -> Tensor:
    known = [row for row, unit in enumerate(units) if unit["flags"] is not None]
    if not known:
        return scores.sum() * 0
    wanted = torch.tensor([[float(flag in units[row]["flags"]) for flag in flags] for row in known])
    weights = torch.full((len(flags),), FLAG_WEIGHT)
    return F.binary_cross_entropy_with_logits(scores[known], wanted, pos_weight=weights)


def _references_of(units: Sequence[Unit], names: Sequence[str]) -> Tensor:
    wanted = torch.zeros(len(units), len(names) + 1)
    for row, unit in enumerate(units):
        numbers = [names.index(name) for name in unit.get("reference", []) if name in names] or [len(names)]
        wanted[row, numbers] = 1 / len(numbers)
    return wanted


def train(network: Network, lessons: Lessons, course: Course, flags: Sequence[str], names: Sequence[str]) -> None:
    """Teaches the network; what it keeps is the mean of the last epochs' weights."""
    dice, step, steps = random.Random(SEED), 0, 0
    optimizer = torch.optim.AdamW(_taught(network, course), weight_decay=0.01)
    kept: list[dict[str, Tensor]] = []
    for epoch in range(course.epochs):
        batches = lessons.batches(dice)
        steps = steps or len(batches) * course.epochs
        network.train()
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * min(1, (step + 1) / (WARM_UP * steps)) * max(LAST_RATE, 1 - step / steps)
            units = [unit for lesson in batch for unit in lesson.units]
            loss = loss_of(network([lesson.window for lesson in batch]), units, flags, names)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
        if epoch >= course.epochs - course.averaged:
            kept.append({name: value.detach().clone() for name, value in network.state_dict().items()})
        print(f"epoch {epoch}: loss {float(loss.detach()):.3f}", flush=True)
    network.load_state_dict(mean_of(kept))


def mean_of(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several states of one network; what holds no fractions is that of the last."""
    floats = {name for name, value in states[0].items() if value.is_floating_point()}
    means = {name: torch.stack([state[name] for state in states]).mean(0) for name in floats}
    return {**states[-1], **means}


def _taught(network: Network, course: Course) -> list[dict[str, Any]]:
    """The weights that are taught, those of MiniLM more slowly than the answers built on it."""
    named = [(name, weights) for name, weights in network.named_parameters() if weights.requires_grad]
    layers = [weights for name, weights in named if name.startswith("bert.")]
    answers = [weights for name, weights in named if not name.startswith("bert.")]
    return [
        {"params": layers, "lr": course.layers, "rate": course.layers},
        {"params": answers, "lr": course.answers, "rate": course.answers},
    ]


def main(
    folder: Path, to: Path, files: Sequence[Path], course: Course, begun: Path | None = None, midway: bool = False
) -> None:
    """Trains on the pages and contrast sets of the files and on the references, and writes the weights."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    pages, contrasts, pieces = pages_in(*files), contrasts_in(*files), Pieces(vocabulary)
    references = list(reference_set().references.values())
    loose = [*contrasts, *(unit for reference in references for unit in units_of(reference))]
    names = [reference.id for reference in references]
    flags = sorted({flag for page in pages for unit in page["units"] for flag in unit["flags"]})
    network = Network(folder, references, len(flags))
    network.begin(references, pieces)
    if begun:
        network.load_state_dict(restored(network, begun))
    train(network, Lessons(pages, loose, pieces, course.loose), course, flags, names)
    if begun and midway:
        network.load_state_dict(mean_of([restored(network, begun), network.state_dict()]))
    labels = {"verdicts": VERDICTS, "stances": STANCES, "flags": flags, "references": names}
    write(network, vocabulary, labels, to)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("to", type=Path)
    asked.add_argument("files", type=Path, nargs="+")
    asked.add_argument("--on", type=Path, help="weights that were taught before")
    asked.add_argument("--midway", action="store_true", help="write the mean of those weights and the ones taught on")
    asked.add_argument("--epochs", type=int, default=8)
    asked.add_argument("--rate", type=float, default=1e-4, help="how fast the layers are taught at most")
    asked.add_argument("--loose", type=float, default=0.6, help="the share of sentences on no page read in an epoch")
    given = asked.parse_args()
    course = course_of(given.epochs, given.rate, given.loose)
    main(given.folder, given.to, given.files, course, given.on, given.midway)
