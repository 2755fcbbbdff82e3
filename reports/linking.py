"""The web address of a cited work or page, if it is one that is safe to link."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from reports.model import SourceEntry

_DOI = re.compile(r"\bdoi:\s*(10\.\d{4,9}/[^\s;,]+)", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s*(\d{4,9})\b")
_PMC = re.compile(r"\b(PMC\d{4,9})\b")


def web_link(text: str | None) -> str | None:
    """The text, where it is an http or https address; None for anything else."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def live_link(url: str | None, fragment: str | None) -> str | None:
    """The web address that shows a page at a text fragment (`:~:text=…`); None where either is missing or unsafe."""
    if not fragment or not web_link(url):
        return None
    base, _, anchor = (url or "").partition("#")
    directive = quote(fragment.removeprefix("#").removeprefix(":~:"), safe="=%&,-_.!~*'()")
    return f"{base}#{anchor.partition(':~:')[0]}:~:{directive}"


def link_of(source: SourceEntry) -> str | None:
    """Where to find a source: by DOI, PMID or PMC number, else where it was seen."""
    identifier = source.identifier
    if doi := _DOI.search(identifier):
        return "https://doi.org/" + quote(doi[1], safe="/.()-_:")
    if pmid := _PMID.search(identifier):
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid[1]}/"
    if pmc := _PMC.search(identifier):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmc[1]}/"
    return web_link(identifier) or web_link(source.seen_at)
