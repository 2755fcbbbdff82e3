"""What makes a job citable: versions, hashes, settings, times, counts."""

from __future__ import annotations

import json
from typing import Any

from auditor.scanning.store import Store
from auditor.scanning.summary import summary_of

VERSION = "1"


def manifest_of(store: Store) -> dict[str, Any]:
    """The manifest of a job as it stands; `judged_by` counts the pages that each set of versions judged."""
    facts, summary = store.facts(), summary_of(store)
    runs = store.sql.execute("SELECT started_at, ended_at, pages FROM runs ORDER BY id")
    judges = store.sql.execute("SELECT judged_by, count(*) FROM pages WHERE judged_by IS NOT NULL GROUP BY 1")
    return {
        "manifest_version": VERSION,
        **json.loads(facts.get("judges", "{}")),
        "settings": json.loads(facts.get("settings", "{}")),
        "runs": [{"started_at": start, "ended_at": end, "pages": pages} for start, end, pages in runs],
        "judged_by": dict(judges),
        "pages": {state.value: count for state, count in summary.states.items()},
        "reasons": dict(summary.reasons),
        "on_topic": summary.on_topic,
        "copies": summary.copies,
        "claims": dict(summary.verdicts),
        "findings": dict(summary.rules),
    }
