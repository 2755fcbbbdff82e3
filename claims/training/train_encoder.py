"""Teaches the page encoder and writes its weights.

    python -m claims.training.train_encoder MINILM TO FILE.jsonl … [--mpnet MPNET] [--leave K] [--teachers FILE.pt …]

MINILM holds all-MiniLM-L6-v2, MPNET all-mpnet-base-v2 (both Apache-2.0): `config.json`, `model.safetensors` and
`vocab.txt`. Their layers are taught on the labelled pages of the files, on the sentences of their contrast sets, and on
the project's own references: statements, fair wordings and examples. Where TO ends in `.npz` the product's weights are
written, else a state to go on from.

MPNet is four times as wide and twice as deep as MiniLM; nobody could wait for it, but it judges better. So MPNet is
taught first, once without each fold K, and MiniLM learns from the labels and from what the teacher that had not seen a
page makes of it (distillation: Hinton et al., Distilling the knowledge in a neural network, 2015), also of windows in
which words were exchanged (Jiao et al., TinyBERT, 2020). Needs torch and transformers, which are no part of the
install, and a graphics processor for more than a try. One seed decides everything, but for the order in which such a
processor adds. The word vectors stay as they are. `docs/accuracy.md` says what the committed weights saw.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from claims.references import Reference, reference_set
from claims.training.answers import chances_of, loss_of, wanted_of
from claims.training.encoder_weights import write
from claims.training.lessons import Lesson, Lessons, Manner, Unit, units_of
from claims.training.network import STANCES, Network, Scores, batch_of, vocabulary_in
from claims.training.pages import VERDICTS, contrast_sets_in, pages_in
from claims.weighing.pieces import Pieces

WARM_UP, LAST_RATE, DECAY, LONGEST_STEP = 0.08, 0.03, 0.01, 1.0
FASTER = 6  # times, that the answers are taught than the layers below
NEAR, OFTEN, SHORT = 6, 3, 3  # neighbours of a word; how often and how long it has to be to be exchanged
LISTED = 1996  # the first whole word of the vocabulary; punctuation, letters and signs stand before it


@dataclass(frozen=True)
class Course:
    """How long and how fast the network is taught, in batches of how many pieces, and how much teachers count."""

    epochs: int
    rate: float
    batch: int
    share: float
    seed: int

    @property
    def averaged(self) -> int:
        """How many of the last epochs' weights the mean is kept of."""
        return max(1, round(self.epochs / 3))


@dataclass(frozen=True)
class School:
    """What all networks are taught: pages, sets of sentences, and what the answers are called."""

    vocabulary: Sequence[str]
    references: Sequence[Reference]
    flags: Sequence[str]
    pages: Sequence[Mapping[str, Any]]
    sets: Sequence[Sequence[Unit]]

    @property
    def names(self) -> list[str]:
        """What the references are called."""
        return [reference.id for reference in self.references]

    def network(self, folder: Path, state: Path | None = None) -> Network:
        """A network on the encoder in a folder, new or as a state has it."""
        network = Network(folder, self.vocabulary, self.references, len(self.flags))
        network.to("cuda" if torch.cuda.is_available() else "cpu")
        if state:
            network.load_state_dict(torch.load(state, map_location=network.device))
        else:
            network.begin(self.references, Pieces(self.vocabulary))
        return network


def school_of(minilm: Path, files: Sequence[Path]) -> School:
    """What the files and the references teach."""
    pages, references = pages_in(*files), list(reference_set().references.values())
    sets = [*contrast_sets_in(*files), *(list(units_of(reference)) for reference in references)]
    flags = sorted({flag for page in pages for unit in page["units"] for flag in unit["flags"]})
    return School(vocabulary_in(minilm), references, flags, pages, sets)


def train(network: Network, school: School, manner: Manner, course: Course, teachers: Sequence[Network] = ()) -> None:
    """Teaches the network; what it keeps is the mean of the last epochs' weights.

    The teacher of a lesson is the one whose number is its fold.
    """
    dice, step, steps = random.Random(course.seed), 0, 0
    torch.manual_seed(course.seed)
    lessons = Lessons(school.pages, school.sets, Pieces(school.vocabulary), manner)
    optimizer = torch.optim.AdamW(_taught(network, course), weight_decay=DECAY)
    kept: list[dict[str, Tensor]] = []
    for epoch in range(course.epochs):
        batches = lessons.batches(dice, course.batch, by_fold=bool(teachers))
        steps = steps or len(batches) * course.epochs
        network.train()
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * min(1, (step + 1) / (WARM_UP * steps)) * max(LAST_RATE, 1 - step / steps)
            loss = _loss_on(batch, network, school, teachers, course.share)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), LONGEST_STEP)
            optimizer.step()
            step += 1
        if epoch >= course.epochs - course.averaged:
            kept.append({name: value.detach().clone() for name, value in network.state_dict().items()})
        print(f"epoch {epoch}: loss {float(loss.detach()):.3f}", flush=True)
    network.load_state_dict(mean_of(kept))


def _loss_on(
    lessons: Sequence[Lesson], network: Network, school: School, teachers: Sequence[Network], share: float
) -> Tensor:
    batch = batch_of([lesson.window for lesson in lessons]).to(network.device)
    wanted = wanted_of(lessons, school.flags, school.names).to(network.device)
    taught: Scores | None = None
    if teachers:
        with torch.no_grad():
            taught = chances_of(teachers[lessons[0].fold](batch))
    return loss_of(network(batch), wanted, taught, share)


def mean_of(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several states of one network; what holds no fractions is that of the last."""
    floats = {name for name, value in states[0].items() if value.is_floating_point()}
    means = {name: torch.stack([state[name] for state in states]).mean(0) for name in floats}
    return {**states[-1], **means}


def _taught(network: Network, course: Course) -> list[dict[str, Any]]:
    """The weights that are taught, those of the encoder more slowly than the answers built on it."""
    named = [(name, weights) for name, weights in network.named_parameters() if weights.requires_grad]
    layers = [weights for name, weights in named if name.startswith("base.")]
    answers = [weights for name, weights in named if not name.startswith("base.")]
    return [{"params": layers, "rate": course.rate}, {"params": answers, "rate": FASTER * course.rate}]


def neighbours_in(network: Network, school: School) -> dict[int, list[int]]:
    """The words of the pages and sets, each with those nearest to it by the encoder's word vectors."""
    pieces = Pieces(school.vocabulary)
    texts = [unit["quote"] for units in (*(page["units"] for page in school.pages), *school.sets) for unit in units]
    counts = Counter(piece for text in texts for piece in pieces.of(text, len(text)))
    words = [piece for piece, count in counts.items() if count >= OFTEN and _may_be_exchanged(piece, school.vocabulary)]
    vectors = F.normalize(network.words.weight[network.rows[words]].float(), dim=-1)
    likeness = (vectors @ vectors.T).fill_diagonal_(-1)
    return {
        word: [words[number] for number in near]
        for word, near in zip(words, likeness.topk(NEAR).indices.tolist(), strict=True)
    }


def _may_be_exchanged(piece: int, vocabulary: Sequence[str]) -> bool:
    return piece >= LISTED and len(vocabulary[piece]) >= SHORT and vocabulary[piece].isalpha()


def _read_arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser()
    asked.add_argument("minilm", type=Path)
    asked.add_argument("to", type=Path)
    asked.add_argument("files", type=Path, nargs="+")
    asked.add_argument("--mpnet", type=Path, help="teach MPNet instead; with --teachers, the folder of theirs")
    asked.add_argument("--leave", type=int, help="the fold that is not taught")
    asked.add_argument("--teachers", type=Path, nargs="+", default=[], help="a state for each fold, taught without it")
    asked.add_argument("--on", type=Path, help="the state of a network that was taught before")
    asked.add_argument("--midway", action="store_true", help="keep the mean of that state and what it becomes")
    asked.add_argument("--epochs", type=int, default=6)
    asked.add_argument("--rate", type=float, default=5e-5, help="how fast the layers are taught at most")
    asked.add_argument("--batch", type=int, default=6000, help="pieces")
    asked.add_argument("--share", type=float, default=0.6, help="how much teachers count beside the labels")
    asked.add_argument("--loose", type=float, default=0.6, help="the share of sentences on no page read in an epoch")
    asked.add_argument("--lone", type=float, default=0.0, help="the share of sentences on pages read once more alone")
    asked.add_argument("--shortened", type=float, default=0.0, help="the share of pages with lines left out")
    asked.add_argument("--disturbed", type=float, default=0.0, help="the share of windows with words exchanged")
    asked.add_argument("--seed", type=int, default=0)
    return asked.parse_args()


def main() -> None:
    """Teaches as the command line asks."""
    given = _read_arguments()
    torch.manual_seed(given.seed)
    school = school_of(given.minilm, given.files)
    base = given.mpnet if given.mpnet and not given.teachers else given.minilm
    network = school.network(base, given.on)
    begun = {name: value.clone() for name, value in network.state_dict().items()}
    teachers = [school.network(given.mpnet, state).eval() for state in given.teachers]
    manner = Manner(given.loose, given.lone, given.shortened, given.disturbed, without=given.leave)
    if given.disturbed:
        manner = replace(manner, neighbours=neighbours_in(network, school))
    train(network, school, manner, Course(given.epochs, given.rate, given.batch, given.share, given.seed), teachers)
    if given.midway:
        network.load_state_dict(mean_of([begun, network.state_dict()]))
    if given.to.suffix == ".npz":
        labels = {"verdicts": VERDICTS, "stances": STANCES, "flags": school.flags, "references": school.names}
        write(network, school.vocabulary, labels, given.to)
    else:
        torch.save(network.state_dict(), given.to)


if __name__ == "__main__":
    main()
