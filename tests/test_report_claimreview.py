"""ClaimReview speaks only for what a reviewer confirmed, in the form that search engines ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from report_samples import (
    CURED,
    DECISIONS,
    JUDGEMENTS,
    REFUTED,
    SUBSTANCE,
    TODAY,
    audit,
    decided_report,
    decision,
    report,
)

from claims.model import Examination, Sense, Verdict
from claims.rules.load import rule_set
from reports.basis import VERDICT_RULES
from reports.claimreview_report import RATINGS, render
from reports.decisions import DecisionEntry
from reports.look import Look
from reports.model import Report
from reports.review.marking import marked

SCHEMA = json.loads(Path(__file__).with_name("schemas").joinpath("claimreview.schema.json").read_text("utf-8"))


def graph_of(made: Report) -> list[dict[str, Any]]:
    body = json.loads(render(made, Look()))
    jsonschema.Draft202012Validator(SCHEMA).validate(body)
    graph: list[dict[str, Any]] = body["@graph"]
    return graph


def decided(*entries: DecisionEntry) -> Report:
    return marked(report(), entries, TODAY).report


def test_the_schema_is_a_schema_and_tells_a_review_that_lacks_its_rating() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    body = json.loads(render(decided_report(), Look()))
    del body["@graph"][0]["reviewRating"]["alternateName"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(body)


def test_nothing_is_reviewed_that_nobody_confirmed() -> None:
    assert graph_of(report()) == []
    assert graph_of(decided(DECISIONS[0])) == []
    assert graph_of(decided(decision(REFUTED, "needs-expert"))) == []


def test_a_confirmed_claim_is_reviewed_with_its_rating_and_its_reviewer() -> None:
    [review] = graph_of(decided(decision(REFUTED, "confirm", reviewer="Ben Example")))
    assert review["claimReviewed"] == REFUTED.quote
    assert (review["reviewRating"]["ratingValue"], review["reviewRating"]["alternateName"]) == (1, "False")
    assert review["author"] == [{"@type": "Person", "name": "Ben Example"}]
    assert review["datePublished"] == "2026-11-02"


def test_two_reviewers_are_two_authors() -> None:
    both = [decision(REFUTED, "confirm", reviewer=name) for name in ("Ana Example, MD", "Ben Example")]
    [review] = graph_of(decided(*both))
    assert [author["name"] for author in review["author"]] == ["Ana Example, MD", "Ben Example"]


def test_a_turn_of_phrase_is_no_claim() -> None:
    assert graph_of(decided(decision(CURED, "confirm"))) == []


def test_a_claim_is_reviewed_once() -> None:
    again = replace(REFUTED, fingerprint="again")
    page = audit(examination=Examination(JUDGEMENTS, (REFUTED, again)))
    both = [decision(REFUTED, "confirm"), decision(again, "confirm")]
    assert len(graph_of(marked(report(page), both, TODAY).report)) == 1


def test_what_reviewers_contest_is_not_reviewed() -> None:
    contested = [decision(SUBSTANCE, "confirm"), decision(SUBSTANCE, "false-alarm", reviewer="Ben Example")]
    assert graph_of(decided(*contested)) == []


def test_the_claim_stands_where_the_page_is() -> None:
    file, page = (review["itemReviewed"]["appearance"] for review in graph_of(decided_report()))
    assert "url" not in file
    assert page["url"] == "https://example.org/wonders"
    assert page["author"]["name"] == "Cleo Example"


@pytest.mark.parametrize("published", ["last spring", "2026-13-45", ""])
def test_a_date_that_is_none_is_left_out(published: str) -> None:
    page = audit(article=replace(audit().article, published=published))
    [review] = graph_of(marked(report(page), [decision(REFUTED, "confirm")], TODAY).report)
    assert "datePublished" not in review["itemReviewed"]["appearance"]


def test_a_source_that_nobody_saw_is_not_cited() -> None:
    [review] = graph_of(decided(decision(REFUTED, "confirm")))
    assert review["citation"] == ["https://doi.org/10.1136/bmj.l6273"]


def test_it_can_stand_in_a_script_element() -> None:
    page = audit(article=replace(audit().article, title="</script><script>alert(1)</script>\u2028"))
    text = render(marked(report(page), [decision(REFUTED, "confirm")], TODAY).report, Look())
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["@graph"][0]["itemReviewed"]["appearance"]["headline"].startswith("</script>")


def test_each_verdict_is_told_by_the_rule_that_fires_on_it() -> None:
    for verdict, id in VERDICT_RULES.items():
        [match] = rule_set().rules[id].match
        assert getattr(match, "verdict", None) is verdict or getattr(match, "sense", None) is Sense.SUBSTANCE


def test_a_note_on_a_name_is_no_verdict() -> None:
    note = replace(REFUTED, rule="sense/herb", fingerprint="note")
    page = audit(examination=Examination(JUDGEMENTS, (note,)))
    assert graph_of(marked(report(page), [decision(note, "confirm")], TODAY).report) == []


def test_every_verdict_that_raises_a_finding_has_a_rating() -> None:
    sound = {Verdict.SUPPORTED, Verdict.UNVERIFIED, Verdict.NOT_JUDGED}
    assert set(RATINGS) == set(VERDICT_RULES) == set(Verdict) - sound
