"""Fits how linear models and encoder are joined: python -m claims.training.fit_fusion FILE.jsonl …

The files hold labelled pages that neither of the models has learnt from. The weights that are committed were made on
the open pages of the development set (52 pages: those whose number, from 0, leaves no remainder of 2 by 3).
Shares of the encoder are those of the least log-loss; thresholds follow from what is written beside each.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss

from claims.checkworthiness import claim_probability
from claims.extraction import Reading, readings_of
from claims.judging import alarm_for, is_ruled_by_figure
from claims.language import sentences_of
from claims.matching import matches_for
from claims.model import Stance, Topic, Verdict
from claims.rules.kinds import fired_by_words
from claims.training.fit_verdicts import VERDICTS
from claims.training.pages import labelled_readings, pages_in, passages_of
from claims.weighing.features import features_of
from claims.weighing.fusion import Fusion, claim_chance, fused_verdicts, log_odds
from claims.weighing.linear import FOLDER
from claims.weighing.models import Cuts, likeliest_by, verdict_chances
from claims.weighing.pages import Chances, chances_on

SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FACTORS = (1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0)
CLAIM_CUTS = tuple(cut / 100 for cut in range(30, 76, 2))
ALARM_CUTS = tuple(cut / 100 for cut in range(40, 82, 2))
REFERENCE_CUTS = tuple(cut / 100 for cut in range(8, 90, 2))
SURE_ENOUGH = 0.75  # of alarms, better quiet than wrong
RIGHT_ENOUGH = 2 / 3  # of references named where no frame matches
IN_SCOPE = ("nerve-root", "herb")


@dataclass(frozen=True)
class Example:
    """A sentence of a labelled page, its unit, and what each model made of it."""

    reading: Reading
    unit: dict[str, Any]
    signs: float
    heard: Chances
    weighed: Mapping[Verdict, float]
    alarm: float | None
    matched: bool

    @property
    def is_claim(self) -> bool:
        """True where people found a claim on topic."""
        return bool(self.unit["claim"]) and self.unit["topic"] in IN_SCOPE

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that people gave, where the claim is the page's own."""
        asserted = self.unit["stance"] == Stance.ASSERTED.value
        return Verdict(self.unit["verdict"]) if asserted and self.unit["verdict"] in VERDICTS else None

    @property
    def deserves_alarm(self) -> bool:
        """True where an editor should look."""
        return bool(self.unit["flags"]) or self.verdict not in (None, Verdict.SUPPORTED)


def examples_in(paths: Iterable[Path]) -> list[Example]:
    """Every labelled sentence of the pages, but those that a reference rules on by a figure."""
    return [example for page in pages_in(*paths) for example in _examples_on(page)]


def _examples_on(page: dict[str, Any]) -> Iterator[Example]:
    sentences = [reading.sentence for reading in readings_of(sentences_of(passages_of(page)))]
    heard = {sentence.span: told for sentence, told in zip(sentences, chances_on(sentences), strict=True)}
    for reading, unit in labelled_readings(page):
        matches, fired = matches_for(reading), fired_by_words(reading)
        weighed = verdict_chances(features_of(reading, matches, fired))
        signs, alarm = claim_probability(reading), alarm_for(reading, matches)
        if not is_ruled_by_figure(matches):
            yield Example(reading, unit, signs, heard[reading.sentence.span], weighed, alarm, bool(matches))


def fitted(examples: Sequence[Example]) -> tuple[Fusion, Cuts]:
    """The knobs that the examples ask for."""
    claims = [example for example in examples if example.verdict is not None]
    claim_share = min(SHARES, key=lambda share: _claim_loss(examples, share))
    claim = max(CLAIM_CUTS, key=lambda cut: _claim_f1(examples, claim_share, cut))
    verdict_share = min(SHARES, key=lambda share: _verdict_loss(claims, share))
    fusion = Fusion(claim_share, claim, verdict_share, _reference_threshold(examples))
    judged = [example for example in examples if _is_judged(example, fusion)]
    alarm = _alarm_threshold(judged, verdict_share)
    factors = _factors(claims, verdict_share, alarm)
    return fusion, Cuts(alarm, factors, _confidence_curve(claims, verdict_share, Cuts(alarm, factors, (0.0, 1.0))))


def _claim_loss(examples: Sequence[Example], share: float) -> float:
    chances = [claim_chance(example.signs, example.heard.claim, share) for example in examples]
    return float(log_loss([example.is_claim for example in examples], chances))


def _claim_f1(examples: Sequence[Example], share: float, cut: float) -> float:
    named = [_is_claim(example, share, cut) for example in examples]
    return float(f1_score([example.is_claim for example in examples], named))


def _is_claim(example: Example, share: float, cut: float) -> bool:
    on_topic = example.reading.topic is not Topic.OTHER
    return on_topic and claim_chance(example.signs, example.heard.claim, share) >= cut


def _is_judged(example: Example, fusion: Fusion) -> bool:
    asserted = example.reading.stance is Stance.ASSERTED
    return asserted and _is_claim(example, fusion.claim_share, fusion.claim)


def _fused(example: Example, share: float) -> dict[Verdict, float]:
    return fused_verdicts(example.weighed, example.heard.verdicts, share)


def _verdict_loss(claims: Sequence[Example], share: float) -> float:
    chances = (_fused(example, share)[example.verdict] for example in claims if example.verdict)
    return -sum(math.log(chance) for chance in chances) / len(claims)


def _alarm_threshold(judged: Sequence[Example], share: float) -> float:
    """The threshold of the best alarm F1 among those that are right often enough, else the strictest."""
    deserved = np.array([example.deserves_alarm for example in judged])

    def quality(cut: float) -> tuple[bool, float]:
        cuts = Cuts(cut, dict.fromkeys(VERDICTS, 1.0), (0.0, 1.0))
        raised = np.array([_chosen(example, share, cuts) is not Verdict.SUPPORTED for example in judged])
        precision = float((raised & deserved).sum() / max(raised.sum(), 1))
        return precision >= SURE_ENOUGH, float(f1_score(deserved, raised)) if precision >= SURE_ENOUGH else cut

    return max(ALARM_CUTS, key=quality)


def _chosen(example: Example, share: float, cuts: Cuts) -> Verdict:
    return likeliest_by(cuts, _fused(example, share), alarm=example.alarm)


def _factors(claims: Sequence[Example], share: float, alarm: float) -> dict[str, float]:
    """The factor of every problem, found one after another, that gives the best macro-F1 together.

    A category error keeps 1: it is always a finding of the gravest kind, so none is named that is not likeliest.
    """
    factors = dict.fromkeys(VERDICTS, 1.0)
    for name in VERDICTS[1:-1] * 2:

        def macro(factor: float, name: str = name) -> tuple[float, float]:
            cuts = Cuts(alarm, {**factors, name: factor}, (0.0, 1.0))
            chosen = [_chosen(example, share, cuts) for example in claims]
            return float(f1_score([example.verdict for example in claims], chosen, average="macro")), -factor

        factors[name] = max(FACTORS, key=macro)
    return factors


def _confidence_curve(claims: Sequence[Example], share: float, cuts: Cuts) -> tuple[float, float]:
    chosen = [_chosen(example, share, cuts) for example in claims]
    odds = [[log_odds(_fused(example, share)[verdict])] for example, verdict in zip(claims, chosen, strict=True)]
    right = [example.verdict is verdict for example, verdict in zip(claims, chosen, strict=True)]
    curve = LogisticRegression(C=1e6).fit(odds, right)
    return round(float(curve.intercept_[0]), 3), round(float(curve.coef_[0, 0]), 3)


def _reference_threshold(examples: Sequence[Example]) -> float:
    """The lowest threshold from which references named are right in two of three, where no frame matches."""
    named = [e.heard.reference for e in examples if e.is_claim and not e.matched]
    wanted = [e.unit.get("reference", []) for e in examples if e.is_claim and not e.matched]
    answers = [(share, name in names) for (name, share), names in zip(named, wanted, strict=True)]

    def holds(cut: float) -> bool:
        above = [right for share, right in answers if share >= cut]
        return sum(above) >= RIGHT_ENOUGH * len(above)

    return next(cut for cut in (*REFERENCE_CUTS, 1.0) if holds(cut))


def _write(name: str, knobs: Fusion | Cuts) -> None:
    (FOLDER / name).write_text(json.dumps(asdict(knobs), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    fusion, cuts = fitted(examples_in([Path(path) for path in sys.argv[1:]]))
    _write("fusion.json", fusion)
    _write("cuts.json", cuts)
    print(fusion, cuts, sep="\n")
