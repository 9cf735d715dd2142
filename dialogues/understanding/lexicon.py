"""The lexicon of a language."""

from collections.abc import Mapping
from typing import Final

from dialogues.understanding import english, spanish
from dialogues.understanding.vocabulary import NEUTRAL, Lexicon

_LEXICONS: Final[Mapping[str, Lexicon]] = {"en": english.LEXICON, "es": spanish.LEXICON}


def lexicon(language: str) -> Lexicon:
    """Return the words of the language, such as `es` or `es-MX`; of one not listed, only emoji and punctuation."""
    return _LEXICONS.get(language[:2].lower(), NEUTRAL)
