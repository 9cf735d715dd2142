"""What was learned from reviewed replies, as a value: how to move the codebook's log-odds for each theme.

Knows how to apply, save and load itself, not how it was learned. It holds the vectors of the replies that it compares
with and a short quote of each, so whoever keeps it has to forget it when one of those replies is deleted.
"""

import io
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from nlp.encoder import FloatArray, unit

QUADRATIC = 1.0
"""Of the squared likeness, beside the likeness itself: two replies that say the same count more than two that are
merely of a kind. Worth .01 in F1 from 200 reviews on; from .5 to 2 it matters little."""

_ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ThemeModel:
    """Reviewed replies to compare with, and what likeness to each of them says about each theme.

    `landmarks` (reviewed, dimensions) are their vectors, less the background; `quotes` their words, cut short; `owners`
    (reviewed, themes) their themes. `weights` (reviewed, themes) and `biases` (themes,) give the log-odds that are
    added to the codebook's (see `offset`); `mix` combines them (see `combined`). `thresholds` (themes,) are
    confidences. `version` is a hash of all that was learned from: the same, the same.
    """

    version: str
    landmarks: FloatArray
    quotes: tuple[str, ...]
    owners: NDArray[np.bool_]
    weights: FloatArray
    biases: FloatArray
    mix: FloatArray
    thresholds: FloatArray

    def confidences(self, vectors: FloatArray, prior: FloatArray) -> FloatArray:
        """Return the confidences (replies, themes), 0 to 1, from whole replies' vectors and the codebook's log-odds."""
        found = np.empty_like(prior)
        for start in range(0, len(prior), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            moved = offset(prior[rows]) + kernel(vectors[rows], self.landmarks) @ self.weights + self.biases
            found[rows] = sigmoid(combined(moved, prior[rows]) @ self.mix)
        return found

    def most_alike(self, vectors: FloatArray, themes: NDArray[np.intp]) -> list[tuple[str, float]]:
        """Return each row's nearest reviewed reply of its theme, its quote and cosine; "" and 0 where none has it."""
        found: list[tuple[str, float]] = [("", 0.0)] * len(vectors)
        for theme in np.unique(themes).tolist():
            own, rows = np.flatnonzero(self.owners[:, theme]), np.flatnonzero(themes == theme)
            if len(own):
                likeness = unit(vectors[rows]) @ unit(self.landmarks[own]).T
                for row, best, cosine in zip(rows.tolist(), likeness.argmax(axis=1), likeness.max(axis=1), strict=True):
                    found[row] = self.quotes[own[best]], float(cosine)
        return found

    def to_bytes(self) -> bytes:
        """Return the model as the bytes of an npz file without pickles."""
        buffer = io.BytesIO()
        arrays = {own.name: np.asarray(getattr(self, own.name)) for own in fields(self)}
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        return buffer.getvalue()


def model_from(data: bytes) -> ThemeModel:
    """Return the model that `to_bytes` wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as saved:
        arrays = {own.name: saved[own.name] for own in fields(ThemeModel)}
    quotes = tuple(str(quote) for quote in arrays.pop("quotes"))
    return ThemeModel(version=str(arrays.pop("version")), quotes=quotes, **arrays)


PRIOR_WEIGHT = 0.57
"""Of the codebook's log-odds, where labels are added to them. From .5 to .7 it matters little."""
_PRIOR_BIAS = -0.24


def offset(prior: FloatArray) -> FloatArray:
    """Return where learning starts from: the codebook's log-odds, less sure of themselves."""
    return np.asarray(PRIOR_WEIGHT * prior + _PRIOR_BIAS, dtype=np.float32)


def kernel(rows: FloatArray, others: FloatArray) -> FloatArray:
    """Return how alike two sets of vectors are, shape (rows, others)."""
    likeness = rows @ others.T
    return np.asarray(likeness + QUADRATIC * likeness * likeness, dtype=np.float32)


def combined(moved: FloatArray, prior: FloatArray) -> FloatArray:
    """Return what a confidence is made of, shape (replies, themes, 4).

    The learned log-odds; those in competition with the other themes and none of them; the codebook's own; and 1.
    """
    return np.stack([moved, _in_competition(moved), prior, np.ones_like(moved)], axis=-1)


def log_odds(chances: FloatArray) -> FloatArray:
    """Return the log-odds of these probabilities, which may be 0 and 1."""
    inside = np.clip(chances, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(inside / (1 - inside)), dtype=np.float32)


def sigmoid(odds: FloatArray) -> FloatArray:
    """Return the probabilities of these log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), dtype=np.float32)


def _in_competition(odds: FloatArray) -> FloatArray:
    """Return the log-odds of each theme against all others and none (which has log-odds of 0)."""
    highest = np.maximum(odds.max(axis=1, keepdims=True), 0)
    weights = np.exp(odds - highest)
    others = weights.sum(axis=1, keepdims=True) + np.exp(-highest) - weights
    return np.asarray(odds - highest - np.log(np.maximum(others, 1e-9)), dtype=np.float32)
