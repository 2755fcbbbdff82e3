"""The commands of `audit.py review`: each gives back what is to be said, and only audit.py says it."""

from __future__ import annotations

import click

from reports.saying import Said, width


@click.group()
def review() -> None:
    """Work with what reviewers decided: the decisions.json that the HTML report exports."""


@review.command()
@click.argument("files", nargs=-1, required=True, metavar="DECISIONS.json...")
@click.option("-o", "--output", metavar="FILE", help="Write all decisions together to FILE.")
def merge(files: tuple[str, ...], output: str | None) -> Said:
    """Put reviewers together: how far they agree, how often each rule was right, and where they differ.

    Of two decisions of one reviewer on one finding, the later stands.
    """
    from reports.decisions import decisions_at, decisions_text
    from reports.review.merging import merged
    from reports.review.summary import summary
    from reports.targets import file_at, write

    together = merged(decisions_at(file) for file in files)
    if output:
        write(file_at(output, files), decisions_text(together.file))
    return Said(summary(together, width()))


@review.command()
@click.argument("decisions", metavar="DECISIONS.json")
@click.argument("run", metavar="RUN.json")
@click.option("--suppressions", metavar="FILE", help="Write the false alarms to FILE, for --decisions.")
@click.option("--gold", metavar="FILE", help="Write labelled pages to FILE, for evaluate.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def apply(decisions: str, run: str, suppressions: str | None, gold: str | None, quiet: bool) -> Said:
    """Turn decisions on a saved JSON report into suppressions and into labelled pages.

    Only what nobody contradicts and what has not expired is used.
    """
    from reports.decisions import decisions_at
    from reports.json_report import report_at
    from reports.review.applying import applied
    from reports.targets import file_at, write

    if not suppressions and not gold:
        raise click.UsageError("name a file with --suppressions or --gold")
    found = applied(decisions_at(decisions).decisions, report_at(run))
    inputs = [decisions, run]
    if suppressions:
        write(file_at(suppressions, inputs), found.suppressions)
    if gold:
        write(file_at(gold, [*inputs, suppressions or ""]), found.gold)
    return Said(found.summary, () if quiet else found.warnings)
