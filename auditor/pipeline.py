"""From the name of a page to its audit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.errors import NothingToJudge, PageError, Unreadable
from auditor.fetching.settings import FetchSettings
from auditor.inputs import is_url
from auditor.model import Article, Audit, Format, Outcome, Page, Reason, Skipped
from auditor.reading.article import article_of
from auditor.reading.files import page_of
from auditor.reading.language import name_of
from auditor.robot_notes import notes_of
from claims.model import Passage

if TYPE_CHECKING:
    from auditor.fetching.fetcher import Fetcher

_JUDGED_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are got."""

    fetching: FetchSettings = field(default_factory=FetchSettings)


_USUAL = Settings()


class Sources:
    """Where pages come from: files, standard input and, through one fetcher that is made when first needed, the web."""

    def __init__(self, settings: Settings = _USUAL) -> None:
        self._settings = settings

    def page(self, source: str) -> Page:
        """The page that a path or an address names; raises PageError."""
        return self._fetcher.page_at(source) if is_url(source) else page_of(source)

    @cached_property
    def _fetcher(self) -> Fetcher:
        from auditor.fetching.fetcher import Fetcher  # requests is loaded only when something is fetched

        return Fetcher(self._settings.fetching)


def audits_of(sources: Iterable[str], *, settings: Settings = _USUAL) -> Iterator[Outcome]:
    """The outcome of every source, in order and one at a time; a page that fails never stops the next."""
    pages = Sources(settings)
    return (_outcome(source, pages) for source in sources)


def audit_of(source: str, *, settings: Settings = _USUAL) -> Outcome:
    """The audit of one page, or why there is none.

    Whatever goes wrong with a page is an outcome. ModelMissing and DataError are no page's fault, and are raised.
    """
    return _outcome(source, Sources(settings))


def _outcome(source: str, pages: Sources) -> Outcome:
    try:
        return _audit(*_read(source, pages))
    except PageError as error:
        return Skipped(source, error.miss, Reason(error.code, str(error)))


def _read(source: str, pages: Sources) -> tuple[Page, Article]:
    try:
        page = pages.page(source)
        article = article_of(page)
    except PageError:
        raise
    except Exception as error:  # a page made to break a parser must not stop the others
        raise Unreadable("read/error", f"the page could not be read: {_one_line(error)}") from error
    _refuse_other_languages(article)
    return page, article


def _refuse_other_languages(article: Article) -> None:
    language = article.language
    if language and language != _JUDGED_LANGUAGE:
        raise NothingToJudge(
            "page/language", f"the page is in {name_of(language)} ({language}); only English is judged"
        )


def _audit(page: Page, article: Article) -> Audit:
    from claims.errors import DataError
    from claims.examine import examine  # spaCy is loaded only when there is something to judge
    from claims.language import ModelMissing

    passages = [Passage(block.kind, block.text) for block in article.blocks]
    try:
        examination = examine(passages, article.facts)
    except (ModelMissing, DataError):
        raise
    except Exception as error:  # one page that no rule was written for must not stop the others
        raise PageError("audit/error", f"the page could not be judged: {_one_line(error)}") from error
    return Audit(page.source, page.url, page.fetched_at, text_sha256(article), article, examination, _robots(page))


def _robots(page: Page) -> tuple[str, ...]:
    written = notes_of(page.text) if page.format is Format.HTML else ()
    return tuple(dict.fromkeys((*page.robots, *written)))


def text_sha256(article: Article) -> str:
    """The hash of what a reader reads: block texts joined by line ends."""
    return hashlib.sha256("\n".join(block.text for block in article.blocks).encode()).hexdigest()


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__} {' '.join(str(error).split())[:200]}".rstrip()
