"""The article of a page: what a reader sees of it, and what the page says of itself."""

from __future__ import annotations

from dataclasses import replace

from auditor.errors import Unreadable
from auditor.model import Article, Format, Page, Role
from auditor.reading.about import about_of
from auditor.reading.bylines import author_in, date_in
from auditor.reading.draft import Draft
from auditor.reading.facts import facts_of
from auditor.reading.language import language_of
from auditor.reading.plain import scrubbed

MAX_BLOCKS = 20_000  # no article has more; a page made to tire the reader has


def article_of(page: Page) -> Article:
    """The article of a page. Raises Unreadable (`read/empty`, `read/no-text`, `read/too-large`)."""
    text = scrubbed(page.text)
    if not text.strip():
        raise Unreadable("read/empty", "the page is empty")
    draft = _draft_of(text, page.format)
    _refuse_unfit(draft)
    article, about = draft.article, about_of(draft)
    return Article(
        title=draft.about.title,
        language=language_of("\n".join(block.text for block in article), draft.about.language),
        author=draft.about.author or author_in(article),
        published=draft.about.published or date_in(article),
        blocks=draft.blocks,
        facts=facts_of(draft, about),
        about=about,
    )


def _refuse_unfit(draft: Draft) -> None:
    if not draft.blocks:
        raise Unreadable("read/no-text", "the page has no text to read; it may need scripts to show any")
    if len(draft.blocks) > MAX_BLOCKS:
        raise Unreadable("read/too-large", f"the page has over {MAX_BLOCKS:,} blocks of text; split it")


def _draft_of(text: str, written_in: Format) -> Draft:
    """Each format is imported when it is met: their parsers take a while to load."""
    if written_in is Format.HTML:
        from auditor.reading import html

        return html.draft_of(text)
    if written_in is Format.WORD:
        from auditor.reading import html

        return _as_draft(html.draft_of(text))
    if written_in is Format.MARKDOWN:
        from auditor.reading import markdown

        return markdown.draft_of(text)
    from auditor.reading import text as plain_text

    return plain_text.draft_of(text)


def _as_draft(page: Draft) -> Draft:
    """A Word file as read: its lines are paragraphs, and its paths would select nothing in it."""
    blocks = (
        replace(block, path="", fragment=None, role=Role.CORE, line=max(block.line - 1, 1)) for block in page.blocks
    )
    return replace(page, blocks=tuple(blocks), whole=False, broken=False)
