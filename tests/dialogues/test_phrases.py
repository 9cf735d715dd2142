import re
import string
from dataclasses import asdict

import pytest

from dialogues.phrases import ENGLISH, LANGUAGES, SPANISH, phrases

TEXTS, SPANISH_TEXTS = asdict(ENGLISH), asdict(SPANISH)
BUTTONS = ("skip", "back", "done", "keep", "carry_on", "stop", "none_of_these", "agree", "decline")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", TEXTS)
def test_both_languages_fill_in_the_same(name: str) -> None:
    assert placeholders(TEXTS[name]) == placeholders(SPANISH_TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_empty_or_left_untranslated(name: str) -> None:
    assert TEXTS[name].strip() == TEXTS[name] != ""
    assert SPANISH_TEXTS[name].strip() == SPANISH_TEXTS[name] != ""
    has_words = any(character.isalpha() for character in re.sub(r"{.*?}", "", TEXTS[name]))
    assert (TEXTS[name] != SPANISH_TEXTS[name]) == has_words


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_is_short(name: str) -> None:
    assert len(TEXTS[name]) <= 20
    assert len(SPANISH_TEXTS[name]) <= 20


def test_the_ways_out_of_a_language_are_told_apart() -> None:
    for texts in (TEXTS, SPANISH_TEXTS):
        assert len({texts[name] for name in BUTTONS}) == len(BUTTONS)


def test_a_language_that_is_not_spoken_gets_english() -> None:
    assert [phrases(language) for language in (*LANGUAGES, "fr")] == [ENGLISH, SPANISH, ENGLISH]
