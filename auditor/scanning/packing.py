"""Articles and examinations as compressed JSON, and back."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from auditor.model import Article
from claims.model import Examination

_LEVEL = 6


def packed(value: Article | Examination) -> bytes:
    """The value in a form that is stored and sent."""
    return zlib.compress(
        (_adapter(Article) if isinstance(value, Article) else _adapter(Examination)).dump_json(value), _LEVEL
    )


def article_from(data: bytes) -> Article:
    """The article that was packed."""
    article: Article = _adapter(Article).validate_json(zlib.decompress(data))
    return article


def examination_from(data: bytes) -> Examination:
    """The examination that was packed."""
    examination: Examination = _adapter(Examination).validate_json(zlib.decompress(data))
    return examination


@cache
def _adapter(type_: type) -> TypeAdapter[Any]:
    return TypeAdapter(type_)
