"""Trains the page encoder and writes its weights.

    python -m claims.training.train_encoder FOLDER DOSSIER.yaml [FILE.jsonl …]

FOLDER holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2 (Apache-2.0), of which the word vectors alone are
used, frozen and turned onto their 192 main directions. DOSSIER is the list of reference claims. Needs torch,
safetensors and PyYAML, which are no part of the install; ten minutes on two cores. One seed decides everything.

The committed weights saw the 375 training pages `train-a` to `train-f6` beside this file as they stood on the day, and
120 reference claims of the dossier, but no page of the development set and none of `tests/gold`. They were made by
the research script of which this is the cleaned form: a new run gives weights as good, not the same bytes. Each
window also teaches topic, stance and flags; their answers are not kept, because beside the rules they were too often
wrong.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
import yaml
from safetensors.torch import load_file
from torch import Tensor, nn

from claims.model import Stance, Topic, Verdict
from claims.training.fit_verdicts import VERDICTS
from claims.training.pages import HERE, labelled_readings, pages_in
from claims.weighing.encoder import HEADS, REACH, WIDTH_OF_NEARBY
from claims.weighing.pages import MOST_OF_TITLE, SENTENCE, WEIGHTS, Line, Window, lines_of, windows_of
from claims.weighing.pieces import Pieces

SEED, EPOCHS, AVERAGED, RATE, WARM_UP = 0, 18, 5, 1.5e-3, 0.08
WIDTH, INNER, LAYERS, DROPPED = 192, 512, 2, 0.15
BATCH = 1600  # pieces
HIDDEN, HIDDEN_SHARE = 103, 0.06  # the piece that hides a word, and how many it hides
SMOOTHING = 0.05
VERDICT_WEIGHTS = (0.7, 1.6, 1.1, 1.3, 1.3)
STANCE_WEIGHTS = (1.0, 3.0, 3.0)
TOPICS = [topic.value for topic in Topic]
STANCES = [stance.value for stance in Stance]
PARTIAL = "partial"  # of a misstatement the dossier says only that it is not supported
Unit = dict[str, Any]


@dataclass(frozen=True)
class Lesson:
    """A window with the units whose answers it teaches."""

    window: Window
    units: Sequence[Unit]


class Network(nn.Module):
    """The network that `claims/weighing/encoder.py` evaluates; the names of its parts are those of the weights."""

    def __init__(self, vectors: Tensor, references: int, flags: int) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.enter, self.leave = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH)
        self.marks = nn.Parameter(torch.randn(5, WIDTH) * 0.3)
        self.nearby = nn.Conv1d(WIDTH, WIDTH, WIDTH_OF_NEARBY, padding=WIDTH_OF_NEARBY // 2, groups=WIDTH)
        self.layers = nn.ModuleList([_layer() for _ in range(LAYERS)])
        self.distances = nn.Parameter(torch.zeros(LAYERS, HEADS, 2 * REACH + 1))
        self.mix, self.mix_norm = nn.Linear(3 * WIDTH, WIDTH), nn.LayerNorm(WIDTH)
        self.topic, self.claim, self.stance = nn.Linear(WIDTH, 3), nn.Linear(WIDTH, 2), nn.Linear(WIDTH, 3)
        self.verdict, self.flags = nn.Linear(WIDTH, len(VERDICTS)), nn.Linear(WIDTH, flags)
        self.reference_query = nn.Linear(WIDTH, WIDTH)
        self.references = nn.Parameter(torch.randn(references, WIDTH) * 0.05)
        self.reference_bias = nn.Parameter(torch.zeros(references + 1))
        self.reference_scale = nn.Parameter(torch.tensor(10.0))
        self.reference_verdicts = nn.Parameter(torch.zeros(references, len(VERDICTS)))

    def forward(self, windows: Sequence[Window]) -> dict[str, Tensor]:
        """The scores of every sentence of the windows, one after another."""
        lengths = [len(window.pieces) for window in windows]
        pieces = torch.zeros(len(windows), max(lengths), dtype=torch.long)
        for row, window in enumerate(windows):
            pieces[row, : lengths[row]] = torch.tensor(window.pieces)
        states = self._states(pieces, torch.arange(max(lengths))[None] < torch.tensor(lengths)[:, None])
        parts = [states[row, start:end] for row, window in enumerate(windows) for start, end in window.stretches]
        return self._scores(torch.stack([torch.cat([part.mean(0), part.amax(0), part[0]]) for part in parts]))

    def _states(self, pieces: Tensor, real: Tensor) -> Tensor:
        is_mark = ((pieces >= 1) & (pieces <= 4)).unsqueeze(-1)
        entered = torch.where(is_mark, self.marks[pieces.clamp(0, 4)], self.enter(self.words(pieces)))
        states = F.dropout(entered, DROPPED, self.training) * real.unsqueeze(-1)
        states = states + self.nearby(states.transpose(1, 2)).transpose(1, 2)
        places = torch.arange(pieces.shape[1])
        distances = (places[None] - places[:, None]).clamp(-REACH, REACH) + REACH
        for number, layer in enumerate(self.layers):
            bias = self.distances[number][:, distances][None] - 1e4 * (~real)[:, None, None, :]
            states = states + F.dropout(self._attended(states, layer, bias), DROPPED, self.training)
            thought = layer["narrow"](F.gelu(layer["widen"](layer["thought_norm"](states))))
            states = states + F.dropout(thought, DROPPED, self.training)
        return self.leave(states)

    def _attended(self, states: Tensor, layer: Any, bias: Tensor) -> Tensor:
        rows, length, _ = states.shape
        asked = layer["attention"](layer["attention_norm"](states)).view(rows, length, 3, HEADS, WIDTH // HEADS)
        queries, keys, values = asked.permute(2, 0, 3, 1, 4)
        taken = F.scaled_dot_product_attention(queries, keys, values, attn_mask=bias)
        return layer["attended"](taken.transpose(1, 2).reshape(rows, length, WIDTH))

    def _scores(self, summaries: Tensor) -> dict[str, Tensor]:
        mixed = F.dropout(self.mix_norm(F.gelu(self.mix(summaries))), 2 * DROPPED, self.training)
        question = F.normalize(self.reference_query(summaries[:, :WIDTH]), dim=-1)
        nearness = question @ F.normalize(self.references, dim=-1).T * self.reference_scale
        reference = F.pad(nearness, (0, 1)) + self.reference_bias
        verdict = self.verdict(mixed) + torch.softmax(reference, -1)[:, :-1] @ self.reference_verdicts
        answers = {name: getattr(self, name)(mixed) for name in ("topic", "claim", "stance", "flags")}
        return {**answers, "verdict": verdict, "reference": reference}


def _layer() -> nn.ModuleDict:
    return nn.ModuleDict(
        {
            "attention_norm": nn.LayerNorm(WIDTH),
            "attention": nn.Linear(WIDTH, 3 * WIDTH),
            "attended": nn.Linear(WIDTH, WIDTH),
            "thought_norm": nn.LayerNorm(WIDTH),
            "widen": nn.Linear(WIDTH, INNER),
            "narrow": nn.Linear(INNER, WIDTH),
        }
    )


def word_vectors(folder: Path) -> Tensor:
    """MiniLM's word vectors, centred and turned onto the directions in which ordinary words differ most."""
    vectors = load_file(str(folder / "model.safetensors"))["embeddings.word_embeddings.weight"]
    vectors = vectors - vectors[1000:].mean(0)
    vectors = vectors / vectors[1000:].std()
    _, _, directions = torch.linalg.svd(vectors[1000:12000], full_matrices=False)
    turned = vectors @ directions[:WIDTH].T
    return turned / turned[1000:].std()


class Lessons:
    """The training pages and the dossier as windows, cut and hidden anew each epoch."""

    def __init__(self, pages: Sequence[Mapping[str, Any]], claims: Sequence[Unit], pieces: Pieces) -> None:
        self._pages = [self._page(page, pieces) for page in pages]
        units = [unit for claim in claims for unit in dossier_units(claim)]
        self._dossier = [(Line(SENTENCE, pieces.of(unit["quote"], 80), []), unit) for unit in units]

    @staticmethod
    def _page(page: Mapping[str, Any], pieces: Pieces) -> tuple[list[Line], list[int], list[Unit]]:
        labelled = list(labelled_readings(dict(page)))
        lines = lines_of([reading.sentence for reading, _ in labelled], pieces)
        return lines, pieces.of(page["title"], MOST_OF_TITLE), [unit for _, unit in labelled]

    def batches(self, dice: random.Random) -> list[list[Lesson]]:
        """An epoch: all windows, those of like length together, in a new order."""
        lessons = [_hidden(lesson, dice) for lesson in (*self._from_pages(dice), *self._from_dossier(dice))]
        lessons.sort(key=lambda lesson: len(lesson.window.pieces) + dice.random() * 60)
        batches: list[list[Lesson]] = [[]]
        for lesson in lessons:
            longest = max(len(other.window.pieces) for other in (*batches[-1], lesson))
            if batches[-1] and (len(batches[-1]) + 1) * longest > BATCH:
                batches.append([])
            batches[-1].append(lesson)
        dice.shuffle(batches)
        return batches

    def _from_pages(self, dice: random.Random) -> Iterator[Lesson]:
        """Pages whole, one in five in two parts, some without a title: a page of strangers may begin anywhere."""
        for lines, title, units in self._pages:
            shown = [] if dice.random() < 0.15 else title
            cut = dice.randrange(3, len(lines) - 2) if len(lines) > 6 and dice.random() < 0.2 else len(lines)
            for start, end in ((0, cut), (cut, len(lines))):
                yield from _lessons(lines[start:end], shown, units[start:end])

    def _from_dossier(self, dice: random.Random) -> Iterator[Lesson]:
        chosen = dice.sample(self._dossier, k=int(0.7 * len(self._dossier)))
        for start in range(0, len(chosen), 8):
            part = chosen[start : start + 8]
            yield from _lessons([line for line, _ in part], [], [unit for _, unit in part])


def _lessons(lines: Sequence[Line], title: Sequence[int], units: Sequence[Unit]) -> Iterator[Lesson]:
    first = 0
    for window in windows_of(lines, title):
        yield Lesson(window, units[first : first + len(window.stretches)])
        first += len(window.stretches)


def _hidden(lesson: Lesson, dice: random.Random) -> Lesson:
    pieces = [HIDDEN if piece > 999 and dice.random() < HIDDEN_SHARE else piece for piece in lesson.window.pieces]
    return Lesson(Window(pieces, lesson.window.stretches), lesson.units)


def dossier_units(claim: Unit) -> Iterator[Unit]:
    """A reference claim as units: its statement, its fair wording, and what people wrongly make of it."""
    topic = "herb" if claim["topic"] == "herb-cypripedium" else "nerve-root"
    base = {"topic": topic, "claim": True, "stance": "asserted", "flags": [], "reference": [claim["id"]]}
    verdict = PARTIAL if claim["status"] == "mixed" or claim["topic"] == "category-error" else claim["status"]
    yield {**base, "quote": claim["statement"], "verdict": verdict}
    yield {**base, "quote": claim["fair_wording"], "verdict": "supported"}
    for wrong in claim["typical_misstatements"]:
        yield {**base, "quote": wrong[:1].upper() + wrong[1:] + ".", "verdict": PARTIAL, "flags": None}


def loss_of(scores: Mapping[str, Tensor], units: Sequence[Unit], flags: Sequence[str], names: Sequence[str]) -> Tensor:
    """How far the answers are from the labels, summed over what the labels say."""
    claim = torch.tensor([float(unit["claim"]) for unit in units])
    in_scope = claim * torch.tensor([float(unit["topic"] != Topic.OTHER.value) for unit in units])
    topic = torch.tensor([TOPICS.index(unit["topic"]) for unit in units])
    wanted = torch.stack([claim, in_scope], 1) * (1 - SMOOTHING) + SMOOTHING / 2
    loss = 0.7 * F.cross_entropy(scores["topic"], topic, label_smoothing=SMOOTHING)
    loss = loss + 1.4 * F.binary_cross_entropy_with_logits(scores["claim"], wanted)
    loss = loss + 0.7 * _stance_loss(scores["stance"], units, in_scope > 0)
    loss = loss + _verdict_loss(scores["verdict"], units) + 6.0 * _flag_loss(scores["flags"], units, flags)
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
    return (1.5 * exact - 0.7 * torch.log(1 - sound).sum()) / len(units)


def _flag_loss(scores: Tensor, units: Sequence[Unit], flags: Sequence[str]) -> Tensor:
    known = [row for row, unit in enumerate(units) if unit["flags"] is not None]
    if not known:
        return scores.sum() * 0
    wanted = torch.tensor([[float(flag in units[row]["flags"]) for flag in flags] for row in known])
    wanted = wanted * (1 - SMOOTHING) + SMOOTHING / 30
    return F.binary_cross_entropy_with_logits(scores[known], wanted, pos_weight=torch.full((len(flags),), 2.5))


def _references_of(units: Sequence[Unit], names: Sequence[str]) -> Tensor:
    wanted = torch.zeros(len(units), len(names) + 1)
    for row, unit in enumerate(units):
        numbers = [names.index(name) for name in unit.get("reference", []) if name in names] or [len(names)]
        wanted[row, numbers] = 1 / len(numbers)
    return wanted


def train(network: Network, lessons: Lessons, flags: Sequence[str], names: Sequence[str]) -> None:
    """Teaches the network; what it keeps is the mean of the last epochs' weights."""
    dice, step, steps = random.Random(SEED), 0, 0
    taught = [weights for weights in network.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW(taught, lr=RATE, weight_decay=0.02, betas=(0.9, 0.98))
    kept: list[dict[str, Tensor]] = []
    for epoch in range(EPOCHS):
        batches = lessons.batches(dice)
        steps = steps or len(batches) * EPOCHS
        network.train()
        for batch in batches:
            optimizer.param_groups[0]["lr"] = (
                RATE * min(1, (step + 1) / (WARM_UP * steps)) * max(0.04, 1 - step / steps)
            )
            units = [unit for lesson in batch for unit in lesson.units]
            loss = loss_of(network([lesson.window for lesson in batch]), units, flags, names)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(taught, 1.0)
            optimizer.step()
            step += 1
        if epoch >= EPOCHS - AVERAGED:
            kept.append({name: value.detach().clone() for name, value in network.state_dict().items()})
        print(f"epoch {epoch}: loss {float(loss.detach()):.3f}", flush=True)
    network.load_state_dict({name: torch.stack([state[name] for state in kept]).mean(0) for name in kept[0]})


def write(network: Network, vocabulary: Sequence[str], names: Sequence[str], path: Path) -> None:
    """Writes what `claims/weighing/pages.py` reads: words in 8 bits with a scale each, tables in 16, the rest in 32."""
    arrays: dict[str, Any] = {}
    for name, tensor in network.state_dict().items():
        values = tensor.numpy()
        if name.split(".")[0] in ("words", "topic", "stance", "flags"):
            continue
        if name == "nearby.weight":
            values = values[:, 0, :]
        turned = values.T if name.endswith(".weight") and values.ndim == 2 else values
        arrays[name] = np.ascontiguousarray(turned, dtype=np.float16 if turned.ndim >= 2 else np.float32)
    vectors = network.words.weight.numpy()
    scales = np.abs(vectors).max(1, keepdims=True) / 127 + 1e-9
    labels = json.dumps({"verdicts": VERDICTS, "references": list(names)})
    words = np.round(vectors / scales).astype(np.int8)
    np.savez_compressed(
        path, words=words, scales=scales.astype(np.float16), vocabulary="\n".join(vocabulary), labels=labels, **arrays
    )


def main(folder: Path, dossier: Path, files: Sequence[Path]) -> None:
    """Trains on the pages of the files and the dossier, and writes the weights."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    pages = pages_in(*files)
    claims = yaml.safe_load(dossier.read_text(encoding="utf-8"))["claims"]
    names = [claim["id"] for claim in claims]
    flags = sorted({flag for page in pages for unit in page["units"] for flag in unit["flags"]})
    network = Network(word_vectors(folder), len(names), len(flags))
    train(network, Lessons(pages, claims, Pieces(vocabulary)), flags, names)
    write(network, vocabulary, names, WEIGHTS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]] or list(HERE.glob("*.jsonl")))
