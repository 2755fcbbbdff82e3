"""Pages marked with what must be flagged: exactly that is found, each in its element, and nothing elsewhere.

`data-flags` on an element lists the rules that must fire in it (on <html>: for the whole page); `data-todo` lists known
misses, which move to `data-flags` on the day they are found. A Markdown page carries no marks: nothing may fire on it.
"""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from auditor.model import Audit
from auditor.pipeline import audit_of

PAGES = sorted((Path(__file__).parent / "fixtures" / "marked").iterdir())
Marks = set[tuple[str, str]]


def marks_in(soup: BeautifulSoup, attribute: str) -> Marks:
    return {
        (_place(tag), rule) for tag in soup.find_all(attrs={attribute: True}) for rule in str(tag[attribute]).split()
    }


def _place(tag: Tag) -> str:
    return "page" if tag.name == "html" else " ".join(tag.get_text().split())


def found_in(audit: Audit, soup: BeautifulSoup) -> Marks:
    found: Marks = set()
    for finding in audit.examination.findings:
        if finding.span is None:
            found.add(("page", finding.rule))
            continue
        block = audit.article.blocks[finding.span.block]
        element = soup.select_one(block.path) if block.path else None
        found.add((_place(element) if element else block.text, finding.rule))
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_marked_page_is_flagged_where_it_is_marked_and_nowhere_else(path: Path) -> None:
    audit = audit_of(str(path))
    assert isinstance(audit, Audit)
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    found, wanted, todo = found_in(audit, soup), marks_in(soup, "data-flags"), marks_in(soup, "data-todo")
    assert found == wanted
    assert not found & todo, "a known miss is found now: move it from data-todo to data-flags"
