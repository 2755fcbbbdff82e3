"""The commands that look into rules and references: each gives back what is to be said."""

from __future__ import annotations

from pathlib import Path

import click

from reports.choosing import rules_called
from reports.saying import Said, width


@click.command()
@click.argument("rule", required=False)
@click.option("--all", "everything", is_flag=True, help="Explain every rule.")
def explain(rule: str | None, everything: bool) -> Said:
    """Say what a rule, or a family of rules, means and why."""
    from claims.rules.load import rule_set
    from reports.explaining import explained

    if everything == bool(rule):
        raise click.UsageError("name a rule or a family such as promo, or ask for --all")
    rules = rule_set().rules
    ids = sorted(rules) if everything else rules_called(rule or "", rules)
    return Said("\n".join(explained(rules[id], width()) for id in ids))


@click.group()
def reference() -> None:
    """Look into the reference claim set, the evidence that claims are judged by."""


@reference.command("list")
def list_() -> Said:
    """List the reference claims, one a line."""
    from claims.references import reference_set
    from reports.reference_text import listed

    return Said(listed(reference_set().references.values(), width()))


@reference.command()
@click.argument("id")
def show(id: str) -> Said:
    """Show one reference claim with its sources."""
    from claims.references import reference_set
    from reports.hinting import known
    from reports.reference_text import shown

    references = reference_set().references
    known("reference", id, references, "audit.py reference list shows them")
    return Said(shown(references[id], width()))


@reference.command()
@click.argument("folder", required=False)
def validate(folder: str | None) -> Said:
    """Check the reference set, or one in a FOLDER of TOML files."""
    from claims.references import reference_set, references_at
    from reports.reference_text import summed

    return Said(summed(references_at(Path(folder)) if folder else reference_set()))
