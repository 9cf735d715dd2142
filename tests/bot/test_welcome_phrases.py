"""The introduction is short, and readable at the age of ten."""

from dataclasses import fields

import pytest

from bot import introduction
from bot.library import shipped_deployment
from bot.welcome_phrases import ENGLISH, SPANISH
from tests.bot.readability import fernandez_huerta, flesch_kincaid_grade
from tests.bot.town import DEPLOYMENT

MOST_CHARS = 480
"""Of one message: a phone shows it without scrolling."""
GRADE = 5.0
"""Read at the age of ten or eleven."""
EASY = 80.0
"""Of Spanish: "easy", the fifth year of school."""


def read_first(language: str) -> list[str]:
    """Return what everybody reads before the first question, in the shipped example and the tests' town."""
    return [
        part(deployment, language)
        for deployment in (shipped_deployment(), DEPLOYMENT)
        for part in (introduction.opening, introduction.agreement)
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_two_messages_are_short(language: str) -> None:
    assert all(len(text) <= MOST_CHARS for text in read_first(language))


@pytest.mark.parametrize("text", read_first("en"))
def test_english_is_read_in_the_fifth_grade(text: str) -> None:
    assert flesch_kincaid_grade(text) <= GRADE


@pytest.mark.parametrize("text", read_first("es"))
def test_spanish_is_easy(text: str) -> None:
    assert fernandez_huerta(text) >= EASY


def test_what_more_there_is_to_know_is_not_much_harder() -> None:
    assert flesch_kincaid_grade(introduction.more(shipped_deployment(), "en")) <= GRADE + 1
    assert fernandez_huerta(introduction.more(shipped_deployment(), "es")) >= EASY - 10


def test_the_formulas_give_what_their_authors_say() -> None:
    # Six words of one syllable in one sentence: 0.39 * 6 + 11.8 - 15.59, and 206.84 - 60 - 1.02 * 6.
    assert flesch_kincaid_grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert fernandez_huerta("El sol no se va ya.") == pytest.approx(140.72)
    assert flesch_kincaid_grade("Participation necessitates considerable documentation.") > 20


def test_both_languages_fill_in_the_same() -> None:
    for field in fields(ENGLISH):
        here, there = getattr(ENGLISH, field.name), getattr(SPANISH, field.name)
        assert {part.partition("}")[0] for part in here.split("{")[1:]} == {
            part.partition("}")[0] for part in there.split("{")[1:]
        }, field.name
