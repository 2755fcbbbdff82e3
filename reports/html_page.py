"""What every HTML page of ours has: its look, its templates, and a policy that lets nothing run and nothing load."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The templates, escaping whatever they are given; a name that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def style_of(*names: str) -> Markup:
    """The style sheets as one, to stand in the page itself."""
    return Markup("".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in names))


def policy_for(style: str) -> str:
    """The content security policy of a page with this style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
