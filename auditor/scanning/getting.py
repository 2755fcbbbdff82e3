"""How a job gets pages from the web: a fetcher with the settings of the job."""

from __future__ import annotations

from auditor.errors import JobError
from auditor.fetching.fetcher import Fetcher
from auditor.fetching.settings import FetchSettings
from auditor.scanning.settings import Kept


def fetcher_for(kept: Kept) -> Fetcher:
    """What gets the pages of a job. Raises JobError where its settings allow none."""
    try:
        settings = FetchSettings(
            offline=kept.offline, allow_private=kept.allow_private, contact=kept.contact, delay=kept.delay
        )
    except ValueError as error:
        raise JobError(f"--contact {kept.contact}: {error}") from error
    return Fetcher(settings)
