"""The options of a scan, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from auditor.scanning.model import Place
    from auditor.scanning.settings import Chosen, Kept

_KEPT = ("allow_private", "offline", "contact", "delay", "timeout", "use_proxies", "cache", "shard")
_CHOSEN = ("workers", "connections", "cluster", "limit", "max_age", "retry_failed", "seconds_a_page")
_COUNT = click.IntRange(1)

_OPTIONS = (
    click.argument("inputs", nargs=-1, metavar="[INPUT]..."),
    click.option("--job", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The job folder."),
    click.option(
        "--urls-from", multiple=True, metavar="FILE", help="Addresses or paths, one a line; - for standard input."
    ),
    click.option("--sitemap", multiple=True, metavar="URL|FILE", help="A sitemap or an index of them, gzipped or not."),
    click.option("--warc", multiple=True, metavar="FILE|DIR", help="Web archives; needs the extra warc."),
    click.option("--shard", metavar="I/N", help="Only this part of the hosts, for cluster arrays. Kept with the job."),
    click.option("--cluster", metavar="ADDRESS", help="Work on Dask there; local starts one here. Needs that extra."),
    click.option("--workers", type=click.IntRange(0), metavar="N", help="Processes that audit. Default: one a core."),
    click.option("--connections", type=_COUNT, metavar="N", help="Hosts asked at the same time. Default: 16."),
    click.option("--limit", type=_COUNT, metavar="N", help="Take up at most so many pages now."),
    click.option(
        "--max-age", type=click.FloatRange(0), metavar="DAYS", help="Fetch pages again that were fetched before that."
    ),
    click.option("--retry-failed", is_flag=True, help="Try every failed page again, not only what may pass."),
    click.option(
        "--time-limit",
        "seconds_a_page",
        type=click.FloatRange(1),
        metavar="SECONDS",
        help="Give up a page that takes longer to audit. Default: 120.",
    ),
    click.option(
        "--delay", type=click.FloatRange(0), metavar="SECONDS", help="Between two requests to a host. Default: 1."
    ),
    click.option(
        "--timeout", type=click.FloatRange(0), metavar="SECONDS", help="For the network, for one page. Default: 9."
    ),
    click.option("--cache", type=click.Path(file_okay=False), metavar="DIR", help="Keep fetched pages in DIR."),
    click.option("--contact", metavar="URL", help="Where site owners reach you: a web or e-mail address."),
    click.option("--use-proxies", is_flag=True, default=None, help="Fetch through the proxies of the environment."),
    click.option("--offline", is_flag=True, default=None, help="Fetch nothing from the web. Kept with the job."),
    click.option(
        "--allow-private", is_flag=True, default=None, help="Fetch from private addresses too. Kept with the job."
    ),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "note", "never"]),
        default="never",
        help="The least severity that makes the exit code 1. Default: never.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
)


def scan_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the arguments of a scan."""
    return reduce(lambda wrapped, option: option(wrapped), reversed(_OPTIONS), command)


def kept_from(options: dict[str, Any]) -> dict[str, Any]:
    """Of what a job keeps, that which was asked for by name."""
    from auditor.scanning.shards import shard_from

    asked = {name: options[name] for name in _KEPT if options[name] is not None}
    return asked | ({"shard": shard_from(asked["shard"])} if "shard" in asked else {})


def chosen_from(options: dict[str, Any]) -> Chosen:
    """What this run chooses."""
    import os

    from auditor.scanning.settings import Chosen

    asked = {name: options[name] for name in _CHOSEN if options[name] is not None}
    return Chosen(**{"workers": os.cpu_count() or 1} | asked)


def places_from(inputs: tuple[str, ...], options: dict[str, Any], kept: Kept) -> Iterator[Place]:
    """The pages that were named, in whatever way, one at a time."""
    from auditor.fetching.fetcher import Fetcher
    from auditor.scanning.inputs import places_listed, places_named
    from auditor.scanning.settings import fetching_of

    yield from places_named(inputs)
    for name in options["urls_from"]:
        yield from places_listed(name)
    for name in options["sitemap"]:
        from auditor.scanning.sitemaps import places_mapped

        yield from places_mapped(name, Fetcher(fetching_of(kept)).bytes_at)
    for name in options["warc"]:
        from auditor.scanning.archives import places_archived

        yield from places_archived(name)
