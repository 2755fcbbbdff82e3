"""Pages kept on disk, so that a server need not send again what has not changed (RFC 9111)."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path

_KEPT = ("Content-Type", "ETag", "Last-Modified", "X-Robots-Tag")
_LEVEL = 1  # of compression: pages are written once and seldom read

Stored = tuple[Mapping[str, str], bytes]


class PageCache:
    """One file a page in a folder, for any number of threads and processes; every use is first asked about."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def conditions(self, url: str) -> dict[str, str]:
        """The headers that let a server answer 304 where our copy still holds."""
        headers = (self.stored(url) or ({}, b""))[0]
        asked = {"If-None-Match": headers.get("ETag"), "If-Modified-Since": headers.get("Last-Modified")}
        return {name: value for name, value in asked.items() if value}

    def stored(self, url: str) -> Stored | None:
        """Our copy of a page with the headers that matter; None where there is none, or a broken one."""
        try:
            head, _, body = gzip.decompress(self._place(url).read_bytes()).partition(b"\n")
            kept = json.loads(head)
            return (kept["headers"], body) if kept["url"] == url else None
        except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error):
            return None

    def store(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keeps a page that its server can be asked about again, unless the server forbids it."""
        kept = {name: headers[name] for name in _KEPT if name in headers}
        if kept.keys().isdisjoint(("ETag", "Last-Modified")) or _forbids(headers):
            return
        head = json.dumps({"url": url, "headers": kept}).encode()
        with contextlib.suppress(OSError):  # a full disk costs the copy and not the page
            _write(self._place(url), gzip.compress(head + b"\n" + body, _LEVEL))

    def _place(self, url: str) -> Path:
        name = hashlib.sha256(url.encode("utf-8", errors="replace")).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.gz"


def _write(place: Path, data: bytes) -> None:
    """Whole or not at all: a reader in another process sees the old page or the new one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(place)


def _forbids(headers: Mapping[str, str]) -> bool:
    return "no-store" in headers.get("Cache-Control", "").lower() or "*" in headers.get("Vary", "")
