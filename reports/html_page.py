"""What every HTML page of ours has: its look, its templates, its scripts, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class _Flush(FileSystemLoader):
    """Templates without their indentation, which is for us and would be a tenth of a large report."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, name, current = super().get_source(environment, template)
        return "\n".join(line.lstrip() for line in source.split("\n")), name, current


@cache
def environment() -> Environment:
    """The templates, escaping whatever they are given; a name that is missing is an error."""
    loader: BaseLoader = _Flush(_TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def style_of(*names: str) -> Markup:
    """The style sheets as one, to stand in the page itself."""
    return Markup("".join(_text_of(name) for name in names))


@cache
def script_of(*names: str) -> Markup:
    """The scripts as one, to stand in the page itself; nothing in them can be reached from outside."""
    return Markup('(() => {\n"use strict";\n' + "".join(_text_of(name) for name in names) + "})();\n")


def policy_for(style: str, script: str | None = None) -> str:
    """The content security policy (CSP level 3) of a page with this style and this script and nothing else.

    Trusted types, where a browser knows them, keep the script from making elements out of text.
    """
    inside = f"style-src {_source(style)}; "
    if script is not None:
        inside += f"script-src {_source(script)}; require-trusted-types-for 'script'; trusted-types 'none'; "
    return f"default-src 'none'; {inside}base-uri 'none'; form-action 'none'"


def data_of(value: Any) -> Markup:
    """JSON to stand in a script element: no sign in it can end the element or, as JavaScript, a line."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE))


def _text_of(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
