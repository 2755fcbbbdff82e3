"""How heavy a report of 1,000 findings is, and how soon it answers, beside one of 100.

Run as python tests/benchmarks/report.py. Made of the project's own references and rules. Times are headless Chromium's,
from opening the file to the first frame after a key was answered; aims: at most 2 MB, under 1 s. On a busy machine the
processor time of the page's main thread tells more.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402  # the program lies beside the tests

from claims.model import Severity  # noqa: E402
from claims.references import reference_set  # noqa: E402
from claims.rules.load import rule_set  # noqa: E402
from reports.building import reference_entry  # noqa: E402
from reports.html_report import render  # noqa: E402
from reports.look import Look  # noqa: E402
from reports.model import AuditEntry, BlockEntry, ClaimEntry, FindingEntry, Report  # noqa: E402
from reports.tool import tool_info  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
PROMO = ("promo/cure", "promo/absolute", "promo/miracle")
ANSWERED = """() => new Promise(done => {
  document.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => done(Boolean(document.querySelector('.card.is-current')))));
})"""


def report_of(findings: int) -> Report:
    """A page of two findings a claim, each claim with a reference and its sources."""
    references = list(islice(cycle(reference_set().references.values()), findings // 2))
    blocks, claims, found = [], [], []
    for number, reference in enumerate(references):
        quote = (reference.examples and next(iter(reference.examples.values()))[0]) or reference.statement
        blocks.append(BlockEntry(kind="paragraph", text=quote, path="", line=number + 1))
        place = {"block": number, "start": 0, "end": len(quote), "quote": quote}
        claims.append(_claim(f"c{number}", place, reference))
        for rule in ("claim/unsupported", PROMO[number % len(PROMO)]):
            found.append(_finding(rule, f"{rule}{number}", place, claims[-1]))
    page = AuditEntry(
        input="long.html", url="https://example.org/long", status="ok", title="A very long page", language="en",
        author=None, published=None, fetched_at=None, text_sha256="0" * 64,
        blocks=tuple(blocks), claims=tuple(claims), findings=tuple(found),
    )  # fmt: skip
    cited = {reference.id: reference_entry(reference) for reference in references}
    return Report(schema_version="1", complete=True, tool=tool_info(), audits=(page,), references=cited)


def _claim(id: str, place: dict[str, object], reference: object) -> ClaimEntry:
    evidence = {"reference": reference.id, "status": reference.status, "certainty": reference.certainty}
    return ClaimEntry.model_validate({
        "id": id, **place, "topic": "nerve-root", "sense": "anatomy", "stance": "asserted", "strength": 3,
        "verdict": "unsupported", "confidence": 0.8, "evidence": [evidence], "suggestion": reference.fair_wording,
        "because": f"A reference says that evidence is lacking for this: {reference.statement} (low certainty)",
    })  # fmt: skip


def _finding(rule: str, name: str, place: dict[str, object], claim: ClaimEntry) -> FindingEntry:
    import hashlib

    return FindingEntry.model_validate({
        "rule": rule, "severity": Severity.WARNING, "message": rule_set().rules[rule].message.format(quote=claim.quote),
        **place, "claim": claim.id, "suggestion": rule_set().rules[rule].instead,
        "fingerprint": hashlib.sha256(name.encode()).hexdigest()[:32],
    })  # fmt: skip


def seconds_to_answer(browser: Browser, file: Path) -> tuple[float, float]:
    """From opening the file to the frame after the first key: by the clock, and of the main thread's processor time."""
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    begun = time.perf_counter()
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    if not page.evaluate(ANSWERED):
        raise SystemExit("the page did not answer a key")
    taken = time.perf_counter() - begun
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    page.close()
    return taken, metrics["ThreadTime"]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        times = {}
        for findings in (100, 1000):
            file = Path(folder) / f"{findings}.html"
            begun = time.perf_counter()
            file.write_text(render(report_of(findings), Look(rules=rule_set().rules)), encoding="utf-8")
            made = time.perf_counter() - begun
            seconds_to_answer(browser, file)
            clock, busy = zip(*(seconds_to_answer(browser, file) for _ in range(5)), strict=True)
            times[findings] = median(busy)
            size = file.stat().st_size / 1e6
            print(
                f"{findings:>5} findings: {size:.2f} MB, made in {made:.2f} s, "
                f"first key answered in {median(clock):.2f} s, {times[findings]:.2f} s of the processor"
            )
        browser.close()
    print(f"ten times the findings take {times[1000] / times[100]:.1f} times as long to open")


if __name__ == "__main__":
    main()
