import pytest

from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.vocabulary import NEUTRAL
from dialogues.understanding.words import LONGEST_PHRASE, tokens


def test_a_regional_code_gets_its_language() -> None:
    assert lexicon("es-MX") is lexicon("es")
    assert lexicon("EN") is lexicon("en")


@pytest.mark.parametrize("language", ["fr", "", "x"])
def test_another_language_gets_emoji_and_punctuation(language: str) -> None:
    assert lexicon(language) is NEUTRAL


@pytest.mark.parametrize("language", ["en", "es", ""])
def test_every_phrase_can_be_found(language: str) -> None:
    own = lexicon(language)
    for vocabulary in (own.declining, own.assenting, own.naming, own.counting, own.positions, own.amounts):
        for phrase in vocabulary:
            found = [token.text for token in tokens(phrase)]
            assert " ".join(found) == phrase
            assert len(found) <= LONGEST_PHRASE
