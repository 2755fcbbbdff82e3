"""The options of every command that fetches pages, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from auditor.fetching.settings import FetchSettings

_SECONDS = click.FloatRange(0, 86_400)
_OPTIONS = (
    click.option("--offline", is_flag=True, help="Fetch nothing from the web."),
    click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too."),
    click.option("--use-proxies", is_flag=True, help="Fetch through the proxies that the environment names."),
    click.option("--contact", metavar="URL", help="Where site owners reach you: a web or e-mail address."),
    click.option("--cache", type=click.Path(file_okay=False), metavar="DIR", help="Keep fetched pages in DIR."),
    click.option(
        "--delay", type=_SECONDS, metavar="SECONDS", help="The least between two pages of a host. Default: 1."
    ),
    click.option(
        "--timeout", type=_SECONDS, metavar="SECONDS", help="The most that the network may take for a page. Default: 9."
    ),
)


def fetch_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options of fetching."""
    return reduce(lambda wrapped, option: option(wrapped), reversed(_OPTIONS), command)


def fetch_settings(options: Mapping[str, Any]) -> FetchSettings:
    """How to fetch, by the options given; raises BadParameter for a contact that is none or a folder that can't be."""
    from auditor.fetching.settings import FetchSettings

    folder = Path(options["cache"]) if options["cache"] else None
    permitted = {name: options[name] for name in ("offline", "allow_private", "use_proxies", "contact")}
    limits = {"delay": options["delay"], "seconds": options["timeout"]}
    given = {name: limit for name, limit in limits.items() if limit is not None}
    try:
        folder.mkdir(parents=True, exist_ok=True) if folder else None
        return FetchSettings(**permitted, cache_dir=folder, **given)
    except OSError as error:
        raise click.BadParameter(f"{folder}: {error.strerror}", param_hint="--cache") from error
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--contact") from error
