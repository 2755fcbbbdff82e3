"""Makes a small folder for extraction.py of invented pages: python tests/benchmarks/extraction_sample.py FOLDER

The prose is the project's own reference statements; the pages are of a few common builds, with the furniture that sites
have. It shows that the measuring works, and how fast; how well articles of the web are found, it can't tell.
"""

# ruff: noqa: E501  # the lines are pieces of pages

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Sequence
from html import escape
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from claims.references import reference_set  # noqa: E402  # the program lies beside this folder, installed or not

MENU = "".join(
    f'<li><a href="/{n}">{name}</a></li>'
    for n, name in enumerate(["Home", "Conditions", "Exercises", "Shop", "Contact"])
)
TEASERS = "".join(
    f'<li><a href="/t{n}">Ten things that your back wants you to know, part {n}</a></li>' for n in range(8)
)
COMMENTS = "".join(
    f'<div class="comment"><b>Reader {n}</b><p>I had this for years and nothing helped me at all.</p></div>'
    for n in range(6)
)
FOOTER = "<p>© 2024 Example Spine. All rights reserved. No part of this site may be copied.</p>" + MENU
Build = Callable[[str, Sequence[str]], str]


def paragraphs(texts: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>\n" for text in texts)


def semantic(title: str, texts: Sequence[str]) -> str:
    return f"""<header><a href="/">Example Spine</a><nav><ul>{MENU}</ul></nav></header><main><article><h1>{title}</h1>
<p class="byline">By Maria Keller</p>{paragraphs(texts)}</article></main><aside class="sidebar"><h2>Popular</h2><ul>{TEASERS}</ul></aside>
<footer>{FOOTER}</footer>"""


def blog(title: str, texts: Sequence[str]) -> str:
    return f"""<div id="top"><ul class="menu">{MENU}</ul></div><div id="content" class="post"><h1 class="entry-title">{title}</h1>
<div class="entry-content">{paragraphs(texts)}</div><div class="sharedaddy"><a href="#">Tweet</a> <a href="#">Mail</a></div></div>
<div class="related-posts"><h3>You may also like</h3><ul>{TEASERS}</ul></div><div id="comments">{COMMENTS}</div><div id="footer">{FOOTER}</div>"""


def soup(title: str, texts: Sequence[str]) -> str:
    return f"""<div class="a1"><div class="a2">{MENU}</div></div><div class="b1"><div class="b2">{title}</div>
<div class="b3">{paragraphs(texts, "div")}</div></div><div class="c1">{TEASERS}</div><div class="d1">{FOOTER}</div>"""


def table(title: str, texts: Sequence[str]) -> str:
    return f"""<table width="100%"><tr><td colspan="2"><b>Example Spine</b></td></tr><tr><td width="150"><ul>{MENU}</ul></td>
<td><h2>{title}</h2>{paragraphs(texts)}</td></tr><tr><td colspan="2">{FOOTER}</td></tr></table>"""


def shop(title: str, texts: Sequence[str]) -> str:
    return f"""<div class="cookie-banner"><p>We use cookies to make this site better for you.</p><button>Accept</button></div>
<nav><ul>{MENU}</ul></nav><section class="product"><h1>{title}</h1>{paragraphs(texts)}<a class="btn" href="/cart">Add to cart</a></section>
<div class="newsletter"><p>Sign up for our newsletter and save ten per cent on everything.</p></div><footer>{FOOTER}</footer>"""


def answers(title: str, texts: Sequence[str]) -> str:
    folded = "".join(f"<details><summary>{escape(t[:40])}?</summary><p>{escape(t)}</p></details>\n" for t in texts)
    return f"<nav><ul>{MENU}</ul></nav><main><h1>{title}</h1>{folded}</main><footer>{FOOTER}</footer>"


BUILDS: dict[str, Build] = {
    "semantic": semantic, "blog": blog, "soup": soup, "table": table, "shop": shop, "answers": answers,
}  # fmt: skip


def main() -> None:
    """Write the folder."""
    folder = Path(sys.argv[1])
    folder.joinpath("html").mkdir(parents=True, exist_ok=True)
    statements = iter([reference.statement for reference in reference_set().references.values()])
    truth = {}
    for number in range(5):
        texts = [" ".join(islice(statements, 2)) for _ in range(8)]
        for name, build in BUILDS.items():
            title = f"Nerve roots, part {number}"
            page = f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{build(title, texts)}</body></html>"
            folder.joinpath("html", f"{name}-{number}.html.gz").write_bytes(gzip.compress(page.encode()))
            shown = [line for text in texts for line in ((f"{text[:40]}?", text) if name == "answers" else (text,))]
            truth[f"{name}-{number}"] = {"articleBody": "\n\n".join([title, *shown])}
    folder.joinpath("ground-truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
