"""What an index remembers of each page: its counts, and none of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from claims.model import Severity, Topic, Verdict
from reports.cards import counted_by_rule
from reports.linking import web_link
from reports.model import AuditEntry
from reports.plain import shortened

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One audited page in the index; `day` is empty where neither publication nor fetching is dated."""

    hrefs: tuple[str, ...]
    title: str
    input: str
    site: str
    day: str
    verdicts: Mapping[Verdict, int]
    topics: Mapping[tuple[Topic, Verdict], int]
    severities: Mapping[Severity, int]
    rules: Mapping[str, int]
    suppressed: int

    @property
    def claims(self) -> int:
        """How many claims the page makes."""
        return sum(self.verdicts.values())

    @property
    def supported(self) -> int:
        """How many of them are supported."""
        return self.verdicts.get(Verdict.SUPPORTED, 0)

    @property
    def gravity(self) -> tuple[int, ...]:
        """What an index is sorted by at first: errors, then warnings, then notes."""
        return tuple(self.severities.get(severity, 0) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE))


def row_of(audit: AuditEntry, hrefs: tuple[str, ...]) -> IndexRow:
    """The row of a page whose report stands at these addresses, one for each of its parts."""
    return IndexRow(
        hrefs=hrefs,
        title=shortened(audit.title or "", _LONGEST),
        input=shortened(audit.input, _LONGEST),
        site=site_of(audit),
        day=_day_of(audit),
        verdicts=Counter(claim.verdict for claim in audit.claims),
        topics=Counter((claim.topic, claim.verdict) for claim in audit.claims),
        severities=Counter(finding.severity for finding in audit.alarms),
        rules=counted_by_rule(audit.alarms),
        suppressed=len(audit.suppressed),
    )


def site_of(audit: AuditEntry) -> str:
    """The host of a page from the web, the folder of one from a disk."""
    address = web_link(audit.url) or web_link(audit.input)
    if address:
        return shortened(urlsplit(address).hostname or "", 60)
    return shortened(PurePath(audit.input).parent.as_posix(), 60)


def _day_of(audit: AuditEntry) -> str:
    for moment in (audit.published, audit.fetched_at):
        if found := _DAY.match(moment or ""):
            return found[0]
    return ""
