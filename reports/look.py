"""How a report is to look where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol


class RuleText(Protocol):
    """What a report tells of a rule beside its finding."""

    @property
    def why(self) -> str:
        """Why the rule is there."""

    @property
    def basis(self) -> tuple[str, ...]:
        """The guidance it stands on."""


@dataclass(frozen=True, slots=True)
class Look:
    """Width and colour for a terminal; the texts of the rules for formats that explain them; how many misses of an
    evaluation are listed."""

    width: int = 88
    colour: bool = False
    rules: Mapping[str, RuleText] = field(default_factory=lambda: MappingProxyType({}))
    misses: int = 20
