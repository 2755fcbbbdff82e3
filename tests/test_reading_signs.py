"""Every sign that `signs.toml` lists keeps its own examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditor.reading.signs import sign, vocabulary


def examples(wanted: str) -> Iterator[tuple[str, str]]:
    for family, members in vocabulary().items():
        for member, entry in members.items():
            if isinstance(entry, dict) and "any" in entry:
                yield from ((f"{family}.{member}", text) for text in entry[wanted])


@pytest.mark.parametrize(("name", "text"), list(examples("yes")))
def test_a_sign_is_found_in_its_good_examples(name: str, text: str) -> None:
    assert sign(name).search(text)


@pytest.mark.parametrize(("name", "text"), list(examples("no")))
def test_a_sign_is_not_found_in_its_near_misses(name: str, text: str) -> None:
    assert not sign(name).search(text)
