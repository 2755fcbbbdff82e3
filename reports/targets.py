"""Where reports go: FORMAT to standard output, FORMAT:FILE to a file that is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.errors import BadTarget
from reports.formats import FORMATS, SITES
from reports.hinting import known


@dataclass(frozen=True, slots=True)
class Target:
    """A format, and the file, or folder of files, that it goes to (None for standard output)."""

    format: str
    path: Path | None
    is_folder: bool = False


def targets_of(
    texts: Sequence[str],
    inputs: Iterable[str] = (),
    formats: Collection[str] = tuple(FORMATS),
    sites: Collection[str] = tuple(SITES),
) -> tuple[Target, ...]:
    """The targets that `FORMAT[:FILE]` texts name, text on standard output where there are none.

    A path that ends in / or is a folder is one for the formats in `sites`, which write many files.

    Raises `BadTarget` for an unknown format, two reports in one place, and a file that cannot be or that is an input.
    """
    targets = tuple(_target(text, formats, sites) for text in texts) or (Target("text", None),)
    places = [target.path.resolve() if target.path else None for target in targets]
    if doubles := [place for place in places if places.count(place) > 1]:
        where = doubles[0] or "standard output"
        raise BadTarget(f"two reports would go to {where}; send one elsewhere as FORMAT:FILE")
    _refuse_inputs([place for place in places if place], inputs)
    return targets


def file_at(name: str, inputs: Iterable[str] = ()) -> Path:
    """The file of this name, to be written; raises `BadTarget` where it cannot be or is an input."""
    path = _writable(Path(name))
    _refuse_inputs([path.resolve()], inputs)
    return path


def write(target: Path, text: str) -> None:
    """The text in the file, in UTF-8; a file that stood there stays as it was if writing fails."""
    try:
        _write(target, text.encode())
    except OSError as error:
        raise BadTarget(f"{target}: cannot be written: {error.strerror or error}") from error


def _target(text: str, formats: Collection[str], sites: Collection[str]) -> Target:
    name, colon, file = text.partition(":")
    known("format", name, formats, f"choose from {', '.join(formats)}")
    if colon and not file:
        raise BadTarget(f"“{text}” names no file after the colon")
    if name in sites and (file.endswith("/") or _is_folder(Path(file or "-"))):
        return Target(name, Path(file), is_folder=True)
    return Target(name, _writable(Path(file)) if file not in ("", "-") else None)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:  # such as a name that is too long
        raise BadTarget(f"{path}: cannot be written: {error.strerror or error}") from error


def _writable(path: Path) -> Path:
    if _is_folder(path):
        raise BadTarget(f"{path}: is a folder; name a file in it")
    if not _is_folder(path.parent):
        raise BadTarget(f"{path}: cannot be written: there is no folder {path.parent}")
    return path


def _refuse_inputs(places: Iterable[Path], inputs: Iterable[str]) -> None:
    read = {os.path.realpath(name) for name in inputs}
    if over := [place for place in places if str(place) in read]:
        raise BadTarget(f"{over[0]}: is an input; the report would overwrite it")


def _write(target: Path, content: bytes) -> None:
    if target.exists() and not target.is_file():  # a device or a pipe: there is nothing to replace
        target.write_bytes(content)
        return
    place = target.resolve()
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:100]}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        fresh.chmod(place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask())
        fresh.replace(place)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
