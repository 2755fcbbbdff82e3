"""A text goes in, judged claims and findings come out, each exactly in its place."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.examine import examine, fingerprint_of, severity_of
from claims.extraction import readings_of
from claims.folding import folded
from claims.language import sentences_of
from claims.model import BlockKind, Examination, PageFacts, Passage, Sense, Severity, Stance, Verdict
from claims.references import reference_set
from claims.rules.kinds import Judged
from claims.rules.load import rule_set
from claims.weighing.cuts import cuts

WORDS = ["nerve root", "nerve\u00ad root", "Nerve  Roots", "sciatica", "cures", "may ease", "“wonder”", "isn’t"]
WORDS += ["natural substance", "😀", "\n", ".", "!", "?", "L5/S1", "bed rest", "é", "\u200b", "100 %", "(", "—", "Dr."]


def examined(*texts: str, truncated: bool = False) -> Examination:
    return examine([Passage(BlockKind.PARAGRAPH, text) for text in texts], PageFacts(truncated=truncated))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=30).map(" ".join))
def test_every_quote_is_exactly_the_text_of_its_span(text: str) -> None:
    found = examined(text)
    spans = [(j.claim.span, j.claim.quote) for j in found.judgements]
    spans += [(f.span, f.quote) for f in found.findings if f.span is not None]
    assert all(text[span.start : span.end] == quote for span, quote in spans)


@given(st.text(max_size=80))
def test_folding_keeps_the_way_back(text: str) -> None:
    result = folded(text)
    assert len(result.text) == len(result.origin)
    assert list(result.origin) == sorted(result.origin)


def test_the_same_text_gives_the_same_answer_twice() -> None:
    text = "Stretching makes room for the nerve roots. This wonder cures sciatica for good."
    assert examined(text) == examined(text)


def test_a_text_that_names_nothing_judged_gives_nothing() -> None:
    assert examined("Bake the bread for an hour. It cures boredom.") == Examination((), ())


@pytest.mark.parametrize(
    "label", ["Nerve roots", "C6 root", "Cauda equina syndrome", "Epidural steroid injections", "Sciatica and L5 root."]
)
def test_a_name_by_itself_claims_nothing(label: str) -> None:
    assert not examined(label).judgements


def test_a_promise_without_a_verb_is_still_a_claim() -> None:
    assert [j.claim.quote for j in examined("Instant cure for sciatica").judgements] == ["Instant cure for sciatica"]


def test_a_substance_is_a_category_error_and_says_what_it_points_back_to() -> None:
    found = examined(
        "I love the wonders of nerve root. This incredible natural substance has so many benefits for the nerves."
    )
    second = found.judgements[-1]
    assert (second.verdict, second.claim.sense) == (Verdict.CATEGORY_ERROR, Sense.SUBSTANCE)
    assert "wonders of nerve root" in second.because


def test_reported_words_are_not_judged_and_say_why() -> None:
    (judgement,) = examined("Some practitioners believe that massage frees a trapped nerve root.").judgements
    assert (judgement.verdict, judgement.claim.stance) == (Verdict.NOT_JUDGED, Stance.REPORTED)
    assert judgement.because


def test_true_physiology_raises_no_alarm() -> None:
    found = examined("Small blood vessels nourish each nerve root. The nerve root feeds signals to the arm.")
    assert not [finding for finding in found.findings if finding.span]


@pytest.mark.parametrize(
    "text",
    [
        "Cauda equina syndrome is an emergency. Without prompt surgery the damage may be permanent.",
        "Numbness between the legs needs help the same day. If it is left, the damage can last for life.",
    ],
)
def test_an_emergency_told_soberly_raises_no_alarm(text: str) -> None:
    assert not [finding for finding in examined(text).findings if finding.span]


@pytest.mark.parametrize(
    "text",
    [
        "Cauda equina syndrome can wait until your next appointment.",
        "Numbness between the legs is common with sciatica and can safely be left for some weeks.",
        "A numb saddle area usually settles by itself and needs no doctor.",
        "There is no hurry if the area between your legs has gone numb.",
        "The symptoms of cauda equina syndrome may be watched at home for up to 48 hours.",
        "Without a doctor, a numb saddle area can safely be left for weeks.",
        "If your bladder works as usual, a numb saddle area can wait.",
    ],
)
def test_calm_words_about_a_warning_sign_are_refuted(text: str) -> None:
    (judgement,) = examined(text).judgements
    assert judgement.verdict is Verdict.REFUTED
    assert reference_set().references[judgement.evidence[0].reference].urgent


def test_careful_neighbours_do_not_vouch_for_calm_words_about_a_warning_sign() -> None:
    found = examined(
        "Sciatica is pain along a nerve root of the sciatic nerve. Most people feel better within weeks.",
        "Numbness between the legs is common with sciatica and can safely be left for some weeks.",
        "Trouble passing urine cannot wait: go to hospital the same day.",
    )
    assert [j.verdict for j in found.judgements if "Numbness" in j.claim.quote] == [Verdict.REFUTED]
    assert found.judgements[-1].verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "Numbness between the legs cannot wait.",
        "Cauda equina syndrome must never be left until your next appointment.",
        "Ordinary sciatica can safely be left for some weeks.",
        "Without numbness between the legs or bladder trouble, sciatica can wait for a routine appointment.",
        "If your bladder works as usual and your saddle area feels normal, sciatica is no emergency.",
        "Back pain alone is seldom a sign of cauda equina syndrome and can be watched at home.",
    ],
)
def test_what_may_wait_and_what_may_not_are_told_apart(text: str) -> None:
    assert [judgement.verdict for judgement in examined(text).judgements] == [Verdict.SUPPORTED]


def test_a_denial_is_supported_where_its_claim_is_not() -> None:
    claim = examined("Massage cures a trapped nerve root.").judgements[0].verdict
    denial = examined("There is no evidence that massage cures a trapped nerve root.").judgements[0].verdict
    assert (claim, denial) == (Verdict.UNSUPPORTED, Verdict.SUPPORTED)


def test_a_fingerprint_survives_a_move_and_not_a_change() -> None:
    first = fingerprint_of("promo/cure", "It cures  sciatica.", "", " Then rest.")
    assert first == fingerprint_of("promo/cure", "It cures sciatica.", "", " then rest.")
    assert first != fingerprint_of("promo/cure", "It eases sciatica.", "", " Then rest.")


SEED = Path(os.environ.get("AUDITOR_SEED", Path(__file__).parents[2] / "shared" / "seed" / "nerve-root-article.txt"))


@pytest.fixture(scope="module")
def seed() -> Examination:
    if not SEED.exists():
        pytest.skip(f"{SEED} is not here")
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    return examined(*lines, truncated=True)


def verdict_on(found: Examination, words: str) -> Verdict:
    (judgement,) = [j for j in found.judgements if words in j.claim.quote]
    return judgement.verdict


def rules_on(found: Examination, words: str) -> set[str]:
    return {f.rule for f in found.findings if f.span and words in f.quote}


@pytest.mark.parametrize(
    "words",
    [
        "first segment of each spinal nerve",
        "small openings called foramina",
        "linked to a specific area of skin",
        "compressed, inflamed, or damaged",
    ],
)
def test_the_article_that_started_the_project_is_right_about_anatomy(seed: Examination, words: str) -> None:
    assert verdict_on(seed, words) is Verdict.SUPPORTED


@pytest.mark.parametrize("words", ["keeps the foramina open", "free up space for the roots"])
def test_the_article_promises_room_for_the_roots_without_evidence(seed: Examination, words: str) -> None:
    assert verdict_on(seed, words) is Verdict.UNSUPPORTED


@pytest.mark.parametrize("words", ["powerhouse", "wonders", "incredible"])
def test_the_article_praises_with_wonder_words(seed: Examination, words: str) -> None:
    assert "promo/miracle" in rules_on(seed, words)


@pytest.mark.parametrize("words", ["incredible natural substance", "help nourish our nervous system"])
def test_the_article_treats_a_nerve_root_as_a_substance(seed: Examination, words: str) -> None:
    (judgement,) = [j for j in seed.judgements if words in j.claim.quote]
    assert (judgement.verdict, judgement.claim.sense) == (Verdict.CATEGORY_ERROR, Sense.SUBSTANCE)


def test_the_article_ties_the_substance_back_to_the_nerve_root(seed: Examination) -> None:
    (judgement,) = [j for j in seed.judgements if "incredible natural substance" in j.claim.quote]
    assert judgement.claim.refers_to is not None
    assert "wonders of nerve root" in judgement.claim.refers_to


@pytest.mark.parametrize("rule", ["sense/mixed", "page/truncated"])
def test_the_article_is_marked_as_a_page(seed: Examination, rule: str) -> None:
    assert rule in {finding.rule for finding in seed.findings if finding.span is None}


@pytest.mark.parametrize(
    ("rule", "verdict", "sure", "severity"),
    [
        ("promo/no-risk", Verdict.UNSUPPORTED, True, Severity.ERROR),
        ("promo/no-risk", Verdict.UNSUPPORTED, False, Severity.WARNING),
        ("promo/no-risk", Verdict.SUPPORTED, True, Severity.WARNING),
        ("promo/no-risk", Verdict.UNVERIFIED, True, Severity.WARNING),
        ("claim/refuted", Verdict.REFUTED, True, Severity.ERROR),
        ("claim/refuted", Verdict.REFUTED, False, Severity.WARNING),
        ("promo/miracle", Verdict.SUPPORTED, True, Severity.WARNING),
        ("sense/nerve-root-as-substance", Verdict.CATEGORY_ERROR, True, Severity.WARNING),  # the words are anatomy
    ],
)
def test_an_error_has_to_be_sure_and_borne_out_by_the_judgement(
    rule: str, verdict: Verdict, sure: bool, severity: Severity
) -> None:
    (reading,) = readings_of(sentences_of([Passage(BlockKind.PARAGRAPH, "A herniated disc often causes sciatica.")]))
    (judgement,) = examined("A herniated disc is a common cause of sciatica.").judgements
    cut = cuts().error if rule.startswith(("claim/", "sense/")) else cuts().flag_error
    chance = cut + (0.01 if sure else -0.01)
    judged = Judged(reading, replace(judgement, verdict=verdict, confidence=chance), (rule,), {rule: chance})
    assert severity_of(rule_set().rules[rule], judged) is severity


def test_what_is_taken_for_a_substance_in_so_many_words_is_an_error() -> None:
    found = examined("Nerve root is rich in antioxidants. It nourishes the nervous system.").findings
    assert [f.severity for f in found if f.rule == "sense/nerve-root-as-substance"] == [Severity.ERROR, Severity.ERROR]


def test_a_rule_that_fires_on_no_claim_keeps_its_severity() -> None:
    (reading,) = readings_of(sentences_of([Passage(BlockKind.PARAGRAPH, "Bin your tablets.")]))
    judged = Judged(reading, None, ("safety/replaces-care",), {"safety/replaces-care": 1.0})
    assert severity_of(rule_set().rules["safety/replaces-care"], judged) is Severity.ERROR


def test_the_reason_names_the_word_that_says_too_much() -> None:
    (judgement,) = examined("Steroid injections completely take the pain of an irritated nerve root away.").judgements
    assert judgement.verdict is Verdict.OVERSTATED
    assert "“completely” goes further than the evidence" in judgement.because


def test_the_reason_names_the_limit_that_is_left_out() -> None:
    (judgement,) = examined("Exercise takes sciatica pain away.").judgements
    assert judgement.verdict is Verdict.OVERSTATED
    assert "The limit that matters is missing" in judgement.because


def test_the_reference_that_the_encoder_is_sure_of_explains_the_verdict() -> None:
    (judgement,) = examined("Steroid injections completely take the pain of an irritated nerve root away.").judgements
    assert judgement.evidence[0].reference == "epidural-steroid-short-term"
    assert judgement.suggestion == reference_set().references["epidural-steroid-short-term"].fair_wording
