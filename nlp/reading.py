"""A reply as the tagger reads it: its text, its excerpts and their vectors.

The vectors are what is worth storing: with them, a changed codebook re-tags a reply without running the encoder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nlp.encoder import Encoder, FloatArray
from nlp.excerpts import Excerpt, excerpts
from nlp.redaction import without_marks


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A reply without personal data. `vectors` has a row for the whole, then one for each excerpt if there are several.

    Where the whole is the only excerpt, it has the first row only.
    """

    text: str
    excerpts: tuple[Excerpt, ...]
    vectors: FloatArray

    @property
    def vector(self) -> FloatArray:
        """The vector of the whole reply, shape (dimensions,); zeros where it has no words."""
        return np.asarray(self.vectors[0])

    @property
    def excerpt_vectors(self) -> FloatArray:
        """The vectors of the excerpts, shape (excerpts or 1, dimensions)."""
        return np.asarray(self.vectors[1:] if len(self.vectors) > 1 else self.vectors)


def read(texts: Sequence[str], encoder: Encoder) -> list[Reading]:
    """Return the readings of some replies, encoded as one batch."""
    cut = [excerpts(text) for text in texts]
    rows = [_rows(without_marks(text), pieces) for text, pieces in zip(texts, cut, strict=True)]
    vectors = encoder.encode([row for own in rows for row in own])
    bounds = pairwise(np.cumsum([0, *map(len, rows)]).tolist())
    return [
        Reading(text, pieces, vectors[start:end]) for text, pieces, (start, end) in zip(texts, cut, bounds, strict=True)
    ]


def reading_of(text: str, vectors: FloatArray) -> Reading:
    """Return the reading of a redacted text whose vectors were stored: no encoder runs.

    Where the rows do not fit the excerpts (the text was redacted further), the whole is its only excerpt.
    """
    pieces = excerpts(text)
    if len(vectors) == len(_rows(text, pieces)):
        return Reading(text, pieces, vectors)
    return Reading(text, (Excerpt(0, len(text)),), vectors[:1])


def _rows(text: str, pieces: Sequence[Excerpt]) -> list[str]:
    return [text, *(text[piece.start : piece.end] for piece in pieces)] if len(pieces) > 1 else [text]


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """What the replies of one consultation have in common: the sum of their vectors, and how many there are.

    Themes stand out against it. Replies about a bus line are all near "bus", which then says little about any of them.
    """

    total: FloatArray
    count: int

    @property
    def shift(self) -> FloatArray:
        """The mean vector, shrunk to zero while few replies are known: a lone reply must not cancel itself."""
        return np.asarray(self.total / (self.count + _PRIOR_REPLIES), dtype=np.float32)

    @property
    def unknown(self) -> float:
        """How little is known of what the replies have in common: 1 with no replies, 0.5 with a hundred."""
        return _PRIOR_REPLIES / (self.count + _PRIOR_REPLIES)


_PRIOR_REPLIES = 100
"""With that many replies, the background counts half. Chosen on the benchmark: the mean of the first 100 of 6,829
replies helped at half its weight and harmed at its full weight."""


def background_of(vectors: FloatArray) -> Background:
    """Return the background of the whole replies' vectors, shape (n, dimensions); n may be 0."""
    return Background(np.asarray(vectors.sum(axis=0), dtype=np.float32), len(vectors))
