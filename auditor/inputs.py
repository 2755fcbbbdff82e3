"""The pages that the arguments of a command stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from auditor.errors import InputMissing

STDIN = "-"
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".docx"})

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_url(source: str) -> bool:
    """True for anything with a scheme; whether the scheme can be fetched is for `fetching` to say."""
    return _SCHEME.match(source) is not None


def sources_of(arguments: Sequence[str]) -> tuple[str, ...]:
    """Every page the arguments name, in their order and each once.

    A folder gives the pages in it and a pattern such as `drafts/**/*.md` the paths that it matches, both sorted.
    `@FILE` gives what the file names, one input a line, `#` before a remark. A file of that very name goes before both.
    Raises InputMissing for a path that does not exist, a folder without pages and a pattern that matches nothing.
    """
    named: dict[str, str] = {}
    for argument in arguments:
        for source in _sources_in(argument):
            named.setdefault(_identity(source), source)
    return tuple(named.values())


def _sources_in(argument: str) -> Iterator[str]:
    if argument == STDIN or is_url(argument):
        yield argument
    elif argument and not _exists(argument) and argument.startswith("@"):
        for line in _listed_in(argument[1:]):
            yield from _sources_in_list(line)
    elif argument and not _exists(argument) and has_magic(argument):
        for path in _matched_by(argument):
            yield from _sources_in(path)
    elif not argument or not _exists(argument):  # Path("") would be the folder we are in
        raise InputMissing(f"{_shown(argument)}: no such file or folder; a web address begins with https://")
    elif Path(argument).is_dir():
        yield from _pages_in(argument)
    else:
        yield argument


def _listed_in(name: str) -> list[str]:
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputMissing(f"@{_shown(name)}: the list of inputs could not be read: {why}") from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _sources_in_list(line: str) -> Iterator[str]:
    if line.startswith("@") and not _exists(line):
        raise InputMissing(f"{_shown(line)}: a list of inputs can't name another list; name its files")
    yield from _sources_in(line)


def _matched_by(pattern: str) -> list[str]:
    found = sorted(glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute patterns
    if not found:
        raise InputMissing(f"{_shown(pattern)}: no file or folder matches this pattern")
    return found


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
