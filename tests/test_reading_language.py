"""English is judged, and told from other languages with care."""

from __future__ import annotations

import pytest

from auditor.reading.language import language_of, name_of, primary_subtag

GERMAN = (
    "Eine Nervenwurzel ist der Anfang eines Nervs, und drückt eine Bandscheibe auf sie, so schmerzt das ganze Bein."
)
ENGLISH = (
    "A nerve root is the first part of a spinal nerve, and when a disc presses on it, the leg may hurt or grow numb."
)
SPUN = "Of nerve root the squeezed is because disc of the making pressure, and so the leg it pains in the great very."


def test_another_language_is_known_without_being_declared() -> None:
    assert language_of(GERMAN * 3, None) == "de"


def test_a_wrong_declaration_does_not_turn_english_away() -> None:
    assert language_of(ENGLISH * 3, "de") == "en"


def test_a_wrong_declaration_does_not_pass_german_as_english() -> None:
    assert language_of(GERMAN * 3, "en") == "de"


def test_spun_english_is_english() -> None:
    assert language_of(SPUN, None) == "en"


def test_shouted_english_is_english() -> None:
    assert language_of(ENGLISH.upper() * 2, None) == "en"


@pytest.mark.parametrize(("declared", "language"), [(None, "en"), ("en", "en"), ("fr", "fr")])
def test_a_short_text_is_in_the_declared_language_else_english(declared: str | None, language: str) -> None:
    assert language_of("Radiculopathy lumbar sciatica", declared) == language


def test_an_empty_text_has_a_language_too() -> None:
    assert language_of("", None) == "en"


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("DE", "de"), ("pt_BR", "pt"), ("en, de", "en"), ("", None), (None, None), ("english", None)],
)
def test_a_language_tag_is_cut_to_its_first_part(tag: str | None, language: str | None) -> None:
    assert primary_subtag(tag) == language


def test_languages_are_named_for_people() -> None:
    assert (name_of("de"), name_of("xx")) == ("German", "xx")


@pytest.mark.parametrize(
    "text",
    [
        "De zenuwwortel is het eerste deel van een ruggenmergzenuw. Hij verlaat de wervelkolom door een kleine opening "
        "en geeft de signalen door aan het been. Als een schijf op de wortel drukt, kan dat pijn of tintelingen geven.",
        "Nerverødderne er den første del af rygmarvsnerverne. De forlader rygsøjlen gennem små åbninger og sender "
        "signaler til benet. Når en diskus trykker på roden, kan det give smerter eller prikken, og det er ikke godt.",
        "Die Nervenwurzel ist der erste Teil eines Spinalnerven. Sie tritt durch eine kleine Öffnung aus der "
        "Wirbelsäule aus und leitet Signale an das Bein. Drückt eine Bandscheibe darauf, so kann das Bein kribbeln.",
    ],
)
def test_a_language_near_to_english_is_not_taken_for_it(text: str) -> None:
    assert language_of(text, None) != "en"
