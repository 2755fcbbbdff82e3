"""The arguments of a command name pages, in order and each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import InputMissing
from auditor.inputs import is_url, sources_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.html", "a.md", "sub/c.txt", "sub/d.XHTML", "notes.docx", ".hidden.md", ".git/e.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("root")
    return tmp_path


def test_a_folder_means_the_pages_in_it_sorted(folder: Path) -> None:
    found = [Path(source).relative_to(folder).as_posix() for source in sources_of([str(folder)])]
    assert found == ["a.md", "b.html", "sub/c.txt", "sub/d.XHTML"]


def test_the_order_is_kept_and_nothing_comes_twice(folder: Path) -> None:
    page = str(folder / "b.html")
    again = f"{folder}/sub/../b.html"
    url = "https://example.org/root"
    assert sources_of(["-", page, url, again, "-", url]) == ("-", page, url)


def test_a_file_that_is_named_is_taken_whatever_its_ending(folder: Path) -> None:
    assert sources_of([str(folder / "notes.docx")]) == (str(folder / "notes.docx"),)


@pytest.mark.parametrize("argument", ["no-such.md", "example.org/root", "", "a\0b", "x" * 5000])
def test_what_does_not_exist_is_wrong_use(argument: str) -> None:
    with pytest.raises(InputMissing) as caught:
        sources_of([argument])
    assert "no such file" in str(caught.value) and "\n" not in str(caught.value)


def test_a_folder_without_pages_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="holds no page"):
        sources_of([str(tmp_path)])


@pytest.mark.parametrize(
    "source", ["https://example.org/", "HTTP://example.org", "ftp://example.org", "file:///etc/hosts"]
)
def test_whatever_has_a_scheme_is_an_address(source: str) -> None:
    assert is_url(source) and sources_of([source]) == (source,)


@pytest.mark.parametrize("source", ["-", "page.md", "C:\\page.md", "https:/page", "a/b://c"])
def test_a_path_is_no_address(source: str) -> None:
    assert not is_url(source)
