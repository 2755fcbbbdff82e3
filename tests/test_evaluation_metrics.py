"""Each figure, on counts small enough to work out by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from auditor.evaluation import metrics
from auditor.evaluation.bootstrap import interval_of, resamples
from auditor.evaluation.model import Interval, Rates
from auditor.evaluation.tally import Hit, Tally, hit, summed

TP, FP, FN, TN = Hit.TRUE_POSITIVE, Hit.FALSE_POSITIVE, Hit.FALSE_NEGATIVE, Hit.TRUE_NEGATIVE


def test_a_hit_is_named_after_label_and_answer() -> None:
    assert [hit(True, True), hit(False, True), hit(True, False), hit(False, False)] == [TP, FP, FN, TN]


def test_precision_recall_and_f1() -> None:
    # 6 of 8 reported are right, 6 of 12 were found; F1 = 2 * 0.75 * 0.5 / 1.25
    assert metrics.rates({TP: 6, FP: 2, FN: 6, TN: 99}) == Rates(0.75, 0.5, 0.6, 12, 8)


def test_where_nothing_is_right_every_rate_is_zero() -> None:
    assert metrics.rates({FP: 2, FN: 3}) == Rates(0, 0, 0, 3, 2)
    assert metrics.rates({}) == Rates(0, 0, 0, 0, 0)


def test_f1_is_unknown_only_where_there_was_nothing_to_find_and_nothing_was_found() -> None:
    assert metrics.f1({TN: 5}) is None
    assert metrics.f1({FP: 1}) == 0
    assert metrics.precision({FN: 1}) is None and metrics.recall({FP: 1}) is None


PAIRS = {("a", "a"): 3, ("a", "b"): 1, ("b", "b"): 2, ("b", "a"): 2, ("b", "missed"): 2}


def test_a_class_is_scored_against_all_others() -> None:
    assert metrics.class_rates(PAIRS, "a") == Rates(0.6, 0.75, pytest.approx(2 / 3), 4, 5)
    assert metrics.class_rates(PAIRS, "b") == Rates(
        pytest.approx(2 / 3), pytest.approx(1 / 3), pytest.approx(4 / 9), 6, 3
    )


def test_accuracy_is_the_share_of_answers_that_are_labels() -> None:
    assert metrics.accuracy(PAIRS) == 0.5
    assert metrics.accuracy({}) is None


def test_macro_f1_weighs_classes_alike_and_leaves_out_those_without_labels() -> None:
    assert metrics.macro_f1(PAIRS, ("a", "b", "never")) == pytest.approx((2 / 3 + 4 / 9) / 2)
    assert metrics.macro_f1({}, ("a",)) is None


def test_micro_f1_pools_the_counts_of_all_flags() -> None:
    flags = {("x", TP): 1, ("x", FP): 1, ("y", TP): 2, ("y", FN): 2}
    assert metrics.rates(metrics.pooled(flags)) == Rates(0.75, 0.6, pytest.approx(2 / 3), 5, 4)
    assert metrics.only(flags, "y") == {TP: 2, FN: 2}


def test_a_share_of_nothing_is_unknown() -> None:
    assert metrics.share({True: 3, False: 1}) == 0.75
    assert metrics.share({}) is None


def test_false_alarms_are_counted_for_a_thousand_words() -> None:
    assert metrics.per_1000_words({"words": 500, "false alarms": 2}) == 4
    assert metrics.per_1000_words({}) is None


SAID = {(0.9, True): 3, (0.9, False): 1, (0.95, True): 1, (0.6, False): 1, (1.0, True): 2}


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    # 3 * 0.1² + 0.9² + 0.05² + 0.6² + 0, over 8
    assert metrics.brier(SAID) == pytest.approx((0.03 + 0.81 + 0.0025 + 0.36) / 8)
    assert metrics.brier({}) is None


def test_ten_bins_of_equal_width_hold_the_confidences() -> None:
    low, high = metrics.bins(SAID)[6], metrics.bins(SAID)[9]
    assert (low.low, low.high, low.n, low.confidence, low.accuracy) == (0.6, 0.7, 1, 0.6, 0)
    assert (high.n, high.accuracy) == (7, pytest.approx(6 / 7))
    assert high.confidence == pytest.approx((4 * 0.9 + 0.95 + 2) / 7)
    assert metrics.bins(SAID)[0].confidence is None and len(metrics.bins(SAID)) == 10


def test_the_calibration_error_weighs_the_gap_of_each_bin_by_its_verdicts() -> None:
    # bin 0.6: |0.6 - 0| * 1; bin 0.9: |6.55 - 6|, over 8
    assert metrics.ece(SAID) == pytest.approx((0.6 + 0.55) / 8)
    assert metrics.ece({}) is None


def test_confidence_that_keeps_its_word_has_no_calibration_error() -> None:
    assert metrics.ece({(0.75, True): 3, (0.75, False): 1}) == 0


def test_tallies_add_up() -> None:
    one = Tally(claims=Counter({TP: 1}), errors=Counter({True: 2}))
    other = Tally(claims=Counter({TP: 2, FN: 1}))
    assert summed([one, other]) == Tally(claims=Counter({TP: 3, FN: 1}), errors=Counter({True: 2}))
    assert one.claims == {TP: 1}


def test_resamples_draw_with_replacement_and_the_same_for_the_same_seed() -> None:
    drawn = list(resamples("abcd", seed=3, times=50))
    assert drawn == list(resamples("abcd", seed=3, times=50)) != list(resamples("abcd", seed=4, times=50))
    assert all(len(sample) == 4 and set(sample) <= set("abcd") for sample in drawn)
    assert any(len(set(sample)) < 4 for sample in drawn)


def test_an_interval_holds_the_middle_95_percent() -> None:
    assert interval_of([value / 1000 for value in range(1001)]) == Interval(pytest.approx(0.025), pytest.approx(0.975))
    assert interval_of([0.5, None, 0.5]) == Interval(0.5, 0.5)


def test_an_interval_needs_two_values() -> None:
    assert interval_of([None, 0.5]) is None


def test_the_interval_of_a_mean_comes_near_the_one_that_theory_gives() -> None:
    values = [0] * 50 + [1] * 50  # standard error of the mean: 0.05
    found = interval_of([sum(sample) / 100 for sample in resamples(values, seed=1)])
    assert found and found.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)
