"""Fact checks that a publisher can put on a page of its own: schema.org ClaimReview as JSON-LD.

Only claims whose verdict a reviewer confirmed are in it: the auditor alone checks no fact for the public. The fields
are those that search engines ask for (Google Search Central, Fact Check structured data).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from claims.model import Verdict
from reports.basis import claim_behind, references_behind, tells_verdict
from reports.linking import link_of, web_link
from reports.look import Look
from reports.model import AND, AuditEntry, ClaimEntry, ConfirmationEntry, FindingEntry, Report
from reports.plain import slug

RATINGS = {  # from 1, false, to 5, true; with the label of AVeriTeC (Schlichtkrull et al., NeurIPS 2023)
    Verdict.REFUTED: (1, "False", "Refuted"),
    Verdict.CATEGORY_ERROR: (1, "False: a nerve root is a part of the body", "Refuted"),
    Verdict.UNSUPPORTED: (2, "Not supported by evidence", "Not Enough Evidence"),
    Verdict.OVERSTATED: (3, "Overstated", "Conflicting Evidence/Cherrypicking"),
}

Json = dict[str, Any]


def render(report: Report, look: Look) -> str:
    """A graph of reviews, one for each claim that was confirmed; it can stand in a script element as it is."""
    del look  # machines alone read it
    reviews = [review for audit in report.audited for review in _reviews(report, audit)]
    text = json.dumps({"@context": "https://schema.org", "@graph": reviews}, ensure_ascii=False, indent=2)
    return _harmless_in_html(text) + "\n"


def _reviews(report: Report, audit: AuditEntry) -> Iterator[Json]:
    told: set[str] = set()
    for finding in audit.alarms:
        claim = claim_behind(finding, audit)
        if finding.confirmed and claim and tells_verdict(finding, claim) and claim.id not in told:
            told.add(claim.id)
            yield _review(report, audit, finding, claim, finding.confirmed)


def _review(
    report: Report, audit: AuditEntry, finding: FindingEntry, claim: ClaimEntry, confirmed: ConfirmationEntry
) -> Json:
    value, name, label = RATINGS[claim.verdict]
    return {
        "@type": "ClaimReview",
        "url": f"#f-{slug(finding.fingerprint)}",  # on the page that it is put on, such as the HTML report
        "datePublished": confirmed.at[:10],
        "author": [{"@type": "Person", "name": reviewer} for reviewer in confirmed.by.split(AND)],
        "claimReviewed": claim.quote,
        "itemReviewed": _claim(audit),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": 1,
            "bestRating": 5,
            "alternateName": name,
            "ratingExplanation": f"AVeriTeC: {label}",
        },
        "reviewBody": claim.because,
        "citation": _sources(report, claim),
    }


def _claim(audit: AuditEntry) -> Json:
    """The claim where it was made; a file on this machine has no address to tell."""
    page = {
        "@type": "WebPage" if web_link(audit.url) else "CreativeWork",
        "url": web_link(audit.url),
        "headline": audit.title,
        "datePublished": _date(audit.published),
        "author": {"@type": "Person", "name": audit.author} if audit.author else None,
    }
    return {"@type": "Claim", "appearance": {name: value for name, value in page.items() if value is not None}}


def _date(text: str | None) -> str | None:
    """The day, where a page writes its date as ISO 8601 does."""
    try:
        return date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None


def _sources(report: Report, claim: ClaimEntry) -> list[str]:
    """Where to find what was seen and does test the statement."""
    links = [
        link_of(source)
        for _, reference in references_behind(claim, report)
        for source in reference.sources
        if source.verified and source.fit != "context-only"
    ]
    return list(dict.fromkeys(link for link in links if link))


def _harmless_in_html(text: str) -> str:
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
