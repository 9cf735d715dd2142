"""Finds a theme's keywords in a text: whole words, several words in a row, and simple endings.

No stemmer: "bus" finds "buses" and never "business". Endings are English and Spanish plurals, -ed and -ing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

_SHORTEST_BENT_CHARS = 3
"""A shorter keyword is matched as it stands: "it" must not find "its"."""
_WORD = re.compile(r"\w+")


_Entry: TypeAlias = tuple[int, re.Pattern[str] | None]
"""A theme, and what must match where its keyword's first word stands; None where that word is all."""


class KeywordIndex:
    """The keywords of all themes, looked up word by word: a text costs as much for twenty themes as for one."""

    def __init__(self, themes: Sequence[Sequence[str]]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._unworded: list[_Entry] = []
        for theme, keywords in enumerate(themes):
            for keyword in sorted(_plain(keywords)):
                self._add(theme, keyword)

    def places(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the theme, the start and the end of each keyword in characters, of overlapping ones too."""
        for word in _WORD.finditer(text) if self._entries else ():
            for theme, pattern in self._entries.get(word.group().lower(), ()):
                if match := pattern.match(text, word.start()) if pattern else word:
                    yield theme, match.start(), match.end()
        for theme, pattern in self._unworded:
            yield from ((theme, match.start(), match.end()) for match in pattern.finditer(text)) if pattern else ()

    def _add(self, theme: int, keyword: str) -> None:
        first = _WORD.match(keyword)
        pattern = re.compile(_pattern(keyword), re.IGNORECASE)
        if first is None:
            self._unworded.append((theme, pattern))
        elif first.group() == keyword:
            for form in _forms(keyword):
                self._entries.setdefault(form, []).append((theme, None))
        else:
            self._entries.setdefault(first.group(), []).append((theme, pattern))


def _plain(keywords: Sequence[str]) -> set[str]:
    return {" ".join(word.split()).lower() for word in keywords if word.strip()}


def _pattern(keyword: str) -> str:
    *first, last = keyword.split(" ")
    words = r"[\s-]+".join([*map(re.escape, first), _bent(last)])
    return rf"(?<!\w){words}(?!\w)"


def _bent(word: str) -> str:
    """Return a pattern for the word as written, in the plural, and with -ed and -ing (stopped, studies, moving)."""
    return f"(?:{'|'.join(map(re.escape, sorted(_forms(word), key=len, reverse=True)))})(?:['’]s)?"


def _forms(word: str) -> set[str]:
    """Return the word and, if it is long enough to bend, its forms."""
    if len(word) < _SHORTEST_BENT_CHARS or not word[-1].isalpha():
        return {word}
    stem, last = word[:-1], word[-1]
    forms = {word, *(word + ending for ending in ("s", "es", "d", "ed", "ing"))}
    forms |= {word + last + ending for ending in ("ing", "ed", "es")}
    if last == "y":
        forms |= {f"{stem}ies", f"{stem}ied"}
    return forms | {f"{stem}ing"} if last == "e" else forms
