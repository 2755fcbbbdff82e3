"""Pages that people have labelled, read from JSON lines and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from auditor.errors import InputMissing
from auditor.evaluation.matching import stands_in, words
from claims.errors import DataError, faults_in
from claims.model import Stance, Topic
from claims.rules.load import rule_set

NONE = "none"


def _rules_of(*families: str) -> AfterValidator:
    def known(names: frozenset[str]) -> frozenset[str]:
        for name in sorted(names):
            if name.partition("/")[0] not in families or name not in rule_set().rules:
                raise ValueError(f"“{name}” is no rule of {' or '.join(families)}; audit.py explain --all lists them")
        return names

    return AfterValidator(known)


class GoldUnit(BaseModel):
    """A sentence, list item or heading with its labels; `verdict` is “none” for all but claims that are on topic."""

    model_config = ConfigDict(frozen=True)

    quote: str
    topic: Topic
    claim: StrictBool
    stance: Stance
    verdict: Literal["supported", "overstated", "unsupported", "refuted", "category_error", "none"]
    flags: Annotated[frozenset[str], _rules_of("promo", "safety")]
    reference: frozenset[str] = frozenset()
    why: str = ""

    @field_validator("verdict")
    @classmethod
    def _claims_have_verdicts(cls, verdict: str, info: ValidationInfo) -> str:
        claim, topic = info.data.get("claim"), info.data.get("topic")
        if claim is None or topic is None:  # its own fault is told instead
            return verdict
        due = claim and topic is not Topic.OTHER
        if due and verdict == NONE:
            raise ValueError(f"a claim of topic {topic} has a verdict")
        if not due and verdict != NONE:
            raise ValueError(f"only a claim of topic nerve-root or herb has a verdict; write “{NONE}”")
        return verdict


class GoldPage(BaseModel):
    """A labelled page: its Markdown `text`, or its `file`; `page_flags` is None where nobody labelled it as a page."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    kind: str = "unspecified"
    text: str | None = None
    file: str | None = None
    page_flags: Annotated[frozenset[str], _rules_of("page", "sense", "safety")] | None = None
    units: tuple[GoldUnit, ...]

    @model_validator(mode="after")
    def _units_stand_in_the_text(self) -> Self:
        if self.text is None and self.file is None:
            raise ValueError("text: a page has its text, or names its file")
        if self.file is None:
            text = words(self.text or "")
            for number, unit in enumerate(self.units, 1):
                quote = words(unit.quote)
                if quote and not stands_in(quote, text):
                    raise ValueError(f"units.{number}.quote: these words do not stand in the text of the page")
        return self


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A file of labelled pages, with the hash that tells whether two evaluations used the same one."""

    file: str
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class GoldSet:
    """All labelled pages of an evaluation; `GoldPage.file` is a full path."""

    files: tuple[GoldFile, ...]
    pages: tuple[GoldPage, ...]


def gold_set(paths: Sequence[str]) -> GoldSet:
    """The labelled pages in JSON-lines files.

    Raises InputMissing for a file that cannot be read, and DataError, naming file, line and field, for a bad line, for
    two pages of one id, and where there is no page at all.
    """
    read = [(name, _bytes_at(name)) for name in dict.fromkeys(paths)]
    placed = [(name, list(_pages_in(name, data))) for name, data in read]
    _refuse_doubles(pair for _, pairs in placed for pair in pairs)
    if not any(pairs for _, pairs in placed):
        raise DataError(f"{', '.join(paths)}: no labelled page; each is one line of JSON")
    return GoldSet(
        tuple(
            GoldFile(name, hashlib.sha256(data).hexdigest(), len(pairs))
            for (name, data), (_, pairs) in zip(read, placed, strict=True)
        ),
        tuple(page for _, pairs in placed for _, page in pairs),
    )


def _bytes_at(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputMissing(f"{name}: cannot be read: {why}") from error


def _pages_in(name: str, data: bytes) -> Iterator[tuple[str, GoldPage]]:
    """Each page with its place, such as “dev.jsonl:3”."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            place = f"{name}:{number}"
            yield place, _with_file(_page_from(line, place), Path(name).resolve().parent, place)


def _page_from(line: bytes, place: str) -> GoldPage:
    try:
        fields: Any = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # bytes that are no UTF-8 are a ValueError too
        raise DataError(f"{place}: is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise DataError(f"{place}: is not a labelled page, which is a JSON object")
    try:
        return GoldPage.model_validate(fields)
    except ValidationError as error:
        raise DataError(f"{place}: {next(faults_in(error))}") from error


def _with_file(page: GoldPage, home: Path, place: str) -> GoldPage:
    if page.file is None:
        return page
    if not (home / page.file).is_file():
        raise DataError(f"{place}: file: {page.file} does not exist in {home}")
    return page.model_copy(update={"file": str(home / page.file)})


def _refuse_doubles(placed: Iterable[tuple[str, GoldPage]]) -> None:
    seen: dict[str, str] = {}
    for place, page in placed:
        if page.id in seen:
            raise DataError(f"{place}: id: “{page.id}” is also the id of {seen[page.id]}")
        seen[page.id] = place
