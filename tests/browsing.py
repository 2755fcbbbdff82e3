"""Reports in a browser: opened, listened to, and with decisions to import."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reports.html_report import render
from reports.look import Look
from reports.model import Report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

CURRENT = "['.finding', '.card'].map(kind => document.querySelector(kind + '.is-current')).find(Boolean)?.id"
WHY = {
    "claim/refuted": ("It misleads.", ("CAP Code 12.1",)),
    "promo/cure": ("Nothing cures all.", ("21 CFR 101.93(g)",)),
}


@dataclass(frozen=True)
class Rule:
    """A rule's texts, as a look has them."""

    why: str
    basis: tuple[str, ...]


_HOSTS = count(1)
SIZE: ViewportSize = {"width": 1300, "height": 900}
LOOK = Look(rules={rule: Rule(*texts) for rule, texts in WHY.items()})


@dataclass
class Visit:
    """A page in a browser, and all that it asked for, said and threw."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def to(self, file: Path, fragment: str = "") -> Visit:
        """The same page at another file, or at the same one anew; what was asked and said is counted from here.

        Each time its folder is a site of its own, so that nothing is remembered of earlier visits. (What a page at a
        file's address keeps may be lost by Chromium when the page is left at once or another process clears it.)
        """
        self.page.unroute_all()
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size(SIZE)
        self.page.goto("about:blank")
        site = f"https://visit-{next(_HOSTS)}.example.org/"
        self.page.route(
            site + "**", lambda route: route.fulfill(path=file.parent / urlsplit(route.request.url).path[1:])
        )
        self.address = site + file.name
        self.asked.clear()
        self.said.clear()
        self.page.goto(self.address + fragment)
        return self

    def number(self, selector: str) -> int:
        return self.page.locator(selector).count()

    def current(self) -> str | None:
        """The name of what j and k have reached."""
        return self.page.evaluate(CURRENT)

    def message(self) -> str:
        return self.page.locator(".told").inner_text()

    def await_text(self, selector: str, text: str) -> str:
        """All that stands there once the text does; Playwright's own waiting would need the page to allow eval."""
        place = self.page.locator(selector).first
        place.filter(has_text=text).wait_for(state="attached")
        return place.text_content() or ""

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def visit(browser: Browser, file: Path, fragment: str = "", **options: Any) -> Visit:
    """A page in a context of its own, so that it remembers nothing of others."""
    context = browser.new_context(viewport=SIZE, **options)
    made = Visit(context.new_page(), file.as_uri())
    made.page.on("request", lambda request: made.asked.append(request.url))
    made.page.on("console", lambda message: made.said.append(message.text))
    made.page.on("pageerror", lambda error: made.said.append(str(error)))
    made.page.on("dialog", lambda dialog: (made.said.append(dialog.message), dialog.dismiss()))
    made.page.goto(made.address + fragment)
    return made


def saved(report: Report, folder: Path) -> Path:
    """The report as a file."""
    file = folder / "report.html"
    file.write_text(render(report, LOOK), encoding="utf-8")
    return file


def entry(report: Report, rule: str, **changes: Any) -> dict[str, Any]:
    """A decision on the first finding of a rule."""
    audit = report.audited[0]
    finding = next(each for each in audit.findings if each.rule == rule)
    return {
        "fingerprint": finding.fingerprint,
        "rule": rule,
        "input": audit.input,
        "quote": finding.quote,
        "decision": "confirm",
        "reviewer": "Bo Lind",
        "note": "",
        "decided_at": "2026-11-20T10:00:00Z",
        "expires": None,
        "report": None,
    } | changes


def decisions_file(folder: Path, *entries: dict[str, Any], name: str = "decisions.json") -> Path:
    """The entries as a file of decisions."""
    file = folder / name
    file.write_text(json.dumps({"schema_version": "1", "decisions": entries}), encoding="utf-8")
    return file
