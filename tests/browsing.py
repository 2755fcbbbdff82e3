"""Reports in a browser: opened, listened to, and with decisions to import."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.html_report import render
from reports.look import Look
from reports.model import Report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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


LOOK = Look(rules={rule: Rule(*texts) for rule, texts in WHY.items()})


@dataclass
class Visit:
    """A page in a browser, and all that it asked for, said and threw."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def to(self, file: Path, fragment: str = "") -> Visit:
        """The same page at another file, or at the same one anew; what was asked and said is counted from here."""
        self.address = file.as_uri()
        self.page.goto("about:blank")
        self.asked.clear()
        self.said.clear()
        self.page.goto(self.address + fragment)
        return self

    def leave(self) -> None:
        """Forgets how the page was looked at and what was kept for it, before the next is read by another process."""
        self.page.evaluate("localStorage.clear()")
        self.page.wait_for_timeout(300)
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size({"width": 1300, "height": 900})

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

    def reload(self) -> None:
        """The same page anew, after what it keeps has been written: a reload may read it from another process."""
        self.page.wait_for_timeout(400)
        self.page.reload()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def visit(browser: Browser, file: Path, fragment: str = "", **options: Any) -> Visit:
    """A page in a context of its own, so that it remembers nothing of others."""
    context = browser.new_context(viewport={"width": 1300, "height": 900}, **options)
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
