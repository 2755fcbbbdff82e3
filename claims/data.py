"""Reads the TOML files that hold the project's knowledge."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tomli  # tomllib in C: a third of its time, on every start

from claims.errors import DataError

HERE = Path(__file__).parent


def toml_at(path: Path) -> dict[str, Any]:
    """The content of one TOML file; raises `DataError` where it is not TOML or cannot be read."""
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read as TOML: {error}") from error


def toml_files(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every TOML file under a folder with its content, sorted by path; raises `DataError` where there is none."""
    paths = sorted(folder.rglob("*.toml"))
    if not paths:
        raise DataError(f"{folder}: holds no TOML file")
    for path in paths:
        yield path, toml_at(path)


def sha256_of(paths: Iterable[Path]) -> str:
    """One hash over the names and contents of files, the same whatever the order and the line ends."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
