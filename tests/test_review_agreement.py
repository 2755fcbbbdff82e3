"""Agreement and precision are those of the published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import CURED, FINDINGS, MIRACLE, REFUTED, decision
from sklearn.metrics import cohen_kappa_score

from reports.review.agreement import alpha_interval, cohen_kappa, krippendorff_alpha, wilson_interval
from reports.review.measuring import measured
from reports.review.settling import Outcome

LABELS = st.sampled_from("abc")
# Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011: the worked examples A (binary), B (nominal, two
# observers) and C (nominal, four observers, gaps).
MEG_AND_OWEN = ("0100000010", "1110010000")
BEN_AND_GERRY = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units_of(*observers: str) -> list[list[str]]:
    return [[label for label in labels if label not in " ."] for labels in zip(*observers, strict=True)]


def test_kappa_is_that_of_sim_and_wright() -> None:
    """Sim & Wright, The Kappa Statistic in Reliability Studies, Physical Therapy 85, 2005, table 2: 0.67."""
    pairs = [("r", "r")] * 22 + [("r", "n")] * 2 + [("n", "r")] * 4 + [("n", "n")] * 11
    assert cohen_kappa(pairs) == pytest.approx(0.67, abs=0.005)


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    if len({label for pair in pairs for label in pair}) > 1:
        ones, others = zip(*pairs, strict=True)
        assert cohen_kappa(pairs) == pytest.approx(cohen_kappa_score(ones, others))


def test_kappa_of_nothing_and_of_one_label_is_unknown() -> None:
    assert cohen_kappa([]) is None
    assert cohen_kappa([("a", "a")] * 5) is None


@pytest.mark.parametrize(
    ("observers", "alpha"),
    [
        (MEG_AND_OWEN, 0.095),
        (BEN_AND_GERRY, 0.692),
        (FOUR_OBSERVERS, 0.743),
    ],
    ids=["binary", "nominal", "four observers with gaps"],
)
def test_alpha_is_that_of_krippendorffs_examples(observers: tuple[str, ...], alpha: float) -> None:
    assert krippendorff_alpha(units_of(*observers)) == pytest.approx(alpha, abs=0.0005)


@given(st.lists(st.lists(LABELS, min_size=2, max_size=2), min_size=2))
def test_two_who_agree_on_everything_have_an_alpha_of_one(units: list[list[str]]) -> None:
    same = [[first, first] for first, _ in units]
    assert krippendorff_alpha(same) in (None, 1)


@given(st.lists(st.lists(LABELS, max_size=4)))
def test_alpha_does_not_depend_on_the_order_of_raters_or_things(units: list[list[str]]) -> None:
    alpha, turned = krippendorff_alpha(units), krippendorff_alpha([labels[::-1] for labels in units[::-1]])
    assert (alpha is None) == (turned is None)
    assert alpha is None or turned == pytest.approx(alpha)


def test_the_interval_of_alpha_holds_alpha_and_is_the_same_twice() -> None:
    units = units_of(*BEN_AND_GERRY)
    interval = alpha_interval(units)
    assert interval is not None
    assert interval.low < 0.692 < interval.high
    assert interval == alpha_interval(units)


def test_there_is_no_interval_from_one_thing() -> None:
    assert alpha_interval([["a", "b"], ["a"]]) is None


@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_that_of_newcombe(hits: int, number: int, low: float, high: float) -> None:
    """Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998, table I."""
    interval = wilson_interval(hits, number)
    assert interval is not None
    assert (interval.low, interval.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_there_is_no_interval_for_a_share_of_nothing() -> None:
    assert wilson_interval(0, 0) is None


# ---- what a review measured


def test_a_rules_precision_counts_what_reviewers_settled() -> None:
    decisions = [
        decision(CURED, "confirm"),
        decision(MIRACLE, "false-alarm"),
        decision(REFUTED, "confirm"),
        decision(REFUTED, "false-alarm", reviewer="Ben Example"),
    ]
    rules = {each.rule: each for each in measured(decisions).rules}
    assert (rules["promo/cure"].precision, rules["promo/miracle"].precision) == (1, 0)
    assert rules["claim/refuted"].outcomes[Outcome.CONTESTED] == 1
    assert rules["claim/refuted"].precision is None


def test_agreement_is_measured_on_what_both_decided() -> None:
    ana = [decision(each, "confirm") for each in FINDINGS]
    ben = [decision(each, "false-alarm", reviewer="Ben Example") for each in FINDINGS[:1]]
    ben += [decision(each, "confirm", reviewer="Ben Example") for each in FINDINGS[1:3]]
    [pair] = measured([*ana, *ben]).pairs
    assert (pair.one, pair.other, pair.findings) == ("Ana Example", "Ben Example", 3)
    assert pair.kappa == pytest.approx(0)
    assert measured([*ana, *ben]).shared == 3


def test_one_reviewer_alone_has_nobody_to_agree_with() -> None:
    alone = measured([decision(each, "confirm") for each in FINDINGS])
    assert (alone.pairs, alone.shared, alone.alpha, alone.alpha_interval) == ((), 0, None, None)
