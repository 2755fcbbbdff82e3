"""What the rules' words, the references' frames and the encoder make of each sentence of a page, side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from claims.cues import CueGroup
from claims.extraction import Reading
from claims.facts.ruling import FactRuling, fact_ruling_on
from claims.matching import Match, matches_for
from claims.model import Stance, Verdict
from claims.rules.kinds import fired_by_words, lets_pass
from claims.rules.load import rule_set
from claims.weighing.cuts import cuts
from claims.weighing.pages import Chances, chances_on

HEARD, REJECTED = 0.6, 0.8  # of whose words a sentence gives, from which the encoder is believed against the cues
VETO, VETO_OF_PROBLEM = 0.2, 0.005  # a rule's words stand, unless the encoder holds the flag less likely than this
PROBLEMS = frozenset({Verdict.OVERSTATED, Verdict.UNSUPPORTED, Verdict.REFUTED, Verdict.CATEGORY_ERROR})
SURE = 0.8  # of a flag whose rule lets the sentence pass, from which it is raised all the same


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence with the rules whose words it has, the references whose frames it matches, its facts and its chances.

    The reading's stance is the one that cues and encoder agree on, or that of whichever is surer.
    """

    reading: Reading
    fired: Collection[str]
    matches: Sequence[Match]
    fact: FactRuling | None
    told: Chances


def heard_on(readings: Sequence[Reading]) -> tuple[Heard, ...]:
    """What is made of every sentence of a page."""
    return tuple(map(_heard_of, readings, chances_on([reading.sentence for reading in readings])))


def _heard_of(reading: Reading, told: Chances) -> Heard:
    reading = replace(reading, stance=stance_on(reading, told))
    return Heard(reading, fired_by_words(reading), matches_for(reading), fact_ruling_on(reading), told)


def stance_on(reading: Reading, told: Chances) -> Stance:
    """Whose words a sentence gives: the encoder's answer where it is sure, else that of the cues or of the lead-in."""
    if reading.lead_in is CueGroup.ATTRIBUTION:
        return reading.stance
    heard = max(told.stances, key=lambda stance: told.stances[stance])
    enough = REJECTED if heard is Stance.REJECTED else HEARD
    return heard if told.stances[heard] >= enough else reading.stance


def flags_of(heard: Heard, verdict: Verdict | None) -> tuple[str, ...]:
    """The rules that a sentence falls under: of the flags those likely enough, of the other rules those that fired.

    Where a page does not speak for itself, and on a claim that stands, only a rule's own words raise a flag; on a claim
    that does not they need hardly be borne out.
    """
    flags, is_problem = heard.told.flags, verdict in PROBLEMS
    veto = VETO_OF_PROBLEM if is_problem else VETO
    raised = {flag for flag, share in flags.items() if share >= (veto if flag in heard.fired else cuts().flag)}
    spoken, heard_only = raised & set(heard.fired), raised - set(heard.fired)
    if heard.reading.stance is Stance.ASSERTED and (is_problem or verdict is None):
        spoken |= {flag for flag in heard_only if flags[flag] >= SURE or not _is_let_pass(flag, heard.reading)}
    return tuple(sorted(spoken | (set(heard.fired) - flags.keys())))


def _is_let_pass(flag: str, reading: Reading) -> bool:
    return lets_pass(rule_set().rules[flag], reading)
