"""The excerpts of a reply: sentences, and clauses of long ones. What a tag can point at.

Plain functions over text, in any language whose sentences end in punctuation or on a new line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.pipeline import Sentencizer

FEWEST_WORDS = 3
"""A piece with fewer words joins its neighbour: "Yes." or "e.g." alone is evidence of nothing."""
MOST_EXCERPTS = 48
"""What lies behind stays in the last one. Telegram's longest message rarely has more sentences."""

_END = re.escape("".join(Sentencizer.default_punct_chars))
_SENTENCE = re.compile(rf"[{_END}]+[\"'”’)\]]*\s+|[。！？]+|\n\s*")
_CLAUSE = re.compile(r"[,;:，；、]\s+|\s[-–—]+\s|\s\(|\)\s")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text, by character offsets; `text[start:end]` has no space at its ends."""

    start: int
    end: int


def excerpts(text: str) -> tuple[Excerpt, ...]:
    """Return the excerpts of a text in order; they do not overlap. Empty where the text has no words."""
    pieces: list[Excerpt] = []
    for sentence in _pieces(text, Excerpt(0, len(text)), _SENTENCE, FEWEST_WORDS):
        pieces.extend(_pieces(text, sentence, _CLAUSE, FEWEST_WORDS + 1))
    if len(pieces) > MOST_EXCERPTS:
        pieces[MOST_EXCERPTS - 1 :] = [Excerpt(pieces[MOST_EXCERPTS - 1].start, pieces[-1].end)]
    return tuple(piece for piece in pieces if _WORD.search(text, piece.start, piece.end))


def _pieces(text: str, whole: Excerpt, cut: re.Pattern[str], fewest_words: int) -> Iterator[Excerpt]:
    """Yield `whole` cut behind each match, a piece of too few words joined to the one before (the first: behind)."""
    cuts = [match.end() for match in cut.finditer(text, whole.start, whole.end)]
    if not cuts:
        yield _stripped(text, whole.start, whole.end)
        return
    start, end = whole.start, whole.start
    for left, right in pairwise([whole.start, *cuts, whole.end]):
        if end > whole.start and min(_words(text, start, end), _words(text, left, right)) >= fewest_words:
            yield _stripped(text, start, end)
            start = left
        end = right
    yield _stripped(text, start, end)


def _words(text: str, start: int, end: int) -> int:
    return len(_WORD.findall(text, start, end))


def _stripped(text: str, start: int, end: int) -> Excerpt:
    piece = text[start:end]
    return Excerpt(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))
