"""What “nerve root” means where it stands: anatomy, herb, substance or unclear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claims.concepts import ConceptKind, lexicon, mentions_in
from claims.data import HERE, toml_at
from claims.gates import any_matches
from claims.language import Sentence
from claims.model import BlockKind, Sense
from claims.patterns import filled
from claims.relations import relation_cues_in, relations

FILE = HERE / "senses.toml"
NAMED = re.compile(r"\bnerve[\s-]?roots?\b", re.IGNORECASE)
WEIGHTS = {"sold": 4, "plain": 2, "weak": 1}  # what a mention says of its page: a heading that sells says most
FIRST_PRONOUN = re.compile(r"(?:it|they|its)\b", re.IGNORECASE)
GENERIC = frozenset({"product", "nutrient", "food", "natural", "toxin", "nerve-blend", "drug", "treatment"})
REMEDIES = frozenset({ConceptKind.INTERVENTION, ConceptKind.PRODUCT, ConceptKind.TEST})
PRAISES = frozenset({"is-safe", "substance", "proves", "hides"})


@dataclass(frozen=True, slots=True)
class SenseReading:
    """The sense a sentence gives “nerve root”, whether it names it, and what it points back to."""

    sense: Sense
    named: bool
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class _Own:
    """What a sentence itself makes of “nerve root”.

    `bare` where only its page can tell a mass noun from anatomy; `weak` where an article alone makes it anatomy.
    """

    sense: Sense
    bare: bool = False
    weak: bool = False


@cache
def _patterns() -> Mapping[str, tuple[str, ...]]:
    groups = toml_at(FILE)
    words = groups.pop("words")
    return {name: tuple(filled(pattern, words) for pattern in entry["patterns"]) for name, entry in groups.items()}


def fires(group: str, text: str) -> bool:
    """True where a group of `senses.toml` fires on a folded text."""
    return any_matches(_patterns()[group], text.lower())


def own_sense(text: str) -> Sense | None:
    """The sense that a folded sentence itself gives “nerve root”; None where it does not name it."""
    own = _own(text)
    return own.sense if own else None


def _own(text: str) -> _Own | None:
    if not NAMED.search(text):
        return _Own(Sense.HERB) if fires("herb", text) else None
    for group, sense in (
        ("herb", Sense.HERB),
        ("denied", Sense.ANATOMY),
        ("served", Sense.SUBSTANCE),
        ("countable", Sense.ANATOMY),
        ("substance", Sense.SUBSTANCE),
        ("anatomy", Sense.ANATOMY),
    ):
        if fires(group, text):
            return _Own(sense)
    if fires("article", text):
        return _Own(Sense.ANATOMY, weak=True)
    return _Own(Sense.UNCLEAR, bare=fires("bare", text))


def senses_of(sentences: Sequence[Sentence]) -> tuple[SenseReading, ...]:
    """The sense for every sentence: its own, else what it points back to, else the page's."""
    own = [_own(sentence.text) for sentence in sentences]
    page = _page_sense(sentences, own)
    if page is Sense.UNCLEAR and _sells(sentences, own):
        page = Sense.SUBSTANCE
    readings: list[SenseReading] = []
    section, words = False, ""
    for sentence, entry in zip(sentences, own, strict=True):
        if entry is not None:
            sense = _on_page(entry, page, sentence)
            section = sense is Sense.SUBSTANCE
            words = sentence.text if section else words
            readings.append(SenseReading(sense, named=True))
        elif words and _speaks_of_substance(sentence, readings[-1].sense, section=section, page=page):
            readings.append(SenseReading(Sense.SUBSTANCE, named=False, refers_to=f"“nerve root” in “{words}”"))
        else:
            readings.append(_of_page(page))
    return tuple(readings)


def _on_page(own: _Own, page: Sense, sentence: Sentence) -> Sense:
    """The sense of a sentence that names “nerve root”, on its page: what an herb page calls tea is the herb's."""
    if own.sense is Sense.UNCLEAR or (own.sense is Sense.SUBSTANCE and page is Sense.HERB):
        return page
    if own.weak and page is Sense.SUBSTANCE and not fires("body", sentence.text):
        return page
    return own.sense


def _of_page(page: Sense) -> SenseReading:
    """The sense of a sentence that speaks of no nerve root: the page's, but never a substance."""
    return SenseReading(Sense.UNCLEAR if page is Sense.SUBSTANCE else page, named=False)


def _sells(sentences: Sequence[Sentence], own: Sequence[_Own | None]) -> bool:
    """True where a sentence of running text has a mass noun and a dose or product beside it."""
    return any(
        entry and entry.bare and sentence.kind is not BlockKind.HEADING and fires("back", sentence.text)
        for sentence, entry in zip(sentences, own, strict=True)
    )


def _page_sense(sentences: Sequence[Sentence], own: Sequence[_Own | None]) -> Sense:
    """The sense that a page gives “nerve root” most; unclear where it gives none, anatomy before others in a tie."""
    weights: Counter[Sense] = Counter()
    for sentence, entry in zip(sentences, own, strict=True):
        if entry is not None:
            sold = entry.sense is Sense.SUBSTANCE and sentence.kind is BlockKind.HEADING
            weights[entry.sense] += WEIGHTS["sold"] if sold else WEIGHTS["weak"] if entry.weak else WEIGHTS["plain"]
    order = (Sense.ANATOMY, Sense.HERB, Sense.SUBSTANCE)
    most = max(order, key=lambda sense: weights[sense])
    return most if weights[most] else Sense.UNCLEAR


def _speaks_of_substance(sentence: Sentence, before: Sense, *, section: bool, page: Sense) -> bool:
    """True where a sentence on a page that has named a substance goes on speaking of it.

    `before` is the sense of the sentence before; `section` is true where the last mention was of the substance.
    """
    text = sentence.text
    on_its_page, follows = page is Sense.SUBSTANCE, before is Sense.SUBSTANCE
    if fires("urgent", text):
        return False
    if follows and on_its_page and FIRST_PRONOUN.match(text) and fires("pronoun", text):
        return True
    if fires("body", text) and not _promises(text):
        return False
    if fires("back", text):
        return on_its_page or follows
    if not section or _names_other_remedy(sentence):
        return False
    if fires("pronoun", text):
        return follows or on_its_page
    return on_its_page and _may_take_it(sentence)


def _may_take_it(sentence: Sentence) -> bool:
    """True where a sentence has no subject of its own, or one that takes the substance or is done good by it."""
    main = next((token.clause for token in sentence.tokens if token.dep == "ROOT"), 0)
    subjects = [token for token in sentence.tokens if token.clause == main and token.dep in ("nsubj", "nsubjpass")]
    subject = next(iter(subjects), None)
    if subject is None or fires("takers", subject.text):
        return True
    return subject.dep == "nsubjpass" and _promises(sentence.text)


def _names_other_remedy(sentence: Sentence) -> bool:
    """True where a sentence names a remedy of its own as its subject."""
    verb = next((token.start for token in sentence.tokens if token.dep == "ROOT"), 0)
    concepts = lexicon().concepts
    return any(
        concepts[mention.concept].kind in REMEDIES and mention.concept not in GENERIC and mention.start <= verb
        for mention in mentions_in(sentence.text)
    )


def _promises(text: str) -> bool:
    """True where a sentence says something good of what it speaks of: a benefit, safety, proof, praise."""
    return any(cue.relation in relations().benefits | PRAISES for cue in relation_cues_in(text))
