"""What counts as right, on pages of one or two sentences."""

from __future__ import annotations

import pytest
from evaluation_samples import HEADING, SOUND, WRONG, audit, found, judged, page, unit
from hypothesis import given
from hypothesis import strategies as st

from auditor.evaluation.evaluating import figures_of
from auditor.evaluation.matching import same_place, words
from auditor.evaluation.model import Figures
from auditor.model import Miss, Outcome, Reason, Skipped
from claims.model import Severity, Stance, Verdict

GOLD = page(unit(HEADING), unit(SOUND, "supported", reference=["r1"]), unit(WRONG, "refuted", flags=["promo/cure"]))


def figures(*outcomes: Outcome, gold: object = GOLD) -> Figures:
    return figures_of([gold] * len(outcomes), outcomes)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("One visit cures it.", "one VISIT cures it", True),
        ("cures sciatica", WRONG, True),
        ("Nerve\u00adroot pain", "nerveroot pain", True),
        ("visit", "visitors come", False),
        ("One visit soon cures sciatica in men", "One visit cures sciatica in men", True),
        ("One visit", "Two visits", False),
        ("", WRONG, False),
        ("?!", "?!", False),
    ],
)
def test_quotes_stand_in_one_place_where_most_of_the_shorter_is_in_the_longer(one: str, other: str, same: bool) -> None:
    assert same_place(words(one), words(other)) is same
    assert same_place(words(other), words(one)) is same


@given(st.text())
def test_a_quote_with_words_stands_in_its_own_place(text: str) -> None:
    assert same_place(words(text), words(text)) is bool(words(text))


def test_a_faultless_audit_gets_full_marks() -> None:
    got = figures(
        audit(
            judged(SOUND, Verdict.SUPPORTED, 1.0, cited=("r1",)),
            judged(WRONG, Verdict.REFUTED, 1.0),
            found(WRONG, "promo/cure"),
        )
    )
    shares = {name: each.value for name, each in got.headline.items()}
    assert shares.pop("ece") == shares.pop("brier") == 0
    assert shares.pop("false_alarms_per_1000_reputable_words") is None
    assert set(shares.values()) == {1.0} and not got.misses


def test_a_page_that_could_not_be_audited_counts_as_one_on_which_nothing_was_found() -> None:
    got = figures(Skipped("p1", Miss.FAILED, Reason("read/empty", "the page is empty")))
    assert [(miss.page, miss.code) for miss in got.not_audited] == [("p1", "read/empty")]
    assert (got.claim_detection.recall, got.verdict.accuracy, got.alarm.n) == (0, 0, 1)
    assert got.stance.accuracy is got.reference_hit.share is None


def test_the_gravest_verdict_in_a_unit_counts_with_its_own_confidence() -> None:
    got = figures(audit(judged(WRONG, Verdict.SUPPORTED, 0.99), judged(WRONG, Verdict.REFUTED, 0.4)))
    assert got.verdict.per_class["refuted"].recall == 1
    assert [(each.low, each.n, each.accuracy) for each in got.calibration.bins if each.n] == [(0.4, 1, 1)]


@pytest.mark.parametrize("verdict", [Verdict.UNVERIFIED, Verdict.NOT_JUDGED])
def test_an_abstention_is_a_claim_found_and_a_verdict_missed(verdict: Verdict) -> None:
    got = figures(audit(judged(SOUND, verdict)))
    assert got.claim_detection.found == 1 and got.verdict.accuracy == 0 and got.calibration.n == 0
    assert got.verdict.confusion.counts[0][got.verdict.confusion.columns.index(verdict)] == 1


def test_a_claim_that_was_not_found_stands_in_the_column_of_the_missed() -> None:
    confusion = figures(audit()).verdict.confusion
    assert confusion.columns[-3:] == ("unverified", "not_judged", "missed")
    assert [row[-1] for row in confusion.counts] == [1, 0, 0, 1, 0]


def test_a_claim_off_topic_or_out_of_no_claim_is_a_false_find() -> None:
    gold = page(unit(SOUND, topic="other", claim=True), unit(HEADING))
    got = figures(audit(judged(SOUND, Verdict.SUPPORTED), judged(HEADING, Verdict.SUPPORTED)), gold=gold)
    assert (got.claim_detection.n, got.claim_detection.found, got.verdict.n) == (0, 2, 0)


def test_reported_speech_is_a_claim_whose_verdict_is_not_scored() -> None:
    gold = page(unit(SOUND, "supported", stance="reported"))
    got = figures(audit(judged(SOUND, Verdict.NOT_JUDGED, stance=Stance.REPORTED)), gold=gold)
    assert (got.claim_detection.f1, got.verdict.n, got.stance.accuracy) == (1, 0, 1)


def test_the_stance_of_the_first_claim_in_a_unit_counts() -> None:
    first, second = judged(SOUND, Verdict.SUPPORTED), judged(SOUND, Verdict.NOT_JUDGED, stance=Stance.REJECTED)
    got = figures(audit(first, second), audit(second, first))
    assert got.stance.confusion.counts[0] == (1, 0, 1)


def test_an_alarm_is_an_error_a_warning_or_a_bad_verdict_but_no_note() -> None:
    warned = audit(found(WRONG, "promo/fear", Severity.WARNING))
    assert figures(warned).alarm.recall == 1
    assert figures(audit(judged(WRONG, Verdict.OVERSTATED))).alarm.recall == 1
    assert figures(audit(found(WRONG, "sense/herb", Severity.NOTE))).alarm.recall == 0


def test_flags_are_scored_one_by_one() -> None:
    flags = figures(audit(found(WRONG, "promo/fear"), found(SOUND, "claim/refuted"))).flags
    assert list(flags.per_flag) == ["promo/cure", "promo/fear"]
    assert (flags.per_flag["promo/cure"].rates.n, flags.per_flag["promo/fear"].rates.found, flags.micro.f1) == (1, 1, 0)


def test_flags_of_a_page_are_scored_only_where_they_were_labelled() -> None:
    whole = audit(found("", "page/no-date", Severity.NOTE), found("", "page/no-author", Severity.NOTE))
    assert not figures(whole).page_flags
    got = figures(whole, gold=page(unit(HEADING), page_flags=["page/no-date", "sense/mixed"])).page_flags
    assert {rule: (each.n, each.found) for rule, each in got.items()} == {
        "page/no-author": (0, 1),
        "page/no-date": (1, 1),
        "sense/mixed": (1, 0),
    }


def test_a_reference_is_hit_where_one_of_the_labelled_ones_is_cited() -> None:
    assert figures(audit(judged(SOUND, Verdict.SUPPORTED, cited=("r0", "r1")))).reference_hit.share == 1
    assert figures(audit(judged(SOUND, Verdict.SUPPORTED, cited=("r0",)))).reference_hit.share == 0
    assert figures(audit(judged(WRONG, Verdict.REFUTED))).reference_hit.n == 0


def test_the_precision_of_errors_is_over_findings_that_stand_in_a_unit() -> None:
    outcome = audit(
        found(WRONG, "promo/cure"),
        found(WRONG, "claim/refuted"),
        found(SOUND, "claim/refuted"),
        found(SOUND, "promo/fear", Severity.WARNING),
        found("Words that no label covers", "promo/cure"),
        found("", "sense/mixed"),
    )
    errors = figures(outcome).error_findings
    assert (errors.n, errors.share) == (3, pytest.approx(2 / 3))


def test_false_alarms_count_on_reputable_pages() -> None:
    gold = page(unit(HEADING), unit(SOUND, "supported"), kind="reputable")
    got = figures(audit(judged(SOUND, Verdict.REFUTED)), gold=gold)
    assert (got.reputable.words, got.reputable.alarms, got.reputable.per_1000_words) == (8, 1, 125)
    assert figures(audit(found(SOUND, "promo/cure"))).reputable.words == 0


def test_figures_are_given_by_kind_of_page() -> None:
    other = page(unit(SOUND, "supported"), kind="wellness")
    kinds = figures_of([GOLD, other], [audit(), audit(judged(SOUND, Verdict.SUPPORTED))]).kinds
    assert {kind: (each.pages, each.units, each.claim_detection.f1) for kind, each in kinds.items()} == {
        "promo": (1, 3, 0),
        "wellness": (1, 1, 1),
    }


def test_every_disagreement_on_alarm_or_verdict_is_a_miss() -> None:
    got = figures(audit(judged(SOUND, Verdict.UNVERIFIED, cited=("r2",)), found(HEADING, "promo/miracle")))
    assert [(miss.quote, miss.gold, miss.got, miss.got_flags) for miss in got.misses] == [
        (HEADING, "none", "none", ("promo/miracle",)),
        (SOUND, "supported", "unverified", ()),
        (WRONG, "refuted", "missed", ()),
    ]
    assert (got.misses[1].gold_references, got.misses[1].got_references) == (("r1",), ("r2",))


def test_intervals_come_with_two_pages_and_hold_the_figure() -> None:
    assert figures(audit()).headline["claim_f1"].interval is None
    good, bad = audit(judged(SOUND, Verdict.SUPPORTED), judged(WRONG, Verdict.REFUTED)), audit()
    for name, each in figures(good, good, bad, good).headline.items():
        if each.value is not None and each.interval is not None:
            assert each.interval.low <= each.value <= each.interval.high, name


def test_the_same_seed_gives_the_same_figures() -> None:
    pages, outcomes = [GOLD] * 3, [audit(judged(SOUND, Verdict.SUPPORTED)), audit(), audit(found(WRONG, "promo/cure"))]
    assert figures_of(pages, outcomes, seed=7) == figures_of(pages, outcomes, seed=7)
