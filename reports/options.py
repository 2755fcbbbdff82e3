"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import click

from reports.formats import FORMATS

Command = Callable[..., Any]


def writing(formats: Collection[str]) -> Callable[[Command], Command]:
    """The options of every command that writes reports."""
    folders = "html:FOLDER/ makes an index and one file a page. " if formats is FORMATS else ""
    color = click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour in text reports; auto looks at the terminal and at NO_COLOR. Default: auto.",
    )
    format = click.option(
        "--format",
        "formats",
        multiple=True,
        metavar="FORMAT[:FILE]",
        help=f"Write the report as {', '.join(formats)}, to FILE or standard output; may be repeated. {folders}"
        "Default: text.",
    )
    return lambda command: format(color(command))


deciding = click.option(
    "--decisions",
    multiple=True,
    metavar="FILE",
    help="Reviewers' decisions: a finding decided as a false alarm is shown as suppressed and does not gate.",
)
