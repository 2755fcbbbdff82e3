"""The words that reports use for verdicts, severities, certainty, sources."""

from __future__ import annotations

from collections.abc import Sequence

from claims.model import Certainty, Severity, Status, Verdict
from reports.model import FindingEntry, ReferenceEntry, SourceEntry

NO_GUARANTEE = (
    "A page without findings is not a page without faults: the auditor knows only its reference set, "
    "and it is no substitute for a medical editor."
)
VERDICTS = {
    Verdict.SUPPORTED: "supported",
    Verdict.OVERSTATED: "overstated",
    Verdict.UNSUPPORTED: "unsupported",
    Verdict.REFUTED: "refuted",
    Verdict.CATEGORY_ERROR: "category error",
    Verdict.UNVERIFIED: "unverified",
    Verdict.NOT_JUDGED: "not judged",
}
MEANINGS = {
    Verdict.UNVERIFIED: "no reference speaks to it, and it promises nothing",
    Verdict.NOT_JUDGED: "reported or rejected speech, or off topic",
}
STATUSES = {
    Status.SUPPORTED: "supported by the evidence",
    Status.MIXED: "mixed evidence",
    Status.UNSUPPORTED: "evidence is lacking",
    Status.REFUTED: "refuted by the evidence",
}
CERTAINTIES = {
    Certainty.HIGH: "high certainty",
    Certainty.MODERATE: "moderate certainty",
    Certainty.LOW: "low certainty",
    Certainty.VERY_LOW: "very low certainty",
}
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def counted(number: int, noun: str) -> str:
    """“1 claim”, “2 claims”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fraction(verdicts: Sequence[Verdict]) -> str:
    """“7 of 19 claims supported”."""
    return f"{verdicts.count(Verdict.SUPPORTED)} of {counted(len(verdicts), 'claim')} supported"


def tally(verdicts: Sequence[Verdict]) -> list[tuple[Verdict, int]]:
    """How many claims got each verdict; those that none got are left out."""
    return [(verdict, verdicts.count(verdict)) for verdict in Verdict if verdict in verdicts]


def standing(reference: ReferenceEntry) -> str:
    """“evidence is lacking, very low certainty”, “refuted by definition”."""
    if reference.certainty == Certainty.DEFINITION:
        return f"{reference.status.value} by definition"
    return f"{STATUSES[reference.status]}, {CERTAINTIES[reference.certainty]}"


def suppression(finding: FindingEntry) -> str:
    """“false alarm by Ana until 2027-01-01: the source stands below”; empty where nobody said so."""
    if not (said := finding.suppressed):
        return ""
    return f"false alarm by {said.by}{f' until {said.expires}' if said.expires else ''}: {said.reason}"


def confirmation(finding: FindingEntry) -> str:
    """“by Ana on 2026-11-01: seen in print”; empty where nobody confirmed it."""
    if not (said := finding.confirmed):
        return ""
    return f"by {said.by} on {said.at[:10]}{f': {said.note}' if said.note else ''}"


def citation(source: SourceEntry) -> str:
    """Author, title and year of a cited work."""
    author = source.author.rstrip(".")
    return f"{author}. {source.title.rstrip('.')}" + (f", {source.year}" if source.year else "")


def reason(finding: FindingEntry) -> str:
    """The message of a finding that is shown under its quote: “This promises a cure.”"""
    quoted = f"“{finding.quote}” "
    return "This " + finding.message.removeprefix(quoted) if finding.message.startswith(quoted) else finding.message


def locator(source: SourceEntry) -> str:
    """The identifier of a cited work, or the address where it was seen if that is all there is."""
    return (source.seen_at or "") if source.identifier == "URL" else source.identifier


def caveats(source: SourceEntry) -> list[str]:
    """What a reader should know before leaning on a source."""
    said = []
    if not source.verified:
        said.append("not seen by us")
    if source.fit == "context-only":
        said.append("background only, does not test the statement")
    if source.fit == "indirect":
        said.append("indirect evidence")
    if source.note:
        said.append(source.note)
    return said
