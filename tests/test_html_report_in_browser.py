"""In a real browser: marks and cards go in step, filters and keys work, and so does all of it without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visit, saved, visit
from report_samples import BLOCKS, FINDINGS, MISS, audit, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEXT = """rows => rows.map(row => { const copy = row.cloneNode(true);
          copy.querySelectorAll('.ref').forEach(ref => ref.remove()); return copy.textContent; })"""
VISIBLE = "cards => cards.filter(card => card.checkVisibility({contentVisibilityAuto: true})).map(card => card.id)"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(report(audit(), MISS), tmp_path_factory.mktemp("report"))


@pytest.fixture
def seen(visits: Visit, file: Path) -> Iterator[Visit]:
    """The sample report; it must say nothing and ask for nothing, whatever a test does with it."""
    yield visits.to(file)
    assert visits.said == [] and set(visits.asked) == {visits.address}


def shown(seen: Visit) -> list[str]:
    return seen.page.locator(".card").evaluate_all(VISIBLE)


# ---- marks and cards


def test_the_article_stands_in_the_report_word_for_word(visits: Visit, tmp_path: Path) -> None:
    blocks = tuple(replace(block, text=block.text + "<b>&amp;") for block in BLOCKS)
    visits.to(saved(report(audit(article=replace(audit().article, blocks=blocks))), tmp_path))
    assert visits.page.locator(".article .text").evaluate_all(TEXT) == [block.text for block in blocks]


def test_a_mark_leads_to_its_card_and_the_card_back(seen: Visit) -> None:
    seen.page.locator("#mark-1-3").click()
    assert seen.page.locator(".card.is-current").get_attribute("id") == "card-1-3"
    assert seen.page.evaluate("document.activeElement.closest('.card').id") == "card-1-3"
    seen.page.locator("#card-1-3 .back").click()
    assert seen.page.evaluate("document.activeElement.id") == "mark-1-3"


def test_a_click_on_marked_words_chooses_their_card_and_marks_only_them(seen: Visit) -> None:
    seen.page.locator("mark", has_text="Nerve root is an incredible").click()
    assert seen.page.locator(".card.is-current").get_attribute("id") == "card-1-4"
    assert set(seen.page.locator("mark.is-current").all_inner_texts()) == {BLOCKS[2].text}


def test_a_mark_whose_card_is_on_another_tab_opens_that_tab(seen: Visit) -> None:
    seen.page.locator("#mark-1-2").click()
    assert seen.page.locator("[role=tab][aria-selected=true]").inner_text().startswith("Supported")
    assert shown(seen) == ["card-1-2"]


def test_every_card_stands_on_one_tab_and_tabs_turn_with_arrow_keys(seen: Visit) -> None:
    tabs, cards = seen.page.locator("[role=tab]"), []
    tabs.first.focus()
    for number in range(tabs.count()):
        assert tabs.nth(number).get_attribute("aria-selected") == "true"
        cards += shown(seen)
        seen.press("ArrowRight")
    assert sorted(cards) == [f"card-1-{number}" for number in range(1, 7)]


# ---- keys


def test_j_and_k_go_from_finding_to_finding_and_show_them_in_both_panes(seen: Visit) -> None:
    seen.press("j", "j")
    second = seen.current()
    seen.press("j", "k")
    assert second and seen.current() == second
    assert seen.page.locator(".card.is-current").evaluate("card => card.checkVisibility()")
    assert seen.page.url == f"{seen.address}#{second}"


def test_keys_do_nothing_while_someone_writes(seen: Visit) -> None:
    seen.page.locator("input[name=q]").press_sequentially("jk1?/")
    assert seen.page.locator("input[name=q]").input_value() == "jk1?/"
    assert seen.current() is None and not seen.page.locator("#help").evaluate("help => help.open")


def test_a_slash_leads_to_the_filter_and_a_question_mark_to_help(seen: Visit) -> None:
    seen.press("/")
    assert seen.page.evaluate("document.activeElement.name") == "q"
    seen.page.locator("h1").click()
    seen.press("?")
    assert seen.page.locator("#help").is_visible()
    seen.press("Escape")
    assert not seen.page.locator("#help").is_visible()


def test_keys_can_be_switched_off_and_stay_off(seen: Visit) -> None:
    seen.page.locator("button.help").click()
    seen.page.get_by_label("Use these keys").uncheck()
    seen.page.get_by_role("button", name="Close").click()
    seen.page.reload()
    seen.press("j", "?")
    assert seen.current() is None and not seen.page.locator("#help").is_visible()


# ---- filters and links


def test_filters_choose_cards_fade_other_marks_and_stand_in_the_address(seen: Visit) -> None:
    seen.page.locator("select[name=severity]").select_option("note")
    assert shown(seen) == ["card-1-6"] and seen.page.locator(".shown").inner_text() == "1 of 4 shown"
    assert "is-faded" in (seen.page.locator("#mark-1-3").get_attribute("class") or "")
    assert seen.page.url.endswith("#severity=note")
    seen.page.get_by_role("button", name="Show all").click()
    assert len(shown(seen)) == 4
    seen.page.locator("input[name=q]").fill("INCREDIBLE")
    assert shown(seen) == ["card-1-4"]


def test_an_address_with_filters_and_a_finding_opens_both(visits: Visit, file: Path) -> None:
    made = visits.to(file, "#rule=promo%2Fcure&at=f-promo-cure-cures")
    assert shown(made) == ["card-1-3"] and made.current() == "f-promo-cure-cures"
    made.page.evaluate("location.hash = '#f-page-no-author'")
    made.page.locator("#f-page-no-author.is-current").wait_for()


def test_the_look_can_be_chosen_and_is_remembered(seen: Visit) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = seen.page.evaluate(ground)
    seen.page.locator("select[name=theme]").select_option("dark")
    dark = seen.page.evaluate(ground)
    seen.page.reload()
    assert light != dark and seen.page.evaluate(ground) == dark


def test_a_wording_can_be_copied(seen: Visit) -> None:
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.locator("#card-1-3 .copy").click()
    seen.await_text(".told", "Fair wording copied.")
    assert seen.page.evaluate("navigator.clipboard.readText()") == "Most sciatica eases within weeks."


# ---- without scripts, on paper, on small screens


def test_all_is_there_and_linked_without_scripts(browser: Browser, file: Path) -> None:
    made = visit(browser, file, java_script_enabled=False)
    assert made.said == []
    assert made.page.locator(".card").evaluate_all(VISIBLE) == [f"card-1-{number}" for number in (1, 3, 4, 6, 2, 5)]
    text, card = made.page.locator(".article").bounding_box(), made.page.locator("#card-1-3").bounding_box()
    assert text and card and text["x"] + text["width"] <= card["x"]
    assert not made.page.locator(".tools").is_visible() and not made.page.locator(".settings").is_visible()
    made.page.locator("#mark-1-3").click()
    assert made.page.locator("#card-1-3:target").is_visible()
    for link in made.page.locator("a[href^='#']").all():
        assert made.number(f"[id='{(link.get_attribute('href') or '')[1:]}']") == 1
    made.page.context.close()


def test_paper_shows_every_card_of_every_tab_whatever_was_filtered_or_closed(seen: Visit) -> None:
    seen.page.locator("input[name=q]").fill("nothing has this")
    seen.page.locator("details").evaluate_all("folds => folds.forEach(fold => { fold.open = false; })")
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    inner = "folds => folds.every(fold => fold.lastElementChild.checkVisibility({contentVisibilityAuto: true}))"
    assert seen.page.locator("details").evaluate_all(inner)
    assert len(shown(seen)) == 6 and not seen.page.locator(".tools").is_visible()
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert seen.number("details[open]") == 0


def test_the_report_never_scrolls_sideways(visits: Visit, tmp_path: Path) -> None:
    """320 pixels are 1280 at a zoom of 400 % (WCAG 1.4.10)."""
    long = "un" * 300
    blocks = tuple(replace(block, text=block.text + long) for block in BLOCKS)
    visits.to(saved(report(audit(source=long, article=replace(audit().article, title=long, blocks=blocks))), tmp_path))
    for width in (320, 420, 900, 1400):
        visits.page.set_viewport_size({"width": width, "height": 800})
        assert visits.page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_can_be_pressed_is_large_enough(seen: Visit) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links in running text."""
    boxes = "each => each.map(one => [one.outerHTML.slice(0, 60), one.getBoundingClientRect()])"
    for name, box in seen.page.locator(
        "button:visible, select:visible, .tabs a, a.anchor:visible, summary:visible"
    ).evaluate_all(boxes):
        assert box["width"] >= 24 and box["height"] >= 24, name


def test_several_pages_are_stepped_through_as_one(visits: Visit, tmp_path: Path) -> None:
    other = replace(FINDINGS[1], fingerprint="other")
    second = replace(audit().examination, findings=(other,))
    path = saved(report(audit(), audit(source="b.md", examination=second)), tmp_path)
    made = visits.to(path)
    reached = []
    for _ in range(7):
        made.press("j")
        reached.append(made.current())
    assert len(set(reached)) == 7 and reached[5] == "f-other"
    assert re.search(r"0 of 6 decided", made.page.locator(".progress").inner_text())
