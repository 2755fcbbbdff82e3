"""What can go wrong with the project's own data."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError


class DataError(Exception):
    """A data file is wrong; the message names the file, the entry, the field and the cure on one line."""


def faults_in(error: ValidationError) -> Iterator[str]:
    """Each fault of a failed validation as `field: what is wrong`, for people."""
    for fault in error.errors():
        field = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
        allowed = fault.get("ctx", {}).get("expected")
        problem = (
            f"“{fault['input']}” is not one of {allowed}" if allowed else fault["msg"].removeprefix("Value error, ")
        )
        yield f"{field}: {problem}" if field else problem
