"""Signs, table, linear models and encoder as one: small fitted models over what each makes of a sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from claims.cues import CueGroup
from claims.errors import DataError
from claims.extraction import Reading
from claims.matching import Match, matches_for
from claims.model import Polarity, Stance, Verdict
from claims.relations import relations
from claims.rules.kinds import fired_by_words, lets_pass
from claims.rules.load import rule_set
from claims.ruling import ruling_on
from claims.weighing.features import features_of
from claims.weighing.linear import FOLDER, Linear, chance, linear_at
from claims.weighing.models import verdict_chances
from claims.weighing.pages import Chances, chances_on

NO_RISK, CURE, REPLACES_CARE = "promo/no-risk", "promo/cure", "safety/replaces-care"
EVEN = 0.5
REJECTED_UNSEEN = 0.8  # of quoted words, from which the encoder may reject them without a cue; below, one in ten was
VETO, VETO_OF_PROBLEM = 0.35, 0.03  # a rule's words stand, unless the models hold the flag less likely than this
SURE = 0.75  # of a flag whose rule lets the sentence pass; from here on ten of eleven were right, below half of eight
LEAST = 1e-4  # a chance nearer to 0 or 1 than this counts as this near
Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of a sentence: by the words of the rules, the frames of the references, and each model.

    The reading's stance is the one that cues and encoder agree on.
    `words` are the chances of the verdicts by its features, `told` those of the encoder; `around` is the mean chance of
    a problem among the other sentences of its page.
    """

    reading: Reading
    fired: Collection[str]
    matches: Sequence[Match]
    words: Mapping[Verdict, float]
    told: Chances
    around: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """The chances of a sentence: the encoder's of a claim on topic, and those of each verdict and flag, joined."""

    claim: float
    verdicts: Mapping[Verdict, float]
    flags: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cuts:
    """The chances from which something is said; fitted on pages that no model had learnt from.

    `claim`, `alarm` (any problem), `flag`, and `reference` (one to show beside those whose frames match); from `first`
    on it explains the verdict before them. `error` is the confidence of a verdict, or the chance of a flag, from which
    a finding may be an error. `confidence` is the intercept and the slope of a logistic curve from a verdict's log-odds
    to the share that was right (Platt, Probabilistic outputs for support vector machines, 1999).
    """

    claim: float
    alarm: float
    flag: float
    reference: float
    first: float
    error: float
    confidence: tuple[float, float]


@cache
def cuts() -> Cuts:
    """The fitted cuts; raises `DataError` where the file is missing or broken."""
    path = FOLDER / "cuts.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Cuts(**{**data, "confidence": tuple(data["confidence"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path.name}: cannot be read; make it again with `python -m claims.training.fit_cuts`"
        ) from error


@cache
def joined_part(name: str) -> Linear:
    """The regression that joins what speaks for `flag`, `stance` or `verdict`."""
    return linear_at(FOLDER / f"joined-{name}.json")


def heard_on(readings: Sequence[Reading]) -> tuple[Heard, ...]:
    """What rules, references and models make of every sentence of a page."""
    told = chances_on([reading.sentence for reading in readings])
    problems = [chances.claim * (1 - chances.verdicts[Verdict.SUPPORTED]) for chances in told]
    others = max(len(told) - 1, 1)
    around = [(sum(problems) - own) / others for own in problems]
    return tuple(map(_heard_of, readings, told, around))


def _heard_of(reading: Reading, told: Chances, around: float) -> Heard:
    reading = replace(reading, stance=stance_on(reading, told))
    matches, fired = matches_for(reading), fired_by_words(reading)
    words = verdict_chances(features_of(reading, matches, fired))
    return Heard(reading, fired, matches, words, told, around)


def stance_on(reading: Reading, told: Chances) -> Stance:
    """Whose words a sentence gives, by its cues and by the encoder; what only the encoder rejects has to be sure."""
    chances = joined_part("stance").chances(stance_signs(reading, told))
    stance = Stance(max(chances, key=lambda label: chances[label]))
    unseen = stance is Stance.REJECTED and reading.stance is not stance
    return reading.stance if unseen and chances[stance] < REJECTED_UNSEEN else stance


def stance_signs(reading: Reading, told: Chances) -> Signs:
    """What speaks for each stance, each as a number under a name."""
    heard = {f"encoder {stance.value}": math.log(max(share, LEAST)) for stance, share in told.stances.items()}
    return {**heard, f"cues {reading.stance.value}": 1.0}


def weighed(heard: Heard) -> Weighed:
    """All that the models hold of a sentence, joined."""
    verdicts = joined_part("verdict").chances(verdict_signs(heard))
    return Weighed(
        heard.told.claim,
        {Verdict(label): share for label, share in verdicts.items()},
        {flag: chance(joined_part("flag").scores(flag_signs(heard, flag))[0]) for flag in heard.told.flags},
    )


def verdict_signs(heard: Heard) -> Signs:
    """What speaks for each verdict, each as a number under a name."""
    reading, told = heard.reading, heard.told
    return {
        **{f"encoder {verdict.value}": math.log(max(share, LEAST)) for verdict, share in told.verdicts.items()},
        **{f"words {verdict.value}": math.log(max(share, LEAST)) for verdict, share in heard.words.items()},
        f"ruling {_ruling(heard)}": 1.0,
        f"ruling {_ruling(heard)} in full": float(bool(heard.matches) and heard.matches[0].is_full),
        f"sense {reading.sense.sense.value} {reading.sense.named}": 1.0,
        "denial": float(is_denial(reading)),
        "rules": float(bool(heard.fired)),
        "encoder flags": log_odds(max(told.flags.values())),
        "encoder claim": log_odds(told.claim),
        "page around": log_odds(heard.around),
    }


def flag_signs(heard: Heard, flag: str) -> Signs:
    """What speaks for a flag, each as a number under a name."""
    fired, told = flag in heard.fired, log_odds(heard.told.flags[flag])
    return {
        "encoder": told,
        "fired": float(fired),
        "encoder where fired": told * fired,
        "any fired": float(bool(heard.fired)),
        f"flag {flag}": 1.0,
        f"fired {flag}": float(fired),
        "sound": math.log(max(heard.told.verdicts[Verdict.SUPPORTED], LEAST)),
        f"stance {heard.reading.stance.value}": 1.0,
        "page around": log_odds(heard.around),
        "question": float(heard.reading.sentence.text.endswith("?")),
    }


def _ruling(heard: Heard) -> str:
    return ruling_on(heard.matches[0])[0].value if heard.matches else "none"


def is_denial(reading: Reading) -> bool:
    """True where every promise that the sentence speaks of is denied or called unproven."""
    promises = [frame.polarity for frame in reading.frames if frame.relation in relations().benefits]
    return bool(promises) and Polarity.POSITIVE not in promises


def flags_of(heard: Heard, chances: Weighed) -> tuple[str, ...]:
    """The rules that a sentence falls under: of the flags those likely enough, of the other rules those that fired.

    Where a page does not speak for itself, and on a claim that is likelier to stand than not, only a rule's own words
    raise a flag; on a claim that is likelier not to stand they need hardly be borne out.
    """
    is_claim, sound = chances.claim >= cuts().claim, chances.verdicts[Verdict.SUPPORTED] >= EVEN
    veto = VETO_OF_PROBLEM if is_claim and not sound else VETO
    flags = {flag for flag, share in chances.flags.items() if share >= (veto if flag in heard.fired else cuts().flag)}
    spoken, heard_only = flags & set(heard.fired), flags - set(heard.fired)
    if heard.reading.stance is Stance.ASSERTED and not (is_claim and sound):
        spoken |= {flag for flag in heard_only if chances.flags[flag] >= SURE or not _is_let_pass(flag, heard.reading)}
    return tuple(sorted(spoken | (set(heard.fired) - chances.flags.keys())))


def _is_let_pass(flag: str, reading: Reading) -> bool:
    return lets_pass(rule_set().rules[flag], reading)


def cannot_be_sound(heard: Heard, chances: Weighed) -> bool:
    """True for a promise that nothing can keep, of no risk or of a cure for good, and for leave to go without care."""
    flags = flags_of(heard, chances)
    lasting = any(cue.group is CueGroup.PERMANENT for cue in heard.reading.cues)
    return NO_RISK in flags or REPLACES_CARE in flags or (lasting and CURE in flags)


def likeliest(chances: Mapping[Verdict, float], alarm: float) -> Verdict:
    """The verdict to give: supported where a problem is less likely than `alarm`, else the likeliest problem."""
    if 1 - chances[Verdict.SUPPORTED] < alarm:
        return Verdict.SUPPORTED
    problems = (verdict for verdict in chances if verdict is not Verdict.SUPPORTED)
    return max(problems, key=lambda verdict: chances[verdict])


def confidence_in(verdict: Verdict, chances: Mapping[Verdict, float]) -> float:
    """The share of such verdicts that were right on labelled pages the models had not seen, 0 to 1."""
    intercept, slope = cuts().confidence
    return round(chance(intercept + slope * log_odds(chances[verdict])), 3)


def reference_heard(told: Chances, cut: float) -> str | None:
    """The reference that the encoder finds a sentence to speak of, where its chance reaches the cut."""
    name, share = told.reference
    return name if share >= cut else None


def log_odds(probability: float) -> float:
    """A chance as log-odds; certainty is cut off."""
    kept = min(max(probability, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))
