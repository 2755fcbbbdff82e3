"""The report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from claims.model import Verdict
from reports.look import Look
from reports.model import AuditEntry, ClaimEntry, FindingEntry, MissEntry, ReferenceEntry, Report
from reports.plain import harmless, one_line, shortened
from reports.wording import (
    MEANINGS,
    NO_GUARANTEE,
    SEVERITIES,
    VERDICTS,
    caveats,
    citation,
    confirmation,
    counted,
    fraction,
    locator,
    reason,
    standing,
    suppression,
    tally,
)

_CODES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "note": "1;36", "supported": "32"}
_SOURCES_SHOWN = 2
_INDENT, _LABEL, _NARROWEST = 5, 10, 20


@dataclass(frozen=True, slots=True)
class _Pen:
    width: int
    colour: bool

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour else text

    def lines(self, text: str, indent: int = 0, hang: int = 0, lead: str = "") -> list[str]:
        """The text on lines that fit, after a lead on the first; later lines hang."""
        first, rest = " " * indent + lead, " " * (indent + hang)
        width = max(self.width, len(rest) + _NARROWEST)
        return wrap(
            one_line(text),
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def labelled(self, label: str, text: str) -> list[str]:
        """`Label     text`, with the text hanging in its own column."""
        first, *rest = self.lines(text or "–", _INDENT, _LABEL, f"{label:<{_LABEL}}")
        cut = _INDENT + len(label)
        return [" " * _INDENT + self.paint(label, "dim") + first[cut:], *rest]


def render(report: Report, look: Look) -> str:
    """Findings page by page, the gravest first, then what was counted and what could not be audited."""
    report = harmless(report)
    pen = _Pen(look.width, look.colour)
    lines = [line for audit in report.audited for line in _page(pen, report, audit)]
    lines += _missed(pen, report.missed)
    lines += _total(pen, report)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _page(pen: _Pen, report: Report, audit: AuditEntry) -> Iterator[str]:
    yield pen.paint(one_line(audit.input), "bold")
    if audit.title:
        yield from pen.lines(audit.title, 2, 2)
    yield ""
    numbered = _numbered(audit)
    for severity in SEVERITIES:
        found = [(number, finding) for number, finding in numbered if finding.severity == severity]
        if found:
            yield pen.paint(f"{severity.value.capitalize()}s ({len(found)})", severity.value)
            yield ""
        for number, finding in found:
            yield from _finding(pen, audit, finding, number)
            yield from _grounds(pen, report, audit, finding, numbered)
            yield from pen.labelled("Instead", finding.suggestion) if finding.suggestion else ()
            yield from pen.labelled("Confirmed", confirmation(finding)) if finding.confirmed else ()
            yield ""
    yield from _suppressed(pen, audit)
    yield from _claims(pen, audit)
    yield ""


def _numbered(audit: AuditEntry) -> list[tuple[int, FindingEntry]]:
    ordered = sorted(audit.alarms, key=lambda finding: SEVERITIES.index(finding.severity))
    return list(enumerate(ordered, 1))


def _suppressed(pen: _Pen, audit: AuditEntry) -> Iterator[str]:
    """The findings that are no alarms by a reviewer's decision: counted nowhere, but shown."""
    if not audit.suppressed:
        return
    yield pen.paint(f"Suppressed ({len(audit.suppressed)})", "dim")
    yield ""
    for finding in audit.suppressed:
        yield f"  -  {finding.rule}  {_place(audit, finding.block)}"
        if finding.block is not None:
            yield from pen.lines(f"“{one_line(finding.quote)}”", _INDENT)
        yield from pen.labelled("Decided", suppression(finding))
        yield ""


def _finding(pen: _Pen, audit: AuditEntry, finding: FindingEntry, number: int) -> Iterator[str]:
    yield f"{number:>3}  {pen.paint(finding.rule, finding.severity.value)}  {_place(audit, finding.block)}"
    if finding.block is not None:
        yield from pen.lines(f"“{one_line(finding.quote)}”", _INDENT)
    yield from pen.labelled("Reason", reason(finding))


def _grounds(
    pen: _Pen, report: Report, audit: AuditEntry, finding: FindingEntry, numbered: list[tuple[int, FindingEntry]]
) -> Iterator[str]:
    """What the verdict on its claim rests on; told once for each claim, with the first finding on it."""
    claim = next((claim for claim in audit.claims if claim.id == finding.claim), None)
    if not claim:
        return
    first, told = next((number, other) for number, other in numbered if other.claim == claim.id)
    if told is not finding:
        yield from pen.labelled("Evidence", f"as for {first}")
        return
    verdict = f"{VERDICTS[claim.verdict]}, confidence {claim.confidence:.2f}"
    said = "" if one_line(claim.because) == one_line(finding.message) else f": {claim.because}"
    yield from pen.labelled("Verdict", verdict + said)
    for evidence in claim.evidence:
        if reference := report.references.get(evidence.reference):
            yield from _reference(pen, evidence.reference, reference)


def _reference(pen: _Pen, id: str, reference: ReferenceEntry) -> Iterator[str]:
    yield from pen.labelled("Evidence", f"{reference.statement} ({standing(reference)}) [{id}]")
    for source in reference.sources[:_SOURCES_SHOWN]:
        said = "".join(f" ({caveat})" for caveat in caveats(source))
        yield from pen.labelled("Source", f"{citation(source)}. {locator(source)}{said}")
    if (more := len(reference.sources) - _SOURCES_SHOWN) > 0:
        yield from pen.labelled("", f"and {more} more: audit.py reference show {id}")


def _place(audit: AuditEntry, block: int | None) -> str:
    if block is None:
        return "the whole page"
    return f"line {audit.blocks[block].line}, block {block + 1}"


def _claims(pen: _Pen, audit: AuditEntry) -> Iterator[str]:
    yield from _counts(pen, [claim.verdict for claim in audit.claims])
    for verdict, meaning in MEANINGS.items():
        claims = [claim for claim in audit.claims if claim.verdict == verdict]
        if claims:
            yield from pen.lines(f"{VERDICTS[verdict].capitalize()} ({meaning}):", 2)
        for claim in claims:
            yield from _short_claim(pen, audit, claim)


def _short_claim(pen: _Pen, audit: AuditEntry, claim: ClaimEntry) -> list[str]:
    place = _place(audit, claim.block).partition(",")[0]
    because = f" – {claim.because}" if claim.verdict == Verdict.NOT_JUDGED else ""
    return pen.lines(f"{place}: “{shortened(claim.quote, 70)}”{because}", 4, 2)


def _counts(pen: _Pen, verdicts: Sequence[Verdict]) -> Iterator[str]:
    if not verdicts:
        yield "No health claim about nerve roots was found."
        return
    others = [f"{number} {VERDICTS[verdict]}" for verdict, number in tally(verdicts) if verdict != Verdict.SUPPORTED]
    yield from pen.lines("; ".join([fraction(verdicts), ", ".join(others)]).removesuffix("; ") + ".", 0, 2)


def _missed(pen: _Pen, missed: Sequence[MissEntry]) -> Iterator[str]:
    if not missed:
        return
    yield pen.paint(f"Not audited ({len(missed)})", "warning")
    for miss in missed:
        yield from pen.lines(f"{miss.input}: {miss.status}, because {miss.reason.message} [{miss.reason.code}]", 2, 2)
    yield ""


def _total(pen: _Pen, report: Report) -> Iterator[str]:
    if not report.complete:
        yield pen.paint("This run was cut short: some inputs are not in this report.", "warning")
    severities = [finding.severity for finding in report.alarms]
    found = ", ".join(counted(severities.count(severity), severity.value) for severity in SEVERITIES)
    pages = counted(len(report.audited), "page")
    missed = f", {len(report.missed)} not audited" if report.missed else ""
    number = len(list(report.suppressed))
    suppressed = f"; {number} suppressed" if number else ""
    yield from pen.lines(f"{pages} audited{missed}: {found}{suppressed}.")
    if len(report.audited) > 1:
        yield from _counts(pen, [claim.verdict for audit in report.audited for claim in audit.claims])
    yield from (pen.paint(line, "dim") for line in pen.lines(NO_GUARANTEE))
