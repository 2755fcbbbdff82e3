"""An evaluation in its formats: the same numbers, and nothing in a page that can do harm."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from evaluation_samples import HEADING, SOUND, WRONG, audit, found, judged, page, unit
from report_samples import TOOL

from auditor.evaluation.evaluating import figures_of
from auditor.evaluation.gold import GoldFile
from auditor.evaluation.model import Bin, Confusion, Interval
from auditor.model import Miss, Reason, Skipped
from claims.model import Verdict
from reports import evaluation_html, evaluation_json, evaluation_text, plots
from reports.evaluation_model import BootstrapInfo, EvaluationReport
from reports.evaluation_tables import tables_of
from reports.look import Look

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads(ROOT.joinpath("docs/evaluation.schema.json").read_text(encoding="utf-8"))
PAYLOAD = "</title></style><script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"


def evaluation(hostile: str = "") -> EvaluationReport:
    """Three pages: one audited well, one badly, one not at all; `hostile` goes wherever a label or page has words."""
    labelled = [
        page(unit(HEADING + hostile, why=hostile), unit(SOUND, "supported"), id="p1" + hostile, kind="reputable"),
        page(unit(WRONG, "refuted", flags=["promo/cure"], reference=["r" + hostile]), id="p2", page_flags=[]),
        page(unit(SOUND, "supported"), id="p3", kind="odd" + hostile),
    ]
    outcomes = [
        audit(judged(SOUND, Verdict.SUPPORTED, 0.8), found(HEADING, "promo/miracle")),
        audit(judged(WRONG, Verdict.UNSUPPORTED, 0.7, cited=("r2",)), found("", "page/no-date")),
        Skipped("p3", Miss.FAILED, Reason("read/empty", "the page is empty" + hostile)),
    ]
    return EvaluationReport(
        schema_version="1",
        tool=TOOL,
        gold=(GoldFile("gold.jsonl" + hostile, "d" * 64, 3),),
        bootstrap=BootstrapInfo(seed=0, resamples=1000, level=0.95),
        figures=figures_of(labelled, outcomes),
    )


def empty() -> EvaluationReport:
    """An evaluation on a page without a claim, a flag or a find."""
    return evaluation().model_copy(update={"figures": figures_of([page(unit(HEADING))], [audit()])})


# ---- JSON


def test_the_json_keeps_to_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for report in (evaluation(), empty()):
        jsonschema.validate(json.loads(evaluation_json.render(report, Look())), SCHEMA)


def test_the_json_holds_every_miss_whatever_the_look() -> None:
    body = json.loads(evaluation_json.render(evaluation(), Look(misses=0)))
    assert len(body["figures"]["misses"]) == 3
    assert EvaluationReport.model_validate(body) == evaluation()


# ---- text


def test_the_text_tells_what_was_measured_what_was_not_and_every_table() -> None:
    report = evaluation()
    text = evaluation_text.render(report, Look())
    assert "gold.jsonl: 3 pages, 4 units, 18 words" in text
    assert "p3: not audited, because the page is empty [read/empty]" in text
    assert all(table.title in text for table in tables_of(report.figures))
    assert "labelled refuted, promo/cure; the auditor says unsupported" in " ".join(text.split())


def test_the_text_lists_as_many_misses_as_asked_for_and_says_how_many_there_are() -> None:
    some = evaluation_text.render(evaluation(), Look(misses=1))
    assert "Misses (3, of which 1 are shown; --misses 3 shows all)" in some and WRONG not in some
    assert "Misses" not in evaluation_text.render(evaluation(), Look(misses=0))


def test_the_text_has_colour_only_where_it_may() -> None:
    assert "\x1b" not in evaluation_text.render(evaluation("\x1b[31m"), Look())
    assert "\x1b[1m" in evaluation_text.render(evaluation(), Look(colour=True))


def test_what_nothing_bears_on_is_a_dash() -> None:
    line = next(line for line in evaluation_text.render(empty(), Look()).splitlines() if "Brier score" in line)
    assert line.split() == ["Brier", "score", "–", "–"]
    found = next(table for table in tables_of(empty().figures) if table.name == "found")
    assert found.rows[0] == ("claims", "–", "–", "–", "0")


# ---- plots


def test_a_strip_runs_as_far_as_its_figure_and_its_whisker_as_its_interval() -> None:
    strips = plots.strips_of([("a", 0.5, Interval(0.25, 1.0), 4), ("b", None, None, 0), ("c", 1.0, None, 1)])
    left, width = plots.BAR_LEFT, plots.BAR_WIDTH
    assert [(each.label, each.end) for each in strips] == [("a", left + width / 2), ("c", left + width)]
    assert (strips[0].low, strips[0].high, strips[1].low) == (
        left + width / 4,
        left + width,
        None,
    )
    assert strips[1].middle - strips[0].middle == plots.ROW


def test_a_dot_lies_on_the_diagonal_where_confidence_is_accuracy() -> None:
    calm, sure = plots.dots_of([Bin(0, 0.1, 0, None, None), Bin(0.5, 0.6, 1, 0.5, 0.5), Bin(0.9, 1, 4, 0.9, 0.5)])
    assert (calm.x, calm.y) == (plots.MARGIN + plots.SQUARE / 2, plots.TOP + plots.SQUARE / 2)
    assert sure.x > calm.x and sure.y == calm.y and sure.radius > calm.radius


def test_a_cell_is_tinted_by_its_share_of_the_row() -> None:
    cells = plots.cells_of(Confusion(("a", "b"), ("a", "b"), ((3, 1), (0, 0))))
    assert [(cell.count, cell.agrees) for cell in cells] == [(3, True), (1, False), (0, False), (0, True)]
    assert cells[0].tint == pytest.approx(3 * cells[1].tint) and cells[2].tint == 0


# ---- HTML


def test_the_page_shows_plots_tables_and_misses() -> None:
    html = evaluation_html.render(evaluation(), Look())
    assert html.count("<svg") == 5 and html.count("<circle") == 2 and html.count('class="whisker"') > 3
    for said in ("1 of 3 pages could not be audited", "Confusion matrix of verdicts", "promo/cure", SOUND, "d" * 12):
        assert said in html, said


def test_a_page_without_anything_to_plot_is_still_a_page() -> None:
    html = evaluation_html.render(empty(), Look())
    assert "Reliability diagram" in html and "<circle" not in html


def test_the_page_carries_no_script_no_inline_style_and_no_outside_resource() -> None:
    html = evaluation_html.render(evaluation(), Look())
    assert not re.search(r"<script|\sstyle=|\son\w+=|\ssrc=|<link|@import|url\(", html)
    assert "default-src &#39;none&#39;" in html


def test_a_tinted_cell_keeps_the_contrast_that_wcag_asks_for() -> None:
    from test_report_html import colours, contrast

    deepest = max(cell.tint for cell in plots.cells_of(Confusion(("a",), ("a",), ((1,),))))
    for palette in (colours(0), colours(1)):
        assert contrast(palette["ink"], mixed(palette["link"], palette["sheet"], deepest)) >= 4.5


def mixed(top: str, ground: str, share: float) -> str:
    pairs = ((int(top[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in pairs)


def opened(browser: Browser, folder: Path, hostile: str = "", **options: Any) -> tuple[Any, list[str]]:
    """The page in a browser, and what the browser asked for or complained of."""
    file = folder / "evaluation.html"
    file.write_text(evaluation_html.render(evaluation(hostile), Look()), encoding="utf-8")
    tab, heard = browser.new_page(**options), []
    tab.on("request", lambda request: heard.append(request.url))
    tab.on("console", lambda message: heard.append(message.text))
    tab.goto(file.as_uri())
    return tab, [said for said in heard if said != file.as_uri()]


def test_nothing_in_a_label_runs_or_fetches(browser: Browser, tmp_path: Path) -> None:
    tab, heard = opened(browser, tmp_path, PAYLOAD)
    assert not heard and tab.evaluate("window.ran") is None
    assert tab.locator("body :is(script, img, style)").count() == 0
    tab.close()


@pytest.mark.parametrize("width", [320, 900, 1400])
def test_the_page_never_scrolls_sideways(browser: Browser, tmp_path: Path, width: int) -> None:
    tab, heard = opened(browser, tmp_path, "un" * 200, viewport={"width": width, "height": 800})
    assert not heard and tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
