"""The name and the version of this program."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

NAME = "health-claim-auditor"


def version() -> str:
    """The version as installed, or that of the checkout the program is run from."""
    try:
        return metadata.version(NAME)
    except metadata.PackageNotFoundError:
        project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])
