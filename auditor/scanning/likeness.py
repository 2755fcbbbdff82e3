"""How alike two texts are: MinHash signatures over runs of words, and their bands."""

from __future__ import annotations

import array
import re
import sys

SIZE = 128  # numbers in a signature: likeness is right to about 0.03
BANDS = 16  # of 8 numbers each: texts that are 0.9 alike share a band in 999 of 1,000 cases, 0.5 alike in 6 of 100
RUN = 5  # words
LEAST = 50  # words; shorter texts are alike by chance

_WORD = re.compile(r"\w+")
_SEED = 42


def signature_of(text: str) -> bytes | None:
    """The signature of a text; None where it is too short to tell."""
    words = _WORD.findall(text.lower())
    if len(words) < LEAST:
        return None
    from rensa import RMinHash  # loaded where texts are read, and not by every command

    sketch = RMinHash(num_perm=SIZE, seed=_SEED)
    sketch.update([" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)])
    numbers = array.array("I", sketch.digest())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def bands_of(signature: bytes) -> tuple[bytes, ...]:
    """The bands of a signature; two texts that share none are hardly alike."""
    width = len(signature) // BANDS
    return tuple(bytes([band]) + signature[band * width : (band + 1) * width] for band in range(BANDS))


def likeness_of(one: bytes, other: bytes) -> float:
    """The share of their runs of words that two texts have in common, estimated from their signatures."""
    pairs = zip(array.array("I", one), array.array("I", other), strict=True)
    return sum(a == b for a, b in pairs) / SIZE
