"""A job in figures."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.scanning.model import State
from auditor.scanning.querying import states_of
from auditor.scanning.store import Store

_WORST = 10


@dataclass(frozen=True, slots=True)
class WorstPage:
    """A page with many findings, and how many pages are copies of it."""

    input: str
    title: str | None
    errors: int
    warnings: int
    copies: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Pages by state and reason, claims by verdict, findings by rule and severity, the worst pages first."""

    states: dict[State, int]
    reasons: tuple[tuple[str, int], ...]
    on_topic: int
    copies: int
    verdicts: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, int], ...]
    severities: dict[str, int]
    worst: tuple[WorstPage, ...]


def summary_of(store: Store) -> Summary:
    """The job as it stands; claims and findings are counted once, however many copies of their page there are."""
    on_topic, copies = store.sql.execute(
        "SELECT coalesce(sum(on_topic), 0), count(copy_of) FROM pages WHERE state = 'done'"
    ).fetchone()
    return Summary(
        states=states_of(store),
        reasons=_counted(store, "SELECT code FROM pages WHERE state IN ('skipped', 'failed')"),
        on_topic=on_topic,
        copies=copies,
        verdicts=_counted(store, "SELECT verdict FROM claims"),
        rules=_counted(store, "SELECT rule FROM findings"),
        severities=dict(_counted(store, "SELECT severity FROM findings")),
        worst=_worst(store),
    )


def _counted(store: Store, query: str) -> tuple[tuple[str, int], ...]:
    """How often each value of a query of one column stands in it, the most frequent first."""
    column = query.split()[1]
    return tuple(store.sql.execute(f"{query.replace(column, f'{column}, count(*)', 1)} GROUP BY 1 ORDER BY 2 DESC, 1"))


def _worst(store: Store) -> tuple[WorstPage, ...]:
    rows = store.sql.execute(
        "SELECT input, title, sum(severity = 'error') AS errors, sum(severity = 'warning') AS warnings, "
        "(SELECT count(*) FROM pages AS copy WHERE copy.copy_of = pages.id) "
        "FROM findings JOIN pages ON pages.id = page WHERE severity IN ('error', 'warning') "
        "GROUP BY pages.id ORDER BY errors DESC, warnings DESC, pages.id LIMIT ?",
        (_WORST,),
    )
    return tuple(WorstPage(*row) for row in rows)
