"""What is done to one page: the same in this process, in a worker process and on a cluster."""

from __future__ import annotations

from typing import Protocol

from auditor.errors import PageError
from auditor.model import Miss, Page
from auditor.pipeline import article_in, examination_of, one_line, passages_of, text_sha256
from auditor.reading.files import page_of
from auditor.scanning.likeness import signature_of
from auditor.scanning.model import Broken, Examined, Kind, Missed, Place, ReadPage, Reply, Row, Stage, Task
from auditor.scanning.packing import article_from, packed
from claims.model import Finding, Judgement


class Gets(Protocol):
    """Whatever gets pages from the web."""

    def page_at(self, url: str) -> Page:
        """The page at an address."""
        ...


def done(task: Task, fetcher: Gets | None = None) -> Reply:
    """What came of a task; whatever goes wrong with a page is a reply too."""
    try:
        return _done(task, fetcher)
    except PageError as error:
        return Missed(error.miss, error.code, str(error), bool(getattr(error, "passing", False)))
    except MemoryError:
        raise  # the process is no longer to be trusted: it ends, and the page is tried in another
    except Exception as error:
        return _broken(error) or Missed(Miss.FAILED, "audit/error", f"the page could not be judged: {one_line(error)}")


def _done(task: Task, fetcher: Gets | None) -> Reply:
    if task.stage is Stage.FETCH:
        assert fetcher is not None
        return fetcher.page_at(task.place.input)
    if task.stage is Stage.READ:
        return _read(task.payload if isinstance(task.payload, Page) else _page_at(task.place))
    assert isinstance(task.payload, bytes)
    return examined(task.payload)


def _broken(error: Exception) -> Broken | None:
    from claims.errors import DataError
    from claims.language import ModelMissing

    return Broken(error) if isinstance(error, ModelMissing | DataError) else None


def _page_at(place: Place) -> Page:
    if place.kind is Kind.FILE:
        return page_of(place.input)
    from auditor.scanning.archives import page_in  # the library for web archives is an extra

    return page_in(place.input)


def _read(page: Page) -> ReadPage:
    from claims.examine import names_topic  # spaCy is loaded only where pages are read

    article = article_in(page)
    passages = passages_of(article)
    text = "\n".join(passage.text for passage in passages if passage.judged)
    on_topic = names_topic(passages)
    return ReadPage(
        article=packed(article),
        url=page.url,
        title=article.title,
        language=article.language,
        author=article.author,
        published=article.published,
        fetched_at=page.fetched_at,
        text_sha256=text_sha256(article),
        words=len(text.split()),
        on_topic=on_topic,
        signature=signature_of(text) if on_topic else None,
    )


def examined(article: bytes) -> Examined:
    """The claims and findings of a packed article. Raises PageError where it cannot be judged."""
    found = examination_of(article_from(article))
    return Examined(
        packed(found), tuple(map(_claim_row, found.judgements)), tuple(_finding_row(one) for one in found.findings)
    )


def _claim_row(judgement: Judgement) -> Row:
    claim = judgement.claim
    return (
        *(claim.id, claim.span.block, claim.span.start, claim.span.end, claim.quote),
        *(claim.topic.value, claim.sense.value, claim.stance.value, int(claim.strength)),
        *(judgement.verdict.value, round(judgement.confidence, 3), judgement.because),
        *(" ".join(evidence.reference for evidence in judgement.evidence), judgement.suggestion),
    )


def _finding_row(finding: Finding) -> Row:
    span = finding.span
    place = (span.block, span.start, span.end) if span else (None, None, None)
    return (
        *(finding.rule, finding.severity.value, finding.message, *place),
        *(finding.quote, finding.claim, finding.suggestion, finding.fingerprint),
    )
