"""A point on a scale, such as 1 to 5."""

import math
from collections.abc import Sequence

from dialogues.understanding.declining import declines
from dialogues.understanding.lexicon import lexicon
from dialogues.understanding.numerals import numeral_at
from dialogues.understanding.quantity import MOST_CANDIDATES, counted, number_in
from dialogues.understanding.reading import Between, Clear, Reading, Unclear
from dialogues.understanding.words import Token, phrase_at, tokens, too_long

_STARS = frozenset("⭐★🌟✨")


def understand_scale(text: str, lowest: int, highest: int, language: str) -> Reading[int]:
    """Return the point between `lowest` and `highest`, both included; what lies outside is not understood."""
    if declining := declines(text, language):
        return declining
    if too_long(text):
        return Unclear()
    given = tokens(text)
    if given and all(token.text in _STARS for token in given):
        return _on_scale(Between((float(len(given)),)), lowest, highest)
    apart = _out_of(given, language)
    if not apart:
        return _filled(_on_scale(number_in(given, language), lowest, highest), given, language)
    point, end, total = apart
    if total == highest:
        return _on_scale(number_in((*given[:point], *given[end:]), language), lowest, highest)
    return _on_scale(number_in(given, language), lowest, highest) if given[point].text == "/" else Unclear()


def _out_of(given: Sequence[Token], language: str) -> tuple[int, int, float] | None:
    """Return where " out of 5" begins and ends, and the 5."""
    for at in range(1, len(given) - 1):
        before = numeral_at(given[at - 1 : at], 0, language)
        found = phrase_at(given, at, lexicon(language).out_of)
        after = numeral_at(given, at + found[1], language) if found and at + found[1] < len(given) else None
        if before and found and after:
            return at, at + found[1] + after.length, after.values[0]
    return None


def _on_scale(reading: Reading[float], lowest: int, highest: int) -> Reading[int]:
    match reading:
        case Clear(value):
            values: tuple[float, ...] = (value,)
        case Between(candidates):
            values = tuple(value for value in candidates if value.is_integer()) or candidates
        case other:
            return other
    points = dict.fromkeys(point for value in values for point in (math.floor(value), math.ceil(value)))
    within = tuple(point for point in points if lowest <= point <= highest)
    if (len(within) < len(points) and isinstance(reading, Clear)) or not within:
        return Unclear()
    return Clear(within[0]) if isinstance(reading, Clear) and len(within) == 1 else Between(within[:MOST_CANDIDATES])


def _filled(reading: Reading[int], given: Sequence[Token], language: str) -> Reading[int]:
    """Return the whole of a range: "between 2 and 4" may be 3."""
    if not isinstance(reading, Between) or "range" not in counted(given, language).roles:
        return reading
    low, high = min(reading.candidates), max(reading.candidates)
    return Between(tuple(range(low, high + 1))) if high - low < MOST_CANDIDATES else reading
