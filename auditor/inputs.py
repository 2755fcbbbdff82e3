"""The pages that the arguments of a command stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.errors import InputMissing

STDIN = "-"
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".md", ".markdown", ".txt"})

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_url(source: str) -> bool:
    """True for anything with a scheme; whether the scheme can be fetched is for `fetching` to say."""
    return _SCHEME.match(source) is not None


def sources_of(arguments: Sequence[str]) -> tuple[str, ...]:
    """Every page the arguments name, in their order and each once; a folder gives the pages in it, sorted.

    Raises InputMissing for a path that does not exist and for a folder that holds no page.
    """
    named: dict[str, str] = {}
    for argument in arguments:
        for source in _sources_in(argument):
            named.setdefault(_identity(source), source)
    return tuple(named.values())


def _sources_in(argument: str) -> Iterator[str]:
    if argument == STDIN or is_url(argument):
        yield argument
    elif not argument or not _exists(argument):  # Path("") would be the folder we are in
        raise InputMissing(f"{_shown(argument)}: no such file or folder; a web address begins with https://")
    elif Path(argument).is_dir():
        yield from _pages_in(argument)
    else:
        yield argument


def _pages_in(folder: str) -> list[str]:
    pages = sorted(_walked(folder))
    if not pages:
        raise InputMissing(f"{_shown(folder)}: holds no page ({' '.join(sorted(PAGE_SUFFIXES))}); name a file instead")
    return [str(page) for page in pages]


def _walked(folder: str) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]  # .git and its like hold no pages
        yield from (
            Path(place, name)
            for name in names
            if Path(name).suffix.lower() in PAGE_SUFFIXES and not name.startswith(".")
        )


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it, is no file
        return False


def _identity(source: str) -> str:
    return source if source == STDIN or is_url(source) else str(Path(source).resolve())


def _shown(argument: str) -> str:
    return " ".join(argument.split()) or "''"
