"""The pages that a scan is given: lists of addresses, sitemaps, folders, web archives."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from auditor.errors import InputMissing
from auditor.inputs import STDIN, is_url, sources_of
from auditor.scanning.model import Kind, Place

_PORTS = {"http": 80, "https": 443}


def places_named(arguments: Iterable[str]) -> Iterator[Place]:
    """The pages that addresses, files and folders stand for. Raises InputMissing for what does not exist."""
    for argument in arguments:
        if argument == STDIN:
            raise InputMissing("-: a scan takes a list from standard input, not a page: --urls-from -")
        if is_url(argument):
            yield place_of(argument)
        else:
            yield from map(_file_at, sources_of([argument]))


def _file_at(path: str) -> Place:
    name = str(Path(path).resolve())
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise InputMissing(f"{name!a}: the name is not UTF-8, which a table could not show; rename it") from error
    return Place(name, Kind.FILE, "")


def places_listed(name: str) -> Iterator[Place]:
    """The pages of a list, one address or path a line, `-` for standard input; blank lines and `# …` are passed over.

    Raises InputMissing where there is no such list, or a path in it does not exist.
    """
    with _lines_of(name) as lines:
        for number, line in enumerate(lines, 1):
            entry = line.strip()
            if not entry or entry.startswith("#"):
                continue
            try:
                yield from places_named([entry])
            except InputMissing as error:
                raise InputMissing(f"{name}: line {number}: {error}") from error


def place_of(url: str) -> Place:
    """The page at an address. Addresses that no server can tell apart are one page."""
    plain = url.strip().partition("#")[0]
    try:
        parts = urlsplit(plain)
        scheme, host, port = parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
    except ValueError:  # the fetcher will say what is wrong with it
        return Place(plain, Kind.URL, plain[:100])
    if not host or parts.username is not None:
        return Place(plain, Kind.URL, host or plain[:100])
    where = f"[{host}]" if ":" in host else host
    server = where if port in (None, _PORTS.get(scheme)) else f"{where}:{port}"
    return Place(parts._replace(scheme=scheme, netloc=server, path=parts.path or "/").geturl(), Kind.URL, server)


@contextmanager
def _lines_of(name: str) -> Iterator[TextIO]:
    if name == STDIN:
        yield TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
        return
    try:
        with Path(name).open(encoding="utf-8-sig", errors="replace") as lines:
            yield lines
    except OSError as error:
        raise InputMissing(f"{name}: cannot be read: {error.strerror or error}") from error
