"""A typed reply as tokens that can be compared: case, accents, apostrophes and invisible characters do not count.

Knows characters, not meanings.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

Kind: TypeAlias = Literal["word", "digits", "mark", "sign"]
"""Letters (and digits after letters: "l6"); digits with their separators; punctuation; an emoji or other symbol."""

LONGEST_CHARACTERS = 400
"""Longer replies are not analysed: nobody chooses an option in 400 characters, and time must stay small."""
LONGEST_TOKENS = 80
"""The same for tokens, since 400 characters may be 400 emoji."""
LONGEST_PHRASE = 5
"""Words in the longest phrase that a vocabulary may hold."""

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `glued` when no space stood before it."""

    text: str
    kind: Kind
    glued: bool = False


_TOKEN = re.compile("d+(?:pd+)*|l+d[ld]*|l+|[pm]|e")
_ACCENTS = ("\u0300", "\u036f")
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_APOSTROPHES = "'’‘`´ʼ"
_DASHES = "‐‑‒–—―−"
_BETWEEN_LETTERS = re.compile(rf"(?<=[^\W\d_])([{_APOSTROPHES}]|-)(?=[^\W\d_])")


def fold(text: str, *, hyphens: bool = False) -> str:
    """Return the text without case, accents and invisible characters; fractions and round digits become plain ones.

    A hyphen between letters becomes a space, unless `hyphens` are to stay.
    """
    plain = "".join(_fold_character(character) for character in text)
    if hyphens:
        return plain
    return _BETWEEN_LETTERS.sub(lambda found: " " if found[1] == "-" else "", plain)


def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character in "ºª°":
        return "º"
    if character in _DASHES or character in _APOSTROPHES:
        return "-" if character in _DASHES else "'"
    if unicodedata.decimal(character, None) is not None:
        return str(unicodedata.decimal(character))
    if unicodedata.numeric(character, None) is not None:
        return _fold_numeral(character)
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(part for part in unicodedata.normalize("NFKD", decomposed) if _counts(part))


def _fold_numeral(character: str) -> str:
    """Return ½ as " 1⁄2 " and ② as " 2 "; ² is no 2 in "5²", so it becomes a mark."""
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>")):
        return " ^ "
    return f" {unicodedata.normalize('NFKC', character)} "


def _counts(character: str) -> bool:
    hidden = unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co", "Cn", "Me") and not character.isspace()
    accent = _ACCENTS[0] <= character <= _ACCENTS[1]
    tone = _SKIN_TONES[0] <= character <= _SKIN_TONES[1]
    return not (hidden or accent or tone or "\ufe00" <= character <= "\ufe0f")


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of the text in order."""
    folded = fold(text)
    classes = "".join(map(_class_of, folded))
    found = []
    for match in _TOKEN.finditer(classes):
        start, end = match.span()
        glued = start > 0 and classes[start - 1] != " "
        found.append(Token(folded[start:end], _KINDS[match[0][0]], glued))
    return tuple(found)


_KINDS: Mapping[str, Kind] = {"d": "digits", "l": "word", "p": "mark", "m": "mark", "e": "sign"}


def _class_of(character: str) -> str:
    if "0" <= character <= "9":
        return "d"
    if character in ".,º":
        return "m" if character == "º" else "p"
    category = unicodedata.category(character)
    if category[0] in "LM":
        return "l"
    if character.isspace() or category[0] == "C":
        return " "
    return "m" if category[0] == "P" or category in ("Sc", "Sm", "Sk") else "e"


def words(text: str) -> tuple[str, ...]:
    """Return words and digits alone, without punctuation and emoji."""
    return tuple(token.text for token in tokens(text) if token.kind in ("word", "digits"))


def too_long(text: str) -> bool:
    """Return whether the reply is too long to be looked at word by word."""
    return len(text) > LONGEST_CHARACTERS or len(tokens(text)) > LONGEST_TOKENS


def spellings(word: str) -> tuple[str, ...]:
    """Return the word and what it is without drawn-out letters: "yesss" is also "yess" and "yes"."""
    twice = re.sub(r"(.)\1{2,}", r"\1\1", word)
    return tuple(dict.fromkeys((word, twice, re.sub(r"(.)\1+", r"\1", word))))


def phrase_at(given: Sequence[Token], start: int, vocabulary: Mapping[str, V]) -> tuple[V, int] | None:
    """Return what the longest phrase of the vocabulary starting there stands for, and its length in tokens."""
    for length in range(min(LONGEST_PHRASE, len(given) - start), 1, -1):
        value = vocabulary.get(" ".join(token.text for token in given[start : start + length]))
        if value is not None:
            return value, length
    for spelling in spellings(given[start].text):
        if spelling in vocabulary:
            return vocabulary[spelling], 1
    return None
