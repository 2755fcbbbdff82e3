"""Imports run one way, and each outside library stays in its room."""

import ast
from pathlib import Path

import pytest

from reports.formats import EVALUATION_FORMATS, FORMATS

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {"claims": {"claims"}, "auditor": {"claims", "auditor"}, "reports": {"claims", "auditor", "reports"}}
ROOMS = {"spacy": "claims/", "requests": "auditor/fetching/", "bs4": "auditor/reading/"}
ROOMS |= dict.fromkeys(("selectolax", "trafilatura", "docx"), "auditor/reading/")
FORMAT_MODULES = sorted({*FORMATS.values(), *EVALUATION_FORMATS.values()})


def modules() -> list[Path]:
    return [path for folder in MAY_IMPORT for path in sorted((ROOT / folder).rglob("*.py"))]


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_rooms_further_down(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    ours = imports_of(path) & {"claims", "auditor", "reports", "audit"}
    assert ours <= MAY_IMPORT[folder]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_an_outside_library_stays_in_its_room(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    strays = [name for name in imports_of(path) & ROOMS.keys() if not place.startswith(ROOMS[name])]
    assert strays == []


@pytest.mark.parametrize("name", FORMAT_MODULES)
def test_a_format_imports_no_other_format(name: str) -> None:
    path = ROOT / f"{name.replace('.', '/')}.py"
    imported = {
        f"{node.module}.{alias.name}" if node.module == "reports" else node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported & set(FORMAT_MODULES) == set()


def test_the_top_level_holds_only_what_is_agreed() -> None:
    agreed = {"auditor", "claims", "reports", "tests", "docs", "audit.py", "pyproject.toml"}
    agreed |= {"README.md", "LICENSE", "CHANGELOG.md", "requirements.lock", "requirements-dev.lock"}
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert visible - agreed - {"report.html", "shared", "__pycache__"} <= {
        p for p in visible if p.endswith(".egg-info")
    }
