"""Options that are bands of numbers, such as "12 to 14" or "over an hour": the band in which a typed number lies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dialogues.understanding.quantity import MOST_CANDIDATES, Count, counted
from dialogues.understanding.reading import Between, Clear, Reading, Unclear
from dialogues.understanding.words import tokens

_MINUTES = 60
_SURE = frozenset({"range", "below", "above", "or below", "or above", "unit", "hour", "half hour", "half"})


@dataclass(frozen=True, slots=True)
class Band:
    """Numbers from `low` to `high`, each included unless open. `per_unit` is 60 where hours were named, for minutes."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False
    per_unit: int = 1
    timed: bool = False
    sure: bool = True

    def holds(self, other: "Band") -> bool:
        """Return whether all of the other band lies in this one."""
        above = other.low > self.low or (other.low == self.low and (other.low_open or not self.low_open))
        below = other.high < self.high or (other.high == self.high and (other.high_open or not self.high_open))
        return above and below

    def meets(self, other: "Band") -> bool:
        """Return whether the two have a number in common."""
        apart = self.high < other.low or other.high < self.low
        touching = (self.high == other.low and (self.high_open or other.low_open)) or (
            other.high == self.low and (other.high_open or self.low_open)
        )
        return not apart and not touching

    def scaled(self, factor: int) -> "Band":
        """Return the band with its numbers multiplied."""
        return Band(self.low * factor, self.high * factor, self.low_open, self.high_open, factor, True, self.sure)


def bands_of(labels: Sequence[str], language: str) -> tuple[Band | None, ...]:
    """Return the band of each label; none at all unless two labels or more are bands."""
    bands = tuple(band_of(label, language) for label in labels)
    return bands if sum(band is not None for band in bands) > 1 else (None,) * len(labels)


def band_of(text: str, language: str) -> Band | None:
    """Return the band that the whole text names; a single number is a band of its own."""
    given = tokens(text)
    count = counted(given, language)
    values = tuple(numeral.values[0] for numeral in count.numerals)
    many_hours = not values and any(token.text in ("hours", "horas", "hrs") for token in given)
    ambiguous = any(len(numeral.values) > 1 for numeral in count.numerals)
    if count.strange or "not" in count.roles or ambiguous or many_hours:
        return None
    ends = _in_minutes(count, values)
    if not 1 <= len(ends) <= len(("low", "high")):
        return None
    hours, timed = "hour" in count.roles, bool({"hour", "unit", "half hour"} & set(count.roles))
    sure = set(count.roles) <= _SURE and all(numeral.sure for numeral in count.numerals)
    low, high, low_open, high_open = _bounds(count, ends)
    return Band(low, high, low_open, high_open, _MINUTES if hours else 1, timed, sure) if low <= high else None


def _in_minutes(count: Count, values: tuple[float, ...]) -> tuple[float, ...]:
    """Return the numbers, those of hours as minutes: in "30 minutes to 1 hour" the last one is."""
    if "half hour" in count.roles or "half" in count.roles:
        return (*values, _MINUTES / 2) if not values else ()
    if "hour" not in count.roles:
        return values
    if "unit" not in count.roles:
        return tuple(value * _MINUTES for value in values) or (float(_MINUTES),)
    return (values[0], *(value * _MINUTES for value in values[1:] or (1.0,))) if values else ()


def _bounds(count: Count, ends: tuple[float, ...]) -> tuple[float, float, bool, bool]:
    if len(ends) > 1:
        return ends[0], ends[1], False, False
    for role, below in (("below", True), ("or below", True), ("above", False), ("or above", False)):
        if role in count.roles:
            is_open = not role.startswith("or")
            return (-math.inf, ends[0], False, is_open) if below else (ends[0], math.inf, is_open, False)
    return ends[0] - ("nearly" in count.roles), ends[0], False, False


def band_reading(text: str, bands: Sequence[Band | None], language: str) -> Reading[int] | None:
    """Return the option in whose band the typed number or range lies; None where the text is neither."""
    typed = band_of(text, language)
    if typed is None or not any(bands):
        return None
    found = tuple(dict.fromkeys(index for reading in _readings(typed, bands) for index in _meeting(reading, bands)))
    index = _index(typed, len(bands))
    if not found:
        near = _around(typed, bands) or (() if index is None else (index,))
        return Between(near) if near else Unclear()
    rival = (index,) if index is not None and _rivals(bands[index], found, bands) and index not in found else ()
    inside = all(_held(reading, bands) for reading in _readings(typed, bands) if _meeting(reading, bands))
    if len(found) == 1 and not rival and inside and typed.sure:
        return Clear(found[0])
    return Between((*found, *rival)) if len(found) + len(rival) <= MOST_CANDIDATES else Unclear()


def _rivals(by_place: Band | None, found: Sequence[int], bands: Sequence[Band | None]) -> bool:
    """Return whether a small number may mean a place in the list: that of no band, or instead of "under 12"."""
    lowest = bands[found[0]]
    return by_place is None or (lowest is not None and lowest.low == -math.inf)


def _readings(typed: Band, bands: Sequence[Band | None]) -> tuple[Band, ...]:
    """Return what the typed number may be: one without a unit has any that the labels have."""
    if typed.timed:
        return (typed,)
    factors = sorted({band.per_unit for band in bands if band})
    return tuple(typed.scaled(factor) if factor > 1 else typed for factor in factors)


def _meeting(typed: Band, bands: Sequence[Band | None]) -> tuple[int, ...]:
    return tuple(index for index, band in enumerate(bands) if band and band.meets(typed))


def _held(typed: Band, bands: Sequence[Band | None]) -> bool:
    return any(band.holds(typed) for band in bands if band)


def _around(typed: Band, bands: Sequence[Band | None]) -> tuple[int, ...]:
    """Return the bands on either side of a number that lies in a gap; none for one beyond them all."""
    below = [(band.high, index) for index, band in enumerate(bands) if band and band.high <= typed.low]
    above = [(band.low, index) for index, band in enumerate(bands) if band and band.low >= typed.high]
    return (max(below)[1], min(above)[1]) if below and above else ()


def _index(typed: Band, size: int) -> int | None:
    whole = typed.low == typed.high and typed.low.is_integer() and not typed.timed
    return int(typed.low) - 1 if whole and 1 <= typed.low <= size else None
