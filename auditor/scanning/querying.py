"""What a store holds, for progress, summaries and tables; nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Audit, Miss, Outcome, Reason, Skipped
from auditor.scanning.model import State
from auditor.scanning.packing import article_from, examination_from
from auditor.scanning.store import Store


def states_of(store: Store) -> dict[State, int]:
    """How many pages are in each state."""
    return {State(state): count for state, count in store.sql.execute("SELECT state, count(*) FROM pages GROUP BY 1")}


def is_complete(store: Store) -> bool:
    """True where no page is left to do."""
    return not store.sql.execute("SELECT EXISTS (SELECT 1 FROM pages WHERE state IN ('waiting', 'read'))").fetchone()[0]


def outcomes_of(store: Store) -> Iterator[Outcome]:
    """Every page that came to its end, in order and one at a time; of syndicated copies the one that was audited."""
    query = (
        "SELECT input, state, code, message, url, fetched_at, text_sha256, article, examination "
        "FROM pages LEFT JOIN texts ON page = id "
        "WHERE state IN ('done', 'skipped', 'failed') AND copy_of IS NULL ORDER BY id"
    )
    for input, state, code, message, url, fetched_at, sha256, article, examination in store.sql.execute(query):
        if state == State.DONE:
            yield Audit(input, url, fetched_at, sha256, article_from(article), examination_from(examination))
        else:
            yield Skipped(input, Miss(state), Reason(code, message))
