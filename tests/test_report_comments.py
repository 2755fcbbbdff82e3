"""Markdown and GitHub's commands show what a page wrote, and obey none of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import BLOCKS, FINDINGS, MISS, REFERENCES, TOOL, audit, decided_report, report

from auditor.model import Run
from claims.model import Examination, Severity
from reports import github_annotations, markdown_report
from reports.building import report_of
from reports.look import Look
from reports.markdown_text import escaped, linked, unlinked
from reports.model import Report
from reports.plain import one_line

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://example.org/track.png)",
    "[a]: https://example.org",
    "<https://example.org/auto>",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "123456789) item",
    "> quote",
    "===",
    "---",
    "***",
    "```",
    "    code",
    "`code`",
    "**bold** _it_ ~~gone~~",
    "| a | b |",
    "&lt;b&gt; &#x41;",
    "a\\",
    "two\n\nparagraphs",
    "{{ template }} $x^2$",
    "",
]


def said_by(markdown: str) -> str:
    """What a reader sees of Markdown that is a quote of one paragraph and nothing else."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse("> x" + markdown)
    assert [token.type for token in tokens if token.nesting >= 0] == ["blockquote_open", "paragraph_open", "inline"]
    children = tokens[2].children or []
    assert {child.type for child in children} <= {"text"}
    return "".join(child.content for child in children)[1:]


def opened_by(markdown: str) -> list[str]:
    """The kinds of blocks and spans that Markdown opens."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    kinds = [token.type for token in tokens]
    return kinds + [child.type for token in tokens for child in token.children or []]


# ---- Markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_plain_paragraph(text: str) -> None:
    kinds = set(opened_by(escaped(text)))
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text"}


@given(st.text())
def test_escaped_text_is_read_as_it_was_written(text: str) -> None:
    assert said_by(escaped(f"y {text}")) == one_line(f"y {text}")
    assert set(opened_by(escaped(text))) <= {"paragraph_open", "inline", "paragraph_close", "text"}
    assert set(opened_by(f"## y {escaped(text)}")) <= {"heading_open", "inline", "heading_close", "text"}


@pytest.mark.parametrize("text", ["@someone", "a@example.org", "www.example.org", "https://example.org", "see #12"])
def test_nothing_that_a_site_would_link_is_left(text: str) -> None:
    shown = unlinked(text)
    assert shown.replace("\u2060", "") == text
    assert not re.search(r"@\w|#\d|www\.\w|://", shown)


def test_a_link_leads_where_it_says_and_nowhere_else() -> None:
    tokens = MarkdownIt("commonmark").parse(linked("a](https://example.org/evil)", "https://example.org/ok>(x"))
    links = [child for child in tokens[1].children or [] if child.type == "link_open"]
    assert [link.attrGet("href") for link in links] == ["https://example.org/ok%3E%28x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_comment_on_a_hostile_page_holds_no_markup_of_the_page(text: str) -> None:
    def made(words: str) -> Report:
        findings = tuple(replace(each, quote=words, message=words, suggestion=words) for each in FINDINGS)
        article = replace(audit().article, title=words)
        page = audit(source=words, article=article, examination=Examination(audit().examination.judgements, findings))
        return report(page, replace(MISS, source=words))

    hostile, harmless = (opened_by(markdown_report.render(made(words), Look())) for words in (text or "x", "words"))
    assert hostile == harmless


def test_a_run_cut_short_says_so_in_the_comment() -> None:
    assert "cut short" in markdown_report.render(report_of(Run((), complete=False), TOOL, REFERENCES), Look())


def test_a_clean_page_gets_no_guarantee_in_the_comment() -> None:
    text = markdown_report.render(report(audit(examination=Examination((), ()))), Look())
    assert "No health claim about nerve roots was found." in text
    assert "A page without findings is not a page without faults" in text


# ---- GitHub


def commands_of(made: Report) -> list[str]:
    return github_annotations.render(made, Look()).splitlines()


def loud(number: int, severity: Severity) -> Report:
    """The report of a page with so many findings of one severity."""
    found = (replace(FINDINGS[0], severity=severity, claim=None),) * number
    return report(audit(examination=Examination((), found)))


def test_each_severity_has_its_command() -> None:
    kinds = [line.split(" ")[0] for line in commands_of(report())]
    assert kinds == ["::error"] * 3 + ["::warning", "::notice"]


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_a_step_stays_within_ten_annotations_of_a_kind(severity: Severity, command: str) -> None:
    assert len(commands_of(loud(10, severity))) == 10
    lines = commands_of(loud(11, severity))
    assert len(lines) == 10
    assert lines[-1].startswith(f"::{command} title=2 more {command}s::There are 2 more")


def test_what_is_escaped_is_what_githubs_toolkit_escapes() -> None:
    found = replace(FINDINGS[0], message="50% a\r\nb", claim=None, quote=BLOCKS[1].text, suggestion=None)
    [line] = commands_of(report(audit(source="a,b:c%.md", examination=Examination((), (found,)))))
    assert line.startswith("::error file=a%2Cb%3Ac%25.md,line=3,title=claim/refuted::50%25 a b")


@given(st.text())
def test_no_text_of_a_page_makes_a_command(text: str) -> None:
    found = replace(FINDINGS[0], message=text, quote=text, suggestion=text, claim=None)
    made = report(audit(source=f"x{text}", examination=Examination((), (found,))), replace(MISS, source=text))
    output = github_annotations.render(made, Look())
    assert output.count("\n") == 2
    assert all(line.startswith(("::error ", "::warning ")) for line in output.split("\n")[:2])


def test_a_page_of_the_web_is_named_in_the_message() -> None:
    lines = commands_of(report(audit(source="https://example.org/w", url="https://example.org/wonders")))
    assert all("::https://example.org/wonders: " in line and " file=" not in line for line in lines)


def test_a_suppressed_finding_is_a_notice() -> None:
    lines = [line for line in commands_of(decided_report()) if "fairy tale" in line]
    assert len(lines) == 2
    assert all(line.startswith("::notice ") for line in lines)
