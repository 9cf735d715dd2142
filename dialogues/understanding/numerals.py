"""Numbers as they are written: digits with separators, fractions, words. Knows numbers, not what they count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from text_to_num import text2num

from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.vocabulary import Lexicon
from dialogues.understanding.words import Token, phrase_at

MOST_DIGITS = 15
"""A float keeps 15 digits; a longer number would be stored as another one."""
MOST_WORDS = 9
"""Words in the longest numeral that is read at once: "nine hundred and ninety-nine thousand nine hundred and nine"."""

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number written in `length` tokens; several values where the writing is ambiguous, the likeliest first."""

    values: tuple[float, ...]
    length: int
    sure: bool = True


def numeral_at(given: Sequence[Token], at: int, language: str) -> Numeral | None:
    """Return the number that starts there; None where none does, or none that can be told."""
    words = lexicon(language)
    if given[at].kind == "digits":
        return _with_half(given, at, _multiplied(given, at, _digits_at(given, at, words), words), words)
    if tail := _decimal_at(given, at):
        return tail
    if found := phrase_at(given, at, words.vague):
        return Numeral((float(found[0]),), found[1], sure=False)
    if found := phrase_at(given, at, words.amounts):
        return _with_half(given, at, Numeral((float(found[0]),), found[1]), words)
    return _with_half(given, at, _words_at(given, at, language), words)


def digit_values(text: str, thousands: str) -> tuple[tuple[float, ...], bool]:
    """Return what digits with separators may mean, and whether that is sure where `thousands` separates groups."""
    plain = text.replace(".", "").replace(",", "")
    separators = [character for character in text if character in ".,"]
    if len(plain) > MOST_DIGITS:
        return (), False
    if not separators:
        return (float(text),), text == "0" or text[0] != "0"
    if len(separators) > 1:
        return _several_separators(text, separators), True
    decimal = float(text.replace(",", "."))
    if not _GROUPED.fullmatch(text):
        return (decimal,), separators[0] == "." or separators[0] != thousands
    return ((float(plain),), True) if separators[0] == thousands else ((decimal, float(plain)), True)


def _several_separators(text: str, separators: list[str]) -> tuple[float, ...]:
    """Return "1.234.567" and "1.234,5", which can mean one thing only; nothing for a date or a version."""
    last = separators[-1]
    head, _, tail = text.rpartition(last)
    if len(set(separators)) == 1:
        return (float(text.replace(last, "")),) if _GROUPED.fullmatch(text) else ()
    if last in head or len(set(separators[:-1])) != 1 or not _GROUPED.fullmatch(head):
        return ()
    return (float(re.sub(r"\D", "", head) + "." + tail),)


def _digits_at(given: Sequence[Token], at: int, words: Lexicon) -> Numeral | None:
    if fraction := _fraction_at(given, at):
        return fraction
    text, end = given[at].text, at + 1
    while end < len(given) and _is_group(given[end]) and text.isdigit() and len(given[at].text) <= len("999"):
        text, end = text + given[end].text, end + 1
    if end > at + 1:
        return _spaced(given[at:end])
    values, sure = digit_values(text, words.thousands)
    if not values:
        return None
    fraction = _fraction_at(given, end) if end < len(given) else None
    if fraction and fraction.values[0] < 1 and text.isdigit():
        return Numeral((values[0] + fraction.values[0],), 1 + fraction.length)
    return Numeral(values, 1, sure)


def _decimal_at(given: Sequence[Token], at: int) -> Numeral | None:
    """Return ".5" as a half."""
    if at + 1 == len(given) or given[at].text not in (".", ",") or given[at].glued or not given[at + 1].glued:
        return None
    digits = given[at + 1].text
    return Numeral((float(f"0.{digits}"),), len(".5"), given[at].text == ".") if digits.isdigit() else None


def _multiplied(given: Sequence[Token], at: int, numeral: Numeral | None, words: Lexicon) -> Numeral | None:
    """Return "2 thousand" as one number; "10k" may have been kilometres."""
    behind = at + numeral.length if numeral else len(given)
    if not numeral or behind >= len(given) or given[behind].text not in words.multipliers:
        return numeral
    factor = words.multipliers[given[behind].text]
    values = tuple(value * factor for value in numeral.values)
    return Numeral(values, numeral.length + 1, numeral.sure and len(given[behind].text) > 1)


def _is_group(token: Token) -> bool:
    return token.kind == "digits" and len(token.text) == len("000") and token.text.isdigit() and not token.glued


def _spaced(groups: Sequence[Token]) -> Numeral | None:
    """Return "10 000" as one number; "100 200" may also be two."""
    whole = "".join(token.text for token in groups)
    if len(whole) > MOST_DIGITS:
        return None
    two = len(groups) == len("ab") and len(groups[0].text) == len("000") and groups[1].text != "000"
    apart = tuple(float(token.text) for token in groups) if two else ()
    return Numeral((float(whole), *apart), len(groups))


def _fraction_at(given: Sequence[Token], at: int) -> Numeral | None:
    """Return ½ as a half; "1/2" alone may also be "1 or 2", and so is sure only behind a whole number."""
    parts = given[at : at + 3]
    if len(parts) < len("1/2") or parts[1].text not in ("/", "⁄") or parts[2].kind != "digits":
        return None
    above, below = parts[0].text, parts[2].text
    if not (above.isdigit() and below.isdigit() and len(above + below) <= MOST_DIGITS and int(below)):
        return None
    value, apart = int(above) / int(below), (float(above), float(below))
    if parts[1].text == "⁄":
        return Numeral((value,), len(parts))
    return Numeral((value, *apart) if value < 1 else apart, len(parts))


def _words_at(given: Sequence[Token], at: int, language: str) -> Numeral | None:
    end = at
    while end < min(len(given), at + MOST_WORDS) and given[end].kind == "word":
        end += 1
    for stop in range(end, at, -1):
        value = _spoken(given[at:stop], language)
        if value is not None:
            return Numeral((value,), stop - at)
    return None


def _spoken(given: Sequence[Token], language: str) -> float | None:
    if len(given) == 1 and len(given[0].text) == 1:  # the library takes "o" for 0
        return None
    accented = lexicon(language).accented
    try:
        value = text2num(" ".join(accented.get(token.text, token.text) for token in given), language[:2].lower())
    except (ValueError, TypeError):  # not a number word; a language that the library does not have
        return None
    return float(value) if abs(value) < 10**MOST_DIGITS else None


def _with_half(given: Sequence[Token], at: int, numeral: Numeral | None, words: Lexicon) -> Numeral | None:
    """Return the numeral with what follows it: "and a half", or "point five"."""
    found = (
        phrase_at(given, at + numeral.length, words.counting) if numeral and at + numeral.length < len(given) else None
    )
    if not numeral or not found or len(numeral.values) > 1:
        return numeral
    length = numeral.length + found[1]
    if found[0] == "a half":
        return Numeral((numeral.values[0] + 0.5,), length)
    decimals = _decimals(given, at + length, words) if found[0] == "point" else ""
    if not decimals or not numeral.values[0].is_integer():
        return numeral
    return Numeral((float(f"{int(numeral.values[0])}.{decimals}"),), length + len(decimals))


def _decimals(given: Sequence[Token], at: int, words: Lexicon) -> str:
    """Return the digits that single words from there on name: "zero five" is "05"."""
    digits = ""
    for token in given[at : at + MOST_DIGITS]:
        if token.text not in words.ciphers:
            break
        digits += str(words.ciphers.index(token.text))
    return digits
