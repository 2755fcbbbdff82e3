"""How far the encoder's answers are from the labels, and from the chances that its teachers give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from claims.model import Topic, Verdict
from claims.training.lessons import PARTIAL, Lesson
from claims.training.network import STANCES, TOPICS, Scores, Tensors
from claims.training.pages import VERDICTS

SMOOTHING = 0.05
TOPIC, CLAIM, STANCE, VERDICT, PARTLY, FLAGS, REFERENCE = 0.5, 1.4, 0.5, 1.6, 0.7, 8.0, 0.6  # what each weighs
VERDICT_WEIGHTS, STANCE_WEIGHTS, FLAG_WEIGHT = (0.8, 1.4, 1.0, 1.3, 1.2), (1.0, 2.0, 2.0), 2.0
SUPPORTED = VERDICTS.index(Verdict.SUPPORTED.value)
SOUND = 0.999  # a partial claim that is taken to be sound with more than this costs no more
ALONE = ("claim", "flags")  # answers of which several may hold


@dataclass(frozen=True)
class Wanted(Tensors):
    """What the labels of a batch say, a row a sentence; `judged` has a verdict, `flagged` says which flags hold."""

    topic: Tensor
    claim: Tensor
    stance: Tensor
    on_topic: Tensor
    verdict: Tensor
    judged: Tensor
    partial: Tensor
    flags: Tensor
    flagged: Tensor
    reference: Tensor
    disturbed: Tensor


def wanted_of(lessons: Sequence[Lesson], flags: Sequence[str], names: Sequence[str]) -> Wanted:
    """The labels of the lessons' sentences as chances, smoothed and weighted."""
    units = [unit for lesson in lessons for unit in lesson.units]
    claim = torch.tensor([float(unit["claim"]) for unit in units])
    on_topic = claim * torch.tensor([float(unit["topic"] != Topic.OTHER) for unit in units])
    given = [unit["verdict"] for unit in units]
    judged = torch.tensor([float(verdict in VERDICTS) for verdict in given])
    verdicts = [VERDICTS.index(verdict) if verdict in VERDICTS else SUPPORTED for verdict in given]
    references = torch.zeros(len(units), len(names) + 1)
    for row, unit in enumerate(units):
        numbers = [names.index(name) for name in unit.get("reference", []) if name in names] or [len(names)]
        references[row, numbers] = 1 / len(numbers)
    return Wanted(
        topic=_smoothed([TOPICS.index(unit["topic"]) for unit in units], [1.0] * len(TOPICS)),
        claim=torch.stack([claim, on_topic], 1) * (1 - SMOOTHING) + SMOOTHING / 2,
        stance=_smoothed([STANCES.index(unit["stance"]) for unit in units], STANCE_WEIGHTS),
        on_topic=on_topic,
        verdict=_smoothed(verdicts, VERDICT_WEIGHTS),
        judged=judged,
        partial=torch.tensor([float(verdict == PARTIAL) for verdict in given]),
        flags=torch.tensor([[float(flag in (unit["flags"] or ())) for flag in flags] for unit in units]),
        flagged=torch.tensor([float(unit["flags"] is not None) for unit in units]),
        reference=references,
        disturbed=torch.tensor([lesson.is_disturbed for lesson in lessons for _ in lesson.units]),
    )


def _smoothed(numbers: Sequence[int], weights: Sequence[float]) -> Tensor:
    """Each number as chances, nearly all of it on itself; a rare answer weighs more."""
    sure = F.one_hot(torch.tensor(numbers), len(weights)).float()
    return (sure * (1 - SMOOTHING) + SMOOTHING / len(weights)) * torch.tensor(weights)[numbers][:, None]


def chances_of(scores: Scores) -> Scores:
    """The scores as chances."""
    return {
        name: torch.sigmoid(values) if name in ALONE else torch.softmax(values, -1) for name, values in scores.items()
    }


def loss_of(scores: Scores, wanted: Wanted, taught: Scores | None, share: float) -> Tensor:
    """How far the answers are from the labels and, by `share`, from what teachers hold (Hinton et al., 2015).

    Where words were exchanged, the labels may not hold any more, and the teachers count alone.
    """
    rows = len(wanted.claim)
    theirs = torch.where(wanted.disturbed, 1.0, share) if taught else torch.zeros(rows, device=wanted.claim.device)
    labelled = 1 - theirs

    def aim(name: str) -> Tensor:
        label: Tensor = getattr(wanted, name)
        return label * labelled[:, None] + taught[name] * theirs[:, None] if taught else label

    def distance(name: str) -> Tensor:
        return -(aim(name) * F.log_softmax(scores[name], -1)).sum(1)

    sound = torch.softmax(scores["verdict"], -1)[:, SUPPORTED].clamp(max=SOUND)
    partly = -(torch.log(1 - sound) * wanted.partial * labelled).sum() / rows
    flags = _flag_distance(scores["flags"], wanted, taught, theirs)
    return (
        TOPIC * distance("topic").mean()
        + CLAIM * F.binary_cross_entropy_with_logits(scores["claim"], aim("claim"))
        + STANCE * (distance("stance") * wanted.on_topic).sum() / wanted.on_topic.sum().clamp(min=1)
        + VERDICT * (distance("verdict") * wanted.judged).sum() / rows
        + PARTLY * partly
        + FLAGS * (flags * wanted.flagged).sum() / wanted.flagged.sum().clamp(min=1)
        + REFERENCE * distance("reference").mean()
    )


def _flag_distance(scores: Tensor, wanted: Wanted, taught: Scores | None, theirs: Tensor) -> Tensor:
    weights = torch.full((scores.shape[1],), FLAG_WEIGHT, device=scores.device)
    labels = F.binary_cross_entropy_with_logits(scores, wanted.flags, pos_weight=weights, reduction="none").mean(1)
    if taught is None:
        return labels
    teachers = F.binary_cross_entropy_with_logits(scores, taught["flags"], reduction="none").mean(1)
    return labels * (1 - theirs) + teachers * theirs
