"""What a command says: it is given back, and only audit.py says it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from reports.look import Look


@dataclass(frozen=True, slots=True)
class Said:
    """The text of a command, and what someone should hear besides."""

    text: str
    warnings: Sequence[str] = ()


def width() -> int:
    """The columns of the terminal, or those of a report where there is none."""
    return shutil.get_terminal_size((Look().width, 24)).columns
