"""What is published about the program is what the program does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import jsonschema
import pytest

from audit import cli
from reports import decisions
from reports.csv_report import COLUMNS
from reports.formats import FORMATS
from reports.json_report import schema

ROOT = Path(__file__).parents[1]


def commands(group: click.Group = cli, path: str = "") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        found.append((f"{path}{name}", command))
        found += commands(command, f"{path}{name} ") if isinstance(command, click.Group) else []
    return found


def test_the_schemas_are_schemas() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator.check_schema(decisions.schema())


@pytest.mark.parametrize("name", [*FORMATS, *COLUMNS])
def test_every_format_and_column_is_described(name: str) -> None:
    assert f"`{name}`" in ROOT.joinpath("docs/formats.md").read_text(encoding="utf-8")


def test_the_generated_documents_are_current() -> None:
    done = subprocess.run([sys.executable, ROOT / "docs/generate.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_and_option_is_described(name: str, command: click.Command) -> None:
    assert command.help, name
    assert all(option.help for option in command.params if isinstance(option, click.Option)), name
    assert f"audit.py {name}" in ROOT.joinpath("docs/cli.md").read_text(encoding="utf-8")
