"""Finds a theme's keywords in a text: whole words, several words in a row, and simple endings.

No stemmer: "bus" finds "buses" and never "business". Endings are English and Spanish plurals, -ed and -ing.
"""

import re
from collections.abc import Iterator, Sequence
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
        self.beginnings = frozenset(_beginning(word) for word in words)

    def hits(self, text: str) -> list[Hit]:
        """Return the hits in order; where two keywords overlap, the longer."""
        if not self.beginnings:
            return []
        return [Hit(match.group(), match.start(), match.end()) for match in self._pattern.finditer(text)]


class KeywordIndex:
    """The keywords of all themes. Most texts need no search for most themes: no word begins as a keyword does."""

    def __init__(self, themes: Sequence[Sequence[str]]) -> None:
        self.finders = [KeywordFinder(keywords) for keywords in themes]
        self._themes: dict[str, list[int]] = {}
        for theme, finder in enumerate(self.finders):
            for beginning in finder.beginnings:
                self._themes.setdefault(beginning, []).append(theme)

    def hits(self, text: str) -> Iterator[tuple[int, Hit]]:
        """Yield each hit with the place of its theme."""
        for theme in sorted(self._possible(text)):
            for hit in self.finders[theme].hits(text):
                yield theme, hit

    def _possible(self, text: str) -> set[int]:
        words = set(_WORD.findall(text.lower())) if self._themes else set()
        possible: set[int] = set()
        for beginning in {word[:2] for word in words} | {word[:3] for word in words}:
            if beginning in self._themes:
                possible.update(self._themes[beginning])
        return possible


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
