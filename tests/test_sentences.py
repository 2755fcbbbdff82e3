"""Where one sentence ends and the next begins."""

import pytest

from claims.language import sentences_of
from claims.model import BlockKind, Passage

CASES = [
    ["The disc at L4/5 bulges.", "L5 is hit."],
    ["See Dr. Webb at St. Anne's.", "He works Mon. to Fri."],
    ["It is rare, e.g. in children.", "Roots vary."],
    ['He said: "It cured me."', "Then he left."],
    ["Numb between the legs?", "Go straight to A&E.", "New patients pay half."],
    ["He was sent to A&E by his doctor."],
    ["Take 500 mg twice a day with food.", "Do not exceed it."],
    ["Is it safe? yes, mostly."],
    ["lol.", "owl77: Mine took a month.", "mumof3: it still hurts, tbh."],
]


@pytest.mark.parametrize("sentences", CASES, ids=lambda sentences: sentences[0])
def test_a_paragraph_is_split_where_its_sentences_end(sentences: list[str]) -> None:
    found = sentences_of([Passage(BlockKind.PARAGRAPH, " ".join(sentences))])
    assert [sentence.text for sentence in found] == sentences


def test_what_holds_no_words_is_no_sentence() -> None:
    assert sentences_of([Passage(BlockKind.PARAGRAPH, "*** – ***")]) == ()
