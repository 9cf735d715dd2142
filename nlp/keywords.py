"""Finds a theme's keywords in a text: whole words, several words in a row, and simple endings.

No stemmer: "bus" finds "buses" and "bussing" in any language that bends words at their end, and never "business".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SHORTEST_BENT_CHARS = 3
"""A shorter keyword is matched as it stands: "it" must not find "its"."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword found in a text, at these character offsets."""

    keyword: str
    start: int
    end: int


class KeywordFinder:
    """The keywords of one theme, ready to search for."""

    def __init__(self, keywords: Sequence[str]) -> None:
        words = sorted({" ".join(word.split()).lower() for word in keywords if word.strip()}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_pattern, words)), re.IGNORECASE) if words else None
        self._words = words

    def hits(self, text: str) -> list[Hit]:
        """Return the hits in order; where two keywords overlap, the longer."""
        if self._pattern is None:
            return []
        matches = self._pattern.finditer(text)
        return [Hit(match.group(), match.start(), match.end()) for match in matches]


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
