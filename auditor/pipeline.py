"""From the name of a page to its audit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.errors import NothingToJudge, PageError, Unreadable
from auditor.fetching.settings import FetchSettings
from auditor.inputs import STDIN, is_url
from auditor.model import Article, Audit, Format, Outcome, Page, Reason, Skipped
from auditor.reading.article import article_of
from auditor.reading.files import page_of
from auditor.reading.language import name_of
from auditor.robot_notes import notes_of
from claims.errors import DataError
from claims.model import Examination, Passage

if TYPE_CHECKING:
    from auditor.fetching.fetcher import Fetcher

_JUDGED_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are got; `stdin_name` is what the page on standard input goes by."""

    fetching: FetchSettings = field(default_factory=FetchSettings)
    stdin_name: str = ""


_USUAL = Settings()


class Sources:
    """Where pages come from: files, standard input and, through one fetcher that is made when first needed, the web."""

    def __init__(self, settings: Settings = _USUAL) -> None:
        self._settings = settings

    def page(self, source: str) -> Page:
        """The page that a path or an address names; raises PageError."""
        if is_url(source):
            return self._fetcher.page_at(source)
        return page_of(source, stdin_name=self._settings.stdin_name)

    def name_of(self, source: str) -> str:
        """What a source is called in a report."""
        return self._settings.stdin_name if source == STDIN and self._settings.stdin_name else source

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
        return Skipped(pages.name_of(source), error.miss, Reason(error.code, str(error)))


def _read(source: str, pages: Sources) -> tuple[Page, Article]:
    try:
        page = pages.page(source)
    except PageError:
        raise
    except Exception as error:
        raise _unread(error) from error
    return page, article_in(page)


def article_in(page: Page) -> Article:
    """The article of a page that can be judged; of one that names nothing topical, only what a quick look gives.

    Raises PageError, whatever is wrong with the page.
    """
    from auditor.reading.light import light_article_of  # parsers are loaded only when something is read

    try:
        article = light_article_of(page) or article_of(page)
    except (PageError, DataError):
        raise
    except Exception as error:  # a page made to break a parser must not stop the others
        raise _unread(error) from error
    _refuse_other_languages(article)
    return replace(article, robots=_robots(page))


def _robots(page: Page) -> tuple[str, ...]:
    written = notes_of(page.text) if page.format is Format.HTML else ()
    return tuple(dict.fromkeys((*page.robots, *written)))


def _unread(error: Exception) -> Unreadable:
    return Unreadable("read/error", f"the page could not be read: {one_line(error)}")


def _refuse_other_languages(article: Article) -> None:
    language = article.language
    if language and language != _JUDGED_LANGUAGE:
        raise NothingToJudge(
            "page/language", f"the page is in {name_of(language)} ({language}); only English is judged"
        )


def _audit(page: Page, article: Article) -> Audit:
    return Audit(page.source, page.url, page.fetched_at, text_sha256(article), article, examination_of(article))


def examination_of(article: Article) -> Examination:
    """The judged claims and findings of an article.

    Raises PageError; ModelMissing and DataError are no page's fault, and are raised as they are.
    """
    from claims.examine import examine  # spaCy is loaded only when there is something to judge
    from claims.fairness import with_fair_wordings
    from claims.language import ModelMissing

    try:
        return with_fair_wordings(examine(passages_of(article), article.facts))
    except (ModelMissing, DataError):
        raise
    except Exception as error:  # one page that no rule was written for must not stop the others
        raise PageError("audit/error", f"the page could not be judged: {one_line(error)}") from error


def passages_of(article: Article) -> list[Passage]:
    """The blocks of an article as they are judged."""
    return [Passage(block.kind, block.text, block.role.judged) for block in article.blocks]


def text_sha256(article: Article) -> str:
    """The hash of what a reader reads: block texts joined by line ends."""
    return hashlib.sha256("\n".join(block.text for block in article.blocks).encode()).hexdigest()


def one_line(error: Exception) -> str:
    """What an error nobody foresaw says of itself, cut to a line."""
    return f"{type(error).__name__} {' '.join(str(error).split())[:200]}".rstrip()
