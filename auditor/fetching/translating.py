"""Failures of requests and urllib3 as ours; nobody else knows theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from requests import exceptions as theirs
from urllib3 import exceptions as below

from auditor.errors import FetchFailed
from auditor.fetching.reasons import Why, failed

_BY_KIND: tuple[tuple[tuple[type[Exception], ...], Why], ...] = (
    ((theirs.ProxyError, below.ProxyError), Why.PROXY),
    ((theirs.SSLError, below.SSLError), Why.TLS),
    ((theirs.Timeout, below.TimeoutError, TimeoutError), Why.TIMEOUT),
    ((theirs.InvalidProxyURL, theirs.MissingSchema, theirs.InvalidSchema), Why.PROXY),
    ((theirs.InvalidURL, below.LocationParseError, UnicodeError), Why.URL),
)


@contextmanager
def our_failures() -> Iterator[None]:
    """Whatever a library raises inside comes out as FetchFailed."""
    try:
        yield
    except (theirs.RequestException, below.HTTPError, OSError, UnicodeError) as error:
        raise _translated(error) from error


def _translated(error: Exception) -> FetchFailed:
    return failed(next((why for kinds, why in _BY_KIND if isinstance(error, kinds)), Why.CONNECTION))
