"""In a real browser: the index is sorted and filtered, keeps both in its address, and needs no script to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visit, visit
from report_samples import FINDINGS, JUDGEMENTS, MISS, audit, report

from claims.model import Examination
from reports.html_site import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROWS = "rows => rows.filter(row => row.checkVisibility()).map(row => row.cells[0].querySelector('a').textContent)"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def page(title: str, site: str, published: str, claims: int, findings: int) -> object:
        article = replace(audit().article, title=title, published=published)
        found = Examination(JUDGEMENTS[:claims], FINDINGS[:findings])
        return audit(
            source=f"https://{site}/{title}", url=f"https://{site}/{title}", article=article, examination=found
        )

    pages = (
        page("Calm", "a.example.org", "2026-02-01", 1, 0),
        page("Loud", "b.example.org", "2026-01-01", 4, 5),
        page("Middling", "a.example.org", "2026-03-01", 2, 1),
    )
    return write_site(report(*pages, MISS), tmp_path_factory.mktemp("site"))  # type: ignore[arg-type]


@pytest.fixture
def seen(visits: Visit, index: Path) -> Iterator[Visit]:
    yield visits.to(index)
    assert visits.said == [] and set(visits.asked) == {visits.address}


def shown(seen: Visit) -> list[str]:
    return seen.page.locator(".index tbody tr").evaluate_all(ROWS)


def test_the_gravest_stand_first_and_a_heading_sorts(seen: Visit) -> None:
    assert shown(seen) == ["Loud", "Middling", "Calm"]
    seen.page.get_by_role("button", name="Date").click()
    assert shown(seen) == ["Loud", "Calm", "Middling"]
    assert seen.page.locator("[aria-sort]").get_attribute("aria-sort") == "ascending"
    seen.page.get_by_role("button", name="Claims supported").click()
    assert shown(seen) == ["Calm", "Middling", "Loud"]
    assert seen.page.locator("[aria-sort]").get_attribute("aria-sort") == "descending"


def test_filters_choose_rows_say_how_many_and_stand_in_the_address(seen: Visit, index: Path) -> None:
    seen.page.locator("select[name=site]").select_option("a.example.org")
    seen.page.locator("select[name=found]").select_option("error")
    assert shown(seen) == ["Middling"] and seen.page.locator(".shown").inner_text() == "1 of 3 pages"
    address = seen.page.url
    assert "site=a.example.org" in address
    seen.to(index, "#" + address.partition("#")[2])
    assert shown(seen) == ["Middling"]
    seen.page.get_by_role("button", name="Show all").click()
    seen.page.locator("input[name=q]").fill("LOUD")
    assert shown(seen) == ["Loud"]


def test_an_address_sorts(visits: Visit, index: Path) -> None:
    assert shown(visits.to(index, "#sort=0-up")) == ["Calm", "Loud", "Middling"]
    assert shown(visits.to(index, "#sort=99-up")) == ["Loud", "Middling", "Calm"]


def test_a_row_leads_to_its_page_and_the_page_back(seen: Visit) -> None:
    seen.page.get_by_role("link", name="Middling").click()
    assert seen.page.locator("h1").inner_text() == "Middling"
    seen.page.get_by_role("link", name="All pages").click()
    assert seen.page.url.partition("#")[0] == seen.address
    seen.asked[:] = [seen.address]


def test_the_index_never_scrolls_sideways(seen: Visit) -> None:
    for width in (320, 900, 1400):
        seen.page.set_viewport_size({"width": width, "height": 800})
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_index_can_be_read_without_scripts(browser: Browser, index: Path) -> None:
    made = visit(browser, index, java_script_enabled=False)
    assert made.said == [] and made.page.get_by_role("link", name="Middling").is_visible()
    assert made.number("svg.plot:visible") == 4 and not made.page.locator(".filters").is_visible()
    assert made.page.get_by_text("the server answered 404").is_visible()
    made.page.context.close()
