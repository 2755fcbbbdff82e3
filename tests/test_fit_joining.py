"""Problems weigh, where the joining is fitted, as often as they stand on real pages."""

import pytest

from claims.training.fit_joining import likened, problem_shares


def page(kind: str, *verdicts: str, stance: str = "asserted") -> dict[str, object]:
    return {"kind": kind, "units": [{"verdict": verdict, "stance": stance} for verdict in verdicts]}


def test_the_share_of_problems_is_counted_over_the_pages_of_a_kind() -> None:
    pages = [page("promo", "supported", "refuted", "none"), page("promo", "overstated"), page("herb", "supported")]
    assert problem_shares(pages) == {"promo": pytest.approx(2 / 3), "herb": 0}


def test_what_a_page_only_reports_is_not_counted() -> None:
    pages = [page("herb", "supported", "refuted"), page("herb", "supported", stance="reported")]
    assert problem_shares(pages) == {"herb": 0.5}


def test_weighted_problems_have_the_share_that_is_asked_for_and_no_kind_gains() -> None:
    answers = [("leaflet", True), ("leaflet", True), ("leaflet", False), ("advert", True), ("advert", False)]
    weights = likened(answers, {"leaflet": 0.1, "advert": 0.75})
    assert weights[:2].sum() == pytest.approx(0.3)
    assert weights[:3].sum() == pytest.approx(3)
    assert weights[3:].tolist() == pytest.approx([1.5, 0.5])
