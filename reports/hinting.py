"""What someone may have meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from reports.errors import UnknownName


def known(kind: str, name: str, names: Iterable[str], otherwise: str) -> str:
    """The name, where it is one of `names`; raises `UnknownName` with the nearest one, or with what to do otherwise."""
    names = list(names)
    if name in names:
        return name
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    raise UnknownName(f"no {kind} is called “{name}”; " + (f"did you mean “{near[0]}”?" if near else otherwise))
