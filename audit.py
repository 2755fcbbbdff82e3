"""The command line: parse, wire, exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.choosing import choice_of, chosen, gates, rules_called
from reports.errors import ReportError
from reports.fetch_options import fetch_options, fetch_settings
from reports.formats import EVALUATION_FORMATS, FORMATS, rendered
from reports.look import Look
from reports.plain import one_line
from reports.targets import Target, targets_of, write
from reports.version import NAME, version

if TYPE_CHECKING:
    from auditor.fetching.settings import FetchSettings
    from auditor.model import Outcome
    from reports.evaluation_model import EvaluationReport
    from reports.model import Report

OK, FOUND, WRONG_USE, MISSED, INTERRUPTED = 0, 1, 2, 3, 130


def _writing(formats: Collection[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of every command that writes reports."""
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
        help=f"Write the report as {', '.join(formats)}, to FILE or standard output; may be repeated. Default: text.",
    )
    return lambda command: format(color(command))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), "--version", prog_name=NAME, message="%(prog)s %(version)s")
def cli() -> None:
    """Audit the health claims that pages make about nerve roots.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use; 3 nothing gating, but some input could not
    be audited; 130 interrupted.
    """


@cli.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@_writing(FORMATS)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    help="The least severity that makes the exit code 1. Default: error.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 where findings would make it 1.")
@click.option("--select", multiple=True, metavar="RULES", help="Only findings of these rules or families, by commas.")
@click.option("--ignore", multiple=True, metavar="RULES", help="No findings of these rules or families, by commas.")
@fetch_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say on standard error what became of each input.")
def check(inputs: tuple[str, ...], formats: tuple[str, ...], color: str, **options: Any) -> int:
    """Audit pages now: files, folders (the pages in them), web addresses, or - for standard input."""
    from claims.rules.load import rule_set

    if not inputs:
        raise click.UsageError("name a file, a folder, a web address, or - for standard input")
    targets = targets_of(formats, inputs)
    choice = choice_of(options["select"], options["ignore"], rule_set().rules)
    outcomes = _outcomes(inputs, fetch_settings(options))
    warned = options["quiet"] or Target("text", None) in targets  # that report names each miss itself
    report = chosen(_report(tuple(_followed(outcomes, not warned, options))), choice)
    _deliver(report, targets, color)
    return _exit_code(report, options["fail_on"], options["exit_zero"])


@cli.command()
@click.argument("run", metavar="RUN.json")
@_writing(FORMATS)
def report(run: str, formats: tuple[str, ...], color: str) -> None:
    """Render a saved JSON report in other formats, without auditing again."""
    from reports.json_report import report_at

    targets = targets_of(formats, [run])
    _deliver(report_at(run), targets, color)


@cli.command()
@click.argument("gold", nargs=-1, metavar="GOLD.jsonl...")
@_writing(EVALUATION_FORMATS)
@click.option("--misses", type=click.IntRange(0), default=20, metavar="N", help="Misses to list. Default: 20.")
@click.option("--seed", type=int, default=0, metavar="N", help="Where the bootstrap begins to draw. Default: 0.")
def evaluate(gold: tuple[str, ...], formats: tuple[str, ...], color: str, misses: int, seed: int) -> int:
    """Measure the auditor on labelled pages: one page a line, with the labels that docs/evaluation.md explains.

    A page that cannot be audited counts as one on which nothing was found, and makes the exit code 3.
    """
    from auditor.evaluation.auditing import outcomes_of
    from auditor.evaluation.gold import gold_set
    from reports.evaluation_building import evaluation_of

    if not gold:
        raise click.UsageError("name a file of labelled pages")
    targets = targets_of(formats, gold, EVALUATION_FORMATS)
    labelled = gold_set(gold)
    outcomes = _followed(outcomes_of(labelled.pages), False, {"quiet": False, "verbose": False})
    found = evaluation_of(labelled, outcomes, seed)
    _deliver(found, targets, color, EVALUATION_FORMATS, misses)
    return MISSED if found.figures.not_audited else OK


@cli.command()
@click.argument("rule", required=False)
@click.option("--all", "everything", is_flag=True, help="Explain every rule.")
def explain(rule: str | None, everything: bool) -> None:
    """Say what a rule, or a family of rules, means and why."""
    from claims.rules.load import rule_set
    from reports.explaining import explained

    if everything == bool(rule):
        raise click.UsageError("name a rule or a family such as promo, or ask for --all")
    rules = rule_set().rules
    ids = sorted(rules) if everything else rules_called(rule or "", rules)
    _put("\n".join(explained(rules[id], _width()) for id in ids))


@cli.group()
def reference() -> None:
    """Look into the reference claim set, the evidence that claims are judged by."""


@reference.command("list")
def list_() -> None:
    """List the reference claims, one a line."""
    from claims.references import reference_set
    from reports.reference_text import listed

    _put(listed(reference_set().references.values(), _width()))


@reference.command()
@click.argument("id")
def show(id: str) -> None:
    """Show one reference claim with its sources."""
    from claims.references import reference_set
    from reports.hinting import known
    from reports.reference_text import shown

    references = reference_set().references
    known("reference", id, references, "audit.py reference list shows them")
    _put(shown(references[id], _width()))


@reference.command()
@click.argument("folder", required=False)
def validate(folder: str | None) -> None:
    """Check the reference set, or one in a FOLDER of TOML files."""
    from claims.references import reference_set, references_at
    from reports.reference_text import summed

    _put(summed(references_at(Path(folder)) if folder else reference_set()))


def _outcomes(inputs: tuple[str, ...], settings: FetchSettings) -> Iterator[Outcome]:
    from auditor.inputs import sources_of
    from auditor.pipeline import Settings, audits_of

    return audits_of(sources_of(inputs), settings=Settings(settings))


def _followed(outcomes: Iterator[Outcome], warn: bool, options: dict[str, Any]) -> Iterator[Outcome]:
    """The same outcomes, told on standard error as they come: a count on a terminal, each miss, the rest with -v."""
    from auditor.model import Audit
    from reports.wording import counted

    counting = sys.stderr.isatty() and not options["quiet"]
    for number, outcome in enumerate(outcomes, 1):
        click.echo(f"\r\x1b[K{number} read\r", nl=False, err=True) if counting else None
        if isinstance(outcome, Audit) and options["verbose"]:
            _say(f"{outcome.source}: {counted(len(outcome.examination.findings), 'finding')}")
        elif not isinstance(outcome, Audit) and warn:
            _say(f"warning: {outcome.source}: {outcome.status.value}: {outcome.reason.message}")
        yield outcome
    click.echo("\r\x1b[K", nl=False, err=True) if counting else None


def _report(outcomes: tuple[Outcome, ...]) -> Report:
    from auditor.model import Run
    from claims.references import reference_set
    from reports.building import report_of
    from reports.tool import tool_info

    return report_of(Run(outcomes), tool_info(), reference_set().references)


def _exit_code(report: Report, fail_on: str, exit_zero: bool) -> int:
    if gates(report, fail_on):
        return OK if exit_zero else FOUND
    return MISSED if report.missed or not report.complete else OK


def _deliver(
    report: Report | EvaluationReport,
    targets: tuple[Target, ...],
    color: str,
    formats: Mapping[str, str] = FORMATS,
    misses: int = 0,
) -> None:
    for target in targets:
        text = rendered(report, target.format, _look(target, color, misses), formats)
        _put(text) if target.path is None else write(target.path, text)


def _look(target: Target, color: str, misses: int) -> Look:
    from claims.rules.load import rule_set

    shown = target.path is None
    able = shown and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = color == "always" or (color == "auto" and able)
    return Look(_width() if shown else Look().width, colour, rule_set().rules, misses)


def _width() -> int:
    return shutil.get_terminal_size((Look().width, 24)).columns


def _put(text: str) -> None:
    """Writes to standard output, in UTF-8 unless a terminal says otherwise; a reader who leaves early is no error."""
    encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
    try:
        sys.stdout.buffer.write(text.encode(encoding, errors="replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str) -> None:
    click.echo(one_line(message), err=True)


def _is_wrong_use(error: Exception) -> bool:
    from auditor.errors import InputMissing
    from claims.errors import DataError
    from claims.language import ModelMissing

    return isinstance(error, ReportError | InputMissing | DataError | ModelMissing)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and gives its exit code; whatever the user can mend is told on one line."""
    try:
        return int(cli.main(arguments, prog_name="audit.py", standalone_mode=False) or OK)
    except click.Abort:
        _say("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        error.show() if type(error).__name__ == "NoArgsIsHelpError" else _say(f"error: {error.format_message()}")
        return WRONG_USE
    except Exception as error:
        if not _is_wrong_use(error):
            raise
        _say(f"error: {error}")
        return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
