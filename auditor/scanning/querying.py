"""What a store holds, for progress, summaries and tables; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Audit, Miss, Outcome, Reason, Skipped
from auditor.scanning.model import State
from auditor.scanning.packing import article_from, examination_from
from auditor.scanning.store import Store
from claims.model import Examination


def states_of(store: Store) -> dict[State, int]:
    """How many pages are in each state."""
    return {State(state): count for state, count in store.sql.execute("SELECT state, count(*) FROM pages GROUP BY 1")}


def outcomes_of(store: Store) -> Iterator[Outcome]:
    """Every page that came to its end, in order and one at a time; a copy has the text and audit of its original."""
    query = (
        "SELECT pages.id, input, state, code, message, url, fetched_at, text_sha256, article, examination "
        "FROM pages LEFT JOIN texts ON page = coalesce(copy_of, id) "
        "WHERE state IN ('done', 'skipped', 'failed') ORDER BY pages.id"
    )
    for _, input, state, code, message, url, fetched_at, sha256, article, examination in store.sql.execute(query):
        if state == State.DONE:
            found = examination_from(examination) if examination else Examination((), ())
            yield Audit(input, url, fetched_at, sha256, article_from(article), found)
        else:
            yield Skipped(input, Miss(state), Reason(code, message))
