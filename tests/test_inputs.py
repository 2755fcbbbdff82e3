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
    assert found == ["a.md", "b.html", "notes.docx", "sub/c.txt", "sub/d.XHTML"]


def test_the_order_is_kept_and_nothing_comes_twice(folder: Path) -> None:
    page = str(folder / "b.html")
    again = f"{folder}/sub/../b.html"
    url = "https://example.org/root"
    assert sources_of(["-", page, url, again, "-", url]) == ("-", page, url)


def test_a_pattern_means_the_paths_that_it_matches_sorted(folder: Path) -> None:
    found = [Path(source).relative_to(folder).as_posix() for source in sources_of([f"{folder}/**/*.[mt]*"])]
    assert found == ["a.md", "sub/c.txt"]


def test_a_pattern_that_matches_a_folder_means_the_pages_in_it(folder: Path) -> None:
    assert sources_of([f"{folder}/su?"]) == (f"{folder}/sub/c.txt", f"{folder}/sub/d.XHTML")


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    page = tmp_path / "page[1].html"
    page.write_text("root")
    assert sources_of([str(page)]) == (str(page),)


def test_a_list_names_inputs_with_remarks_and_empty_lines_between(folder: Path) -> None:
    names = folder / "inputs.lst"
    names.write_text(f"\ufeff# drafts\n{folder}/a.md\n\n  https://example.org/x  \n{folder}/sub\n", encoding="utf-8")
    assert sources_of([f"@{names}"]) == (
        f"{folder}/a.md",
        "https://example.org/x",
        f"{folder}/sub/c.txt",
        f"{folder}/sub/d.XHTML",
    )


@pytest.mark.parametrize("line", ["@other.lst", "gone.md", "*.none"])
def test_a_list_that_names_what_is_not_there_is_wrong_use(tmp_path: Path, line: str) -> None:
    names = tmp_path / "inputs.lst"
    names.write_text(line)
    with pytest.raises(InputMissing) as caught:
        sources_of([f"@{names}"])
    assert line in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["gone.lst", "binary.lst", "."])
def test_a_list_that_cannot_be_read_is_wrong_use(tmp_path: Path, name: str) -> None:
    (tmp_path / "binary.lst").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputMissing, match="list of inputs could not be read"):
        sources_of([f"@{tmp_path / name}"])


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
