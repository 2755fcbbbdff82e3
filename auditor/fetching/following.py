"""From an address along its redirects to an answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from auditor.fetching.reasons import Why, failed
from auditor.fetching.transport import Reply
from auditor.fetching.urls import normal, onward_url

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Taken = TypeVar("Taken")


def followed(
    url: str, ask: Callable[[str], AbstractContextManager[Reply]], take: Callable[[Reply], Taken], most: int
) -> Taken:
    """What `take` makes of the first answer that is no redirect; raises FetchFailed.

    `ask` is called for every address on the way, so that each is checked as the first one was.
    """
    seen: list[str] = []
    here = normal(url)
    while here not in seen and len(seen) <= most:
        seen.append(here)
        with ask(here) as reply:
            location = reply.headers.get("Location")
            if reply.status not in _REDIRECTS or not location:
                return take(reply)
            here = normal(onward_url(here, location))
    raise failed(Why.REDIRECTS, most=most)
