"""Parts of a job by host, so that no host is asked from two machines."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from auditor.errors import JobError
from auditor.scanning.model import Place

_SHARD = re.compile(r"(\d{1,5})/(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` (from 1) of `of` parts."""

    number: int = 1
    of: int = 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def holds(self, place: Place) -> bool:
        """True where the page belongs to this part; pages of one host all do, or none of them."""
        key = place.host or place.input
        return int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:8]) % self.of == self.number - 1


WHOLE = Shard()


def shard_from(text: str) -> Shard:
    """The part that `i/n` names. Raises JobError where it names none."""
    found = _SHARD.fullmatch(text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise JobError(f"--shard {text}: write i/n with i from 1 to n, such as 3/16")
    return Shard(int(found[1]), int(found[2]))
