"""How many: a number from what was typed. A range, a bound, an hour or a second number makes it a question back."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogues.understanding.declining import declines
from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.numerals import Numeral, numeral_at
from dialogues.understanding.reading import Between, Clear, Reading, Unclear
from dialogues.understanding.vocabulary import Counting
from dialogues.understanding.words import Token, phrase_at, tokens, too_long

MOST_CANDIDATES = 4
"""More than four buttons ask the whole question again."""
MISSPELT_CHARACTERS = 5
"""A misspelt number word has at least so many letters: among shorter ones, one letter makes another number."""
_MINUTES = 60
_JOINING = frozenset("-/⁄,&+")


@dataclass(frozen=True, slots=True)
class Count:
    """What a reply says in numbers: each number, what the words around it do, and whether a word is not known."""

    numerals: tuple[Numeral, ...]
    roles: tuple[Counting, ...]
    strange: bool


def understand_number(text: str, language: str) -> Reading[float]:
    """Return the number that was typed.

    What unit the question means is not known here: "30 min" is 30, but an hour is asked back as 60 or 1.
    """
    if declining := declines(text, language):
        return declining
    return Unclear() if too_long(text) else number_in(tokens(text), language)


def number_in(given: Sequence[Token], language: str) -> Reading[float]:
    """Return the number that the tokens name."""
    if _is_broken(given, language):
        return Unclear()
    count = counted(given, language)
    values = tuple(dict.fromkeys(value for numeral in count.numerals for value in numeral.values))
    if "hour" in count.roles or "half hour" in count.roles:
        return _duration(count, values)
    if "not" in count.roles:
        return Unclear()
    if not values:
        return _without_numeral(count)
    if "nearly" in count.roles and len(values) == 1 and values[0].is_integer():
        return Between((values[0], values[0] - 1))
    if len(values) > MOST_CANDIDATES:
        return Unclear()
    plain = all(numeral.sure for numeral in count.numerals) and set(count.roles) <= {"unit"} and not count.strange
    return Clear(values[0]) if len(values) == 1 and plain else Between(values)


def counted(given: Sequence[Token], language: str) -> Count:
    """Return the numbers among the tokens, and what stands around them."""
    numerals: list[Numeral] = []
    articles: list[Numeral] = []
    roles: list[Counting] = []
    strange = False
    at = 0
    while at < len(given):
        numeral, role, length = _part_at(given, at, language)
        if numeral:
            (articles if given[at].text in lexicon(language).minor and length == 1 else numerals).append(numeral)
        elif role and role != "filler":
            roles.append(role)
        strange |= not numeral and not role and given[at].kind != "sign"
        at += length
    ones = () if numerals or strange else articles
    return Count((*numerals, *ones), tuple(roles), strange)


def _is_broken(given: Sequence[Token], language: str) -> bool:
    """Return whether digits are part of something else: "4ever", "16:30", "1_000"."""
    known = lexicon(language)
    for before, token, behind in zip(given, given[1:], (*given[2:], None), strict=False):
        if before.kind == "digits" and token.glued:
            within = behind is not None and behind.kind == "digits" and behind.glued
            if token.kind == "mark" and within and token.text not in _JOINING:
                return True
            suffix = token.text in known.counting or token.text in known.multipliers
            if token.kind == "word" and not suffix:
                return True
    return False


def _part_at(given: Sequence[Token], at: int, language: str) -> tuple[Numeral | None, Counting | None, int]:
    found = phrase_at(given, at, lexicon(language).counting)
    if given[at].kind != "digits" and found and found[1] > 1:
        return None, *found
    if negative := _negative_at(given, at, language):
        return negative, None, negative.length
    numeral = numeral_at(given, at, language)
    if numeral:
        return numeral, None, numeral.length
    if found:
        return None, *found
    misspelt = _misspelt(given[at], language)
    return misspelt, None, 1


def _negative_at(given: Sequence[Token], at: int, language: str) -> Numeral | None:
    """Return "-5" and "minus five"; the dash of "15-17" and of "- 5" is none."""
    if at + 1 == len(given):
        return None
    dash = given[at].text == "-" and not given[at].glued and given[at + 1].glued
    if not dash and lexicon(language).counting.get(given[at].text) != "minus":
        return None
    numeral = numeral_at(given, at + 1, language)
    return numeral and Numeral(tuple(-value for value in numeral.values), numeral.length + 1, numeral.sure)


def _misspelt(token: Token, language: str) -> Numeral | None:
    if token.kind != "word" or len(token.text) < MISSPELT_CHARACTERS:
        return None
    found = process.extract(token.text, lexicon(language).numerals, scorer=OSA.distance, score_cutoff=1, limit=None)
    numerals = (numeral_at((Token(word, "word"),), 0, language) for word, _, _ in found)
    values = tuple(value for numeral in numerals if numeral for value in numeral.values)
    return Numeral(values, 1, sure=False) if values else None


def _without_numeral(count: Count) -> Reading[float]:
    if "half" in count.roles:
        return Between((0.5,))
    return Between((0.0,)) if "nil" in count.roles and not count.strange else Unclear()


def _duration(count: Count, values: tuple[float, ...]) -> Reading[float]:
    """Return a time that names hours, in minutes and in hours: which of them the question means is asked."""
    if set(count.roles) - {"hour", "half hour", "half", "a half", "unit", "range"} or count.strange or len(values) > 2:
        return Unclear()
    if "range" in count.roles or (len(values) > 1 and "unit" not in count.roles):
        return Between((*(value * _MINUTES for value in values), *values)) if values else Unclear()
    hours = _hours(count, values)
    minutes = values[-1] if "unit" in count.roles and values else 0
    total = hours * _MINUTES + minutes
    return Between((total, total / _MINUTES))


def _hours(count: Count, values: tuple[float, ...]) -> float:
    """Return the hours before the minutes: "half an hour", "an hour and a half", "2 hours 10 min"."""
    if "half hour" in count.roles:
        return 0.5
    if "half" in count.roles:
        return 0.5 * (values[0] if values else 1)
    named = values[0] if values and ("unit" not in count.roles or len(values) > 1) else 1
    return named + 0.5 * ("a half" in count.roles)
