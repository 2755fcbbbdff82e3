"""Writes the documents that are made from the program; with --check it only says which are stale."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from audit import cli  # noqa: E402  # the program lies beside this folder, installed or not
from claims.rules.load import rule_set  # noqa: E402
from reports import decisions, evaluation_json, json_report  # noqa: E402
from reports.explaining import manual  # noqa: E402
from reports.job_tables.reading import tables  # noqa: E402


def cli_page() -> str:
    """The manual of the command line, from the commands themselves."""
    lines = ["# The command line", "", "Made by `docs/generate.py`; do not edit.", "", *_paragraphs(cli)]
    for path, command in _commands(cli, "audit.py"):
        lines += ["", f"## {path}", "", *_usage(path, command), "", *_paragraphs(command), *_options(command)]
    return "\n".join(lines) + "\n"


def tables_page() -> str:
    """The columns of the tables that a job is rendered to, from their own data."""
    lines = ["# The tables of a job", "", "Made by `docs/generate.py`; do not edit.", ""]
    lines += ["`audit.py report JOB --format csv|jsonl|parquet` writes them; see [scanning.md](scanning.md)."]
    for table in tables().values():
        lines += ["", f"## {table.name}", "", table.means, "", "| column | type | |", "| --- | --- | --- |"]
        lines += [f"| `{column.name}` | {column.type} | {column.means} |" for column in table.columns]
    return "\n".join(lines) + "\n"


def schema_text(schema: dict[str, Any]) -> str:
    """A JSON schema as it is published."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


def _usage(path: str, command: click.Command) -> list[str]:
    if isinstance(command, click.Group):
        return [f"    {path} COMMAND"]
    arguments = [_argument(param) for param in command.params if isinstance(param, click.Argument)]
    options = ["[OPTIONS]"] if any(isinstance(param, click.Option) for param in command.params) else []
    return ["    " + " ".join([path, *options, *arguments])]


def _argument(param: click.Argument) -> str:
    name = param.metavar or (param.name or "").upper()
    return name if param.required or param.metavar else f"[{name}]"


def _paragraphs(command: click.Command) -> list[str]:
    parts = [" ".join(part.split()) for part in (command.help or "").split("\n\n")]
    return [line for part in parts for line in (part, "")][:-1]


def _options(command: click.Command) -> Iterator[str]:
    options = [param for param in command.params if isinstance(param, click.Option)]
    if options:
        yield from ("", "| option | |", "| --- | --- |")
    for option in options:
        yield f"| `{', '.join(option.opts)}{_value(option)}` | {option.help} |"


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    return " " + (option.metavar or "\\|".join(map(str, choices)))


def main() -> int:
    """Writes what is stale, or with --check names it and gives 1."""
    made = {
        DOCS / "cli.md": cli_page(),
        DOCS / "decisions.schema.json": schema_text(decisions.schema()),
        DOCS / "evaluation.schema.json": schema_text(evaluation_json.schema()),
        DOCS / "report.schema.json": schema_text(json_report.schema()),
        DOCS / "tables.md": tables_page(),
        DOCS / "rules.md": manual(rule_set().rules.values()),
    }
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{path.name}: {'stale; run python docs/generate.py' if '--check' in sys.argv else 'written'}")
        if "--check" not in sys.argv:
            path.write_text(made[path], encoding="utf-8")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
