"""Which parts of a page state nothing that could be checked."""

from __future__ import annotations

import re
from functools import cache

from claims.data import HERE, toml_at
from claims.extraction import Reading

SECTIONS = HERE / "checkworthiness.toml"


@cache
def _sources() -> re.Pattern[str]:
    return re.compile(toml_at(SECTIONS)["sections"]["sources"])


def heads_sources(reading: Reading) -> bool:
    """True where a heading opens a list of works cited."""
    return _sources().search(reading.lowered) is not None
