"""The table: how a claim of one form stands to the reference that speaks to it."""

from __future__ import annotations

from claims.cues import CueGroup
from claims.matching import Match
from claims.model import Polarity, Status, Strength, Verdict
from claims.references import Stands

STRONG = frozenset({CueGroup.ABSOLUTE.value, CueGroup.PERMANENT.value})

Ruling = tuple[Verdict, str]
UNCLEAR_DENIAL: Ruling = (Verdict.UNVERIFIED, "unverified-denial")


def ruling_on(match: Match) -> Ruling:
    """The verdict on a claim by the reference that speaks to it, with the key of its reason."""
    if match.stands is not Stands.AGREES:
        return _ruling_on_departure(match)
    table = {
        Status.SUPPORTED: _ruling_by_support,
        Status.MIXED: _ruling_by_mixed,
        Status.UNSUPPORTED: _ruling_by_lack,
        Status.REFUTED: _ruling_by_refutation,
    }
    return table[match.reference.status](match)


def _ruling_on_departure(match: Match) -> Ruling:
    if match.stands is Stands.CORRECTS:
        return (Verdict.SUPPORTED, "supported") if match.frame.polarity is Polarity.POSITIVE else UNCLEAR_DENIAL
    if match.frame.polarity is not Polarity.POSITIVE:
        return Verdict.SUPPORTED, "supported"
    numeric = match.pattern.number is not None
    if match.stands is Stands.EXCEEDS:
        return Verdict.OVERSTATED, "overstated-number" if numeric else "overstated-exceeds"
    return Verdict.REFUTED, "refuted-number" if numeric else "refuted"


def _ruling_by_support(match: Match) -> Ruling:
    frame, reference = match.frame, match.reference
    if frame.polarity is Polarity.LACKING or (frame.polarity is Polarity.NEGATIVE and not match.is_full):
        return UNCLEAR_DENIAL
    if frame.polarity is Polarity.NEGATIVE:
        return Verdict.REFUTED, "refuted"
    if frame.qualifiers & STRONG and not match.pattern.requires & STRONG:
        return Verdict.OVERSTATED, "overstated-qualifier"
    if reference.limits and frame.strength is Strength.DIRECT and not reference.limits & frame.qualifiers:
        return Verdict.OVERSTATED, "overstated-limit"
    if frame.strength > reference.bears and CueGroup.FREQUENCY not in frame.qualifiers:
        return Verdict.OVERSTATED, "overstated-strength"
    return Verdict.SUPPORTED, "supported"


def _ruling_by_mixed(match: Match) -> Ruling:
    frame = match.frame
    if frame.polarity is not Polarity.POSITIVE:
        return Verdict.SUPPORTED, "supported-lacking"
    reserved = frame.strength <= Strength.CONDITIONAL or bool(match.reference.limits & frame.qualifiers)
    if reserved and not frame.qualifiers & STRONG:
        return Verdict.SUPPORTED, "supported"
    return Verdict.OVERSTATED, "overstated-mixed"


def _ruling_by_lack(match: Match) -> Ruling:
    if match.frame.polarity is Polarity.POSITIVE:
        return Verdict.UNSUPPORTED, "unsupported"
    return Verdict.SUPPORTED, "supported-lacking"


def _ruling_by_refutation(match: Match) -> Ruling:
    if match.frame.polarity is Polarity.POSITIVE:
        return Verdict.REFUTED, "refuted-claim"
    return Verdict.SUPPORTED, "supported-lacking"
