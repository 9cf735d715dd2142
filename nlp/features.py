"""What is known of a reply's rows and each theme: how near, which keyword, what is excluded.

The parts of a theme's score, as arrays. Runs no encoder; `Scorer` is a codebook in one language, ready to compare.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.anchors import Anchors, ThemeAnchors, anchors_of
from nlp.codebook import Codebook, is_catch_all, texts_in
from nlp.encoder import Encoder, FloatArray
from nlp.keywords import KeywordIndex
from nlp.reading import Background, Reading
from nlp.redaction import without_marks

BoolArray: TypeAlias = NDArray[np.bool_]

KEYWORD_BONUS = 0.05  # in units of cosine
USUAL_WEIGHT = 0.3  # of a theme's nearness to the others: a vague name is near to every reply
EXCLUDE_WEIGHT = 0.25  # of the cosine by which the exclude note is nearer than all that speaks for the theme


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What is known of some replies' rows (as in `Reading.vectors`, one reply below the other) and each theme.

    Each array has the shape (rows, themes). `near` is the cosine to the theme's centre less the background's, and
    `excluded` is at least 0. `starts` holds the first row of each reply, and the number of rows behind the last.
    `found_at` says at which characters of its reply a row's first keyword of a theme stands.
    """

    near: FloatArray
    keyword: BoolArray
    excluded: FloatArray
    starts: tuple[int, ...]
    found_at: dict[tuple[int, int], tuple[int, int]]

    @property
    def scores(self) -> FloatArray:
        """The score of each theme, in units of cosine; about 0 for a theme that has nothing to do with the row."""
        return np.asarray(self.near + KEYWORD_BONUS * self.keyword - EXCLUDE_WEIGHT * self.excluded, dtype=np.float32)


class Scorer:
    """Compares what was read with a codebook's themes."""

    def __init__(self, codebook: Codebook, language: str, encoder: Encoder) -> None:
        self.anchors: Anchors = anchors_of(codebook, language, encoder)
        self.keywords = KeywordIndex([texts_in(theme.keywords, language) for theme in codebook.themes])
        # what "other" or "no reason" means can only be learned: it is near to nothing
        told = [not is_catch_all(theme) for theme in codebook.themes]
        self._usual = USUAL_WEIGHT * _nearness_to_others(self.anchors.centres)
        self._centres = np.asarray(self.anchors.centres * np.array(told)[:, None], dtype=np.float32)

    def features(self, readings: Sequence[Reading], background: Background | None) -> Features:
        """Return the features of at least one reply, against the background of its consultation where it is known."""
        rows = np.concatenate([reading.vectors for reading in readings])
        starts = (0, *np.cumsum([len(reading.vectors) for reading in readings]).tolist())
        near = rows @ self._centres.T
        near -= self._usual * (background.unknown if background is not None else 1)
        if background is not None:
            near -= background.shift @ self._centres.T
        found_at = self._found_at(readings, starts)
        keyword = np.zeros(near.shape, dtype=np.bool_)
        if found_at:
            keyword[tuple(zip(*found_at, strict=True))] = True
        return Features(near, keyword, self._excluded(rows), starts, found_at)

    def _excluded(self, rows: FloatArray) -> FloatArray:
        return np.stack([_excluded(theme, rows) for theme in self.anchors.themes], axis=1)

    def _found_at(self, readings: Sequence[Reading], starts: Sequence[int]) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the first and longest keyword of each theme in each row that has one: its start and end."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for reading, row in zip(readings, starts, strict=False):
            for theme, start, end in self.keywords.places(without_marks(reading.text)):
                _keep((row, theme), start, end, found)
                if len(reading.vectors) > 1:
                    _keep((row + 1 + _place(start, reading), theme), start, end, found)
        return found


def _keep(where: tuple[int, int], start: int, end: int, found: dict[tuple[int, int], tuple[int, int]]) -> None:
    """Keep that keyword of a row and theme where it stands before the one known, or at its place and is longer."""
    known_start, known_end = found.get(where, (start, -1))
    if start < known_start or (start == known_start and end > known_end):
        found[where] = start, end


def _nearness_to_others(centres: FloatArray) -> FloatArray:
    """Return how much nearer each theme is to the other themes, on average, than the theme that is least so."""
    likeness = centres @ centres.T
    others = likeness.sum(axis=1) - np.diag(likeness)
    return np.asarray((others - others.min()) / max(len(centres) - 1, 1), dtype=np.float32)


def _place(offset_chars: int, reading: Reading) -> int:
    """Return the index of the excerpt that a keyword begins in."""
    return next(index for index, piece in enumerate(reading.excerpts) if offset_chars < piece.end)


def _excluded(theme: ThemeAnchors, vectors: FloatArray) -> FloatArray:
    if not len(theme.excluded):
        return np.zeros(len(vectors), dtype=np.float32)
    nearer = (vectors @ theme.excluded.T).max(axis=1) - (vectors @ theme.rows.T).max(axis=1)
    return np.asarray(np.maximum(nearer, 0), dtype=np.float32)
