"""Finds a theme's keywords in a text: whole words, several words in a row, and simple endings.

No stemmer: "bus" finds "buses" and never "business". Endings are English and Spanish plurals, -ed and -ing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SHORTEST_BENT_CHARS = 3
"""A shorter keyword is matched as it stands: "it" must not find "its"."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword found in a text, as it is written there, at these character offsets."""

    keyword: str
    start: int
    end: int


class KeywordFinder:
    """The keywords of one theme, ready to search for."""

    def __init__(self, keywords: Sequence[str]) -> None:
        words = {" ".join(word.split()).lower() for word in keywords if word.strip()}
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(_pattern, longest_first)), re.IGNORECASE)
        self._beginnings = frozenset(_beginning(word) for word in words)

    def hits(self, text: str, beginnings: frozenset[str] | None = None) -> list[Hit]:
        """Return the hits in order; where two keywords overlap, the longer.

        `beginnings` is `beginnings_of(text)`: with many finders for one text, most need not search.
        """
        if self._beginnings.isdisjoint(beginnings_of(text) if beginnings is None else beginnings):
            return []
        return [Hit(match.group(), match.start(), match.end()) for match in self._pattern.finditer(text)]


def beginnings_of(text: str) -> frozenset[str]:
    """Return how the words of a text begin: their first two letters and their first three, in lower case."""
    words = set(_WORD.findall(text.lower()))
    return frozenset(word[:2] for word in words) | frozenset(word[:3] for word in words)


def _beginning(keyword: str) -> str:
    """Return the letters that every form of the keyword begins with, two or three of them."""
    first = _WORD.search(keyword)
    word = first.group() if first else ""
    return word[:3] if len(word) > _SHORTEST_BENT_CHARS else word[:2]


def _pattern(keyword: str) -> str:
    *first, last = keyword.split(" ")
    words = r"[\s-]+".join([*map(re.escape, first), _bent(last)])
    return rf"(?<!\w){words}(?!\w)"


def _bent(word: str) -> str:
    """Return a pattern for the word as written, in the plural, and with -ed and -ing (stopped, studies, moving)."""
    if len(word) < _SHORTEST_BENT_CHARS or not word[-1].isalpha():
        return re.escape(word)
    stem, last = re.escape(word[:-1]), re.escape(word[-1])
    forms = [f"{stem}{last}(?:['’]?s|es|e?d|ing|{last}(?:ing|ed|es))?"]
    if last == "y":
        forms.append(f"{stem}ie[sd]")
    if last == "e":
        forms.append(f"{stem}ing")
    return f"(?:{'|'.join(forms)})"
