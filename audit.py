"""The command line: parse, wire, exit code."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.choosing import choice_of, chosen, gates, reaches
from reports.errors import ReportError
from reports.fetch_options import fetch_options, fetch_settings
from reports.formats import EVALUATION_FORMATS, FORMATS, SITES, rendered
from reports.knowing import explain, reference
from reports.look import Look
from reports.options import deciding, writing
from reports.plain import one_line
from reports.review.commands import review
from reports.saying import Said, width
from reports.scan_options import scan_options
from reports.targets import Target, targets_of, write
from reports.version import NAME, version

if TYPE_CHECKING:
    from auditor.fetching.settings import FetchSettings
    from auditor.model import Outcome
    from auditor.scanning.progress import Progress
    from auditor.scanning.summary import Summary
    from reports.decisions import DecisionEntry
    from reports.evaluation_model import EvaluationReport
    from reports.model import Report

OK, FOUND, WRONG_USE, MISSED, INTERRUPTED = 0, 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), "--version", prog_name=NAME, message="%(prog)s %(version)s")
def cli() -> None:
    """Audit the health claims that pages make about nerve roots.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong use; 3 nothing gating, but some input could not
    be audited; 130 interrupted.
    """


@cli.command()
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@writing(FORMATS)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    help="The least severity that makes the exit code 1. Default: error.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 where findings would make it 1.")
@click.option("--select", multiple=True, metavar="RULES", help="Only findings of these rules or families, by commas.")
@click.option("--ignore", multiple=True, metavar="RULES", help="No findings of these rules or families, by commas.")
@deciding
@click.option("--stdin-filename", metavar="NAME", default="", help="What the page on standard input is called.")
@fetch_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say on standard error what became of each input.")
def check(inputs: tuple[str, ...], formats: tuple[str, ...], color: str, **options: Any) -> int:
    """Audit pages now: files, folders (the pages in them), web addresses, or - for standard input.

    An INPUT may be a pattern such as 'drafts/**/*.md', or @FILE for a list of inputs, one a line.
    """
    from claims.rules.load import rule_set
    from reports.review.using import decisions_in

    if not inputs:
        raise click.UsageError("name a file, a folder, a web address, or - for standard input")
    targets = targets_of(formats, (*inputs, *options["decisions"]))
    decisions = decisions_in(options["decisions"])
    choice = choice_of(options["select"], options["ignore"], rule_set().rules)
    outcomes = _outcomes(inputs, fetch_settings(options), options["stdin_filename"])
    warned = options["quiet"] or Target("text", None) in targets  # that report names each miss itself
    report = _reviewed(_report(tuple(_followed(outcomes, not warned, options))), decisions, options["quiet"])
    report = chosen(report, choice)
    _deliver(report, targets, color)
    return _exit_code(report, options["fail_on"], options["exit_zero"])


@cli.command()
@scan_options
def scan(job: Path, inputs: tuple[str, ...], **options: Any) -> int:
    """Audit many pages into a job folder; the same command again goes on where the last one ended.

    INPUT is a web address, a file or a folder. Exit codes: 0 every page was audited; 1 findings at or above --fail-on;
    2 wrong use; 3 some page could not be audited; 130 stopped, to be resumed.
    """
    from auditor.scanning.job import begun
    from auditor.scanning.manifest import manifest_of
    from auditor.scanning.scan import scanned
    from auditor.scanning.summary import summary_of
    from reports.job_summary import text_of
    from reports.job_tables.writing import text_of as manifest_text
    from reports.scan_options import chosen_from, kept_from, places_from
    from reports.tool import judges

    with begun(job, kept_from(options), judges()) as opened:
        done = scanned(
            opened, places_from(inputs, options, opened.kept), chosen_from(options), _watch(options["quiet"])
        )
        summary = summary_of(opened.store)
        write(job / "manifest.json", manifest_text(manifest_of(opened.store)))
    if not summary.states:
        raise click.UsageError("there is no page to scan; name some, or --urls-from, --sitemap or --warc")
    if not options["quiet"]:
        _put(text_of(summary, width()))
    return INTERRUPTED if done.stopped else _scan_code(summary, options["fail_on"])


@cli.command("merge")
@click.argument("shards", nargs=-1, required=True, metavar="SHARD...", type=click.Path(path_type=Path))
@click.option("--job", type=click.Path(path_type=Path), required=True, metavar="DIR", help="The new job folder.")
def merge_jobs(shards: tuple[Path, ...], job: Path) -> None:
    """Join the job folders of shards into one, in which every page stands once."""
    from auditor.scanning.merging import merged
    from reports.wording import counted

    _say(f"{job}: {counted(merged(shards, job), 'page')} of {counted(len(shards), 'job')}")


@cli.command()
@click.argument("run", metavar="RUN.json|JOB")
@writing(FORMATS)
@deciding
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def report(run: str, formats: tuple[str, ...], color: str, decisions: tuple[str, ...], quiet: bool) -> None:
    """Render a saved JSON report, or a job folder, in other formats, without auditing again.

    Of a job: text (a summary), csv, jsonl and parquet (tables in a folder), html (a site in a folder) and sarif.
    """
    from reports.json_report import report_at
    from reports.review.using import decisions_in

    if Path(run).is_dir():
        _deliver_job(Path(run), formats, color, decisions_in(decisions), quiet)
        return
    targets = targets_of(formats, [run, *decisions])
    _deliver(_reviewed(report_at(run), decisions_in(decisions), quiet), targets, color)


for _command in (review, explain, reference):
    cli.add_command(_command)


@cli.command()
@click.argument("gold", nargs=-1, metavar="GOLD.jsonl...")
@writing(EVALUATION_FORMATS)
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
    targets = targets_of(formats, gold, EVALUATION_FORMATS, sites=())
    labelled = gold_set(gold)
    outcomes = _followed(outcomes_of(labelled.pages), False, {"quiet": False, "verbose": False})
    found = evaluation_of(labelled, outcomes, seed)
    _deliver(found, targets, color, EVALUATION_FORMATS, misses)
    return MISSED if found.figures.not_audited else OK


def _outcomes(inputs: tuple[str, ...], fetching: FetchSettings, stdin_name: str) -> Iterator[Outcome]:
    from auditor.inputs import sources_of
    from auditor.pipeline import Settings, audits_of

    return audits_of(sources_of(inputs), settings=Settings(fetching, stdin_name))


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


def _watch(quiet: bool) -> Callable[[Progress], None]:
    """Tells the progress of a scan on standard error: in one line that changes, or where nobody looks, now and then."""
    from reports.job_progress import line_of

    live, told = sys.stderr.isatty(), [time.monotonic()]

    def watch(progress: Progress) -> None:
        if quiet or time.monotonic() - told[0] < (0.2 if live else 30):
            return
        told[0] = time.monotonic()
        line = line_of(progress, width() - 1 if live else 200)
        click.echo(f"\r\x1b[K{line}" if live else line, nl=not live, err=True)

    return watch


def _scan_code(summary: Summary, fail_on: str) -> int:
    if reaches(summary.severities, fail_on):
        return FOUND
    return MISSED if summary.reasons else OK


def _report(outcomes: tuple[Outcome, ...]) -> Report:
    from auditor.model import Run
    from claims.references import reference_set
    from reports.building import report_of
    from reports.tool import tool_info

    return report_of(Run(outcomes), tool_info(), reference_set().references)


def _reviewed(report: Report, decisions: Sequence[DecisionEntry], quiet: bool) -> Report:
    from reports.review.using import reviewed

    marked, warnings = reviewed(report, decisions)
    _warn(warnings, quiet)
    return marked


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
        if target.is_folder:
            _deliver_site(report, target, color)
            continue
        text = rendered(report, target.format, _look(target, color, misses), formats)
        _put(text) if target.path is None else write(target.path, text)


def _deliver_job(
    job: Path, formats: tuple[str, ...], color: str, decisions: Sequence[DecisionEntry], quiet: bool
) -> None:
    from auditor.scanning.job import job_at
    from reports.jobs import delivered, job_targets

    targets, store = job_targets(formats, job), job_at(job)
    for target in targets:
        for piece in delivered(store, target, _look(target, color, 0), decisions):
            _put(piece)
        if target.path and not quiet:
            _say(f"{target.path}: {target.format} written")


def _deliver_site(report: Any, target: Target, color: str) -> None:
    write_site = import_module(SITES[target.format]).write_site
    write_site(report, target.path, _look(target, color, 0))


def _look(target: Target, color: str, misses: int) -> Look:
    from claims.rules.load import rule_set

    shown = target.path is None
    able = shown and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colour = color == "always" or (color == "auto" and able)
    return Look(width() if shown else Look().width, colour, rule_set().rules, misses)


def _put(text: str) -> None:
    """Writes to standard output, in UTF-8 unless a terminal says otherwise; a reader who leaves early is no error."""
    encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
    try:
        sys.stdout.buffer.write(text.encode(encoding, errors="replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(said: Said) -> int:
    _warn(said.warnings, quiet=False)
    _put(said.text)
    return OK


def _warn(lines: Iterable[str], quiet: bool) -> None:
    for line in () if quiet else lines:
        _say(f"warning: {line}")


def _say(message: str) -> None:
    click.echo(one_line(message), err=True)


def _is_wrong_use(error: Exception) -> bool:
    from auditor.errors import InputMissing, JobError
    from claims.errors import DataError
    from claims.language import ModelMissing

    return isinstance(error, ReportError | InputMissing | JobError | DataError | ModelMissing)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and gives its exit code; whatever the user can mend is told on one line."""
    try:
        found = cli.main(arguments, prog_name="audit.py", standalone_mode=False)
        return _told(found) if isinstance(found, Said) else int(found or OK)
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
