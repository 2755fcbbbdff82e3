"""From the name of a page to its audit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.errors import NothingToJudge, PageError, Unreadable
from auditor.inputs import is_url
from auditor.model import Article, Audit, Outcome, Page, Reason, Skipped
from auditor.reading.article import article_of
from auditor.reading.files import page_of
from auditor.reading.language import name_of
from claims.model import Examination, Passage

_JUDGED_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are got: `allow_private` lets addresses in private networks be fetched, `offline` none at all."""

    offline: bool = False
    allow_private: bool = False


_USUAL = Settings()


def audits_of(sources: Iterable[str], *, settings: Settings = _USUAL) -> Iterator[Outcome]:
    """The outcome of every source, in order and one at a time; a page that fails never stops the next."""
    return (audit_of(source, settings=settings) for source in sources)


def audit_of(source: str, *, settings: Settings = _USUAL) -> Outcome:
    """The audit of one page, or why there is none.

    Whatever goes wrong with a page is an outcome. ModelMissing and DataError are no page's fault, and are raised.
    """
    try:
        return _audit(*_read(source, settings))
    except PageError as error:
        return Skipped(source, error.miss, Reason(error.code, str(error)))


def _read(source: str, settings: Settings) -> tuple[Page, Article]:
    try:
        page = _page(source, settings)
    except PageError:
        raise
    except Exception as error:
        raise _unread(error) from error
    return page, article_in(page)


def article_in(page: Page) -> Article:
    """The article of a page that can be judged. Raises PageError, whatever is wrong with the page."""
    try:
        article = article_of(page)
    except PageError:
        raise
    except Exception as error:  # a page made to break a parser must not stop the others
        raise _unread(error) from error
    _refuse_other_languages(article)
    return article


def _unread(error: Exception) -> Unreadable:
    return Unreadable("read/error", f"the page could not be read: {one_line(error)}")


def _page(source: str, settings: Settings) -> Page:
    if not is_url(source):
        return page_of(source)
    from auditor.fetching import page_at  # requests is loaded only when something is fetched

    return page_at(source, offline=settings.offline, allow_private=settings.allow_private)


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
    from claims.errors import DataError
    from claims.examine import examine  # spaCy is loaded only when there is something to judge
    from claims.language import ModelMissing

    passages = [Passage(block.kind, block.text) for block in article.blocks]
    try:
        return examine(passages, article.facts)
    except (ModelMissing, DataError):
        raise
    except Exception as error:  # one page that no rule was written for must not stop the others
        raise PageError("audit/error", f"the page could not be judged: {one_line(error)}") from error


def text_sha256(article: Article) -> str:
    """The hash of what a reader reads: block texts joined by line ends."""
    return hashlib.sha256("\n".join(block.text for block in article.blocks).encode()).hexdigest()


def one_line(error: Exception) -> str:
    """What an error nobody foresaw says of itself, cut to a line."""
    return f"{type(error).__name__} {' '.join(str(error).split())[:200]}".rstrip()
