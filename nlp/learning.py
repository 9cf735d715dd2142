"""Learns from reviewed replies how to tag the next ones. The codebook stays the starting point: labels move it.

For each theme, a penalised logistic regression over the reply's vector, with the codebook's log-odds as its offset:
with few labels nearly nothing moves, with many the codebook no longer matters.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.encoder import FloatArray
from nlp.model import ThemeModel, log_odds
from nlp.reading import Background, Reading
from nlp.tagging import Tagger

__all__ = ["Reviewed", "ThemeModel", "learn"]

PENALTY = 1.0
"""Of the squared length of a theme's weights, in units of one reply's surprise."""
_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Reviewed:
    """A reply that a person decided on, and the ids of the themes that it has: none is a decision, too."""

    reading: Reading
    themes: frozenset[str]


def learn(tagger: Tagger, reviewed: Sequence[Reviewed], background: Background | None = None) -> ThemeModel:
    """Return what the reviewed replies teach about the tagger's themes; ids that it does not have are passed over."""
    ids = [theme.id for theme in tagger.codebook.themes]
    themes = np.array([[own in reply.themes for own in ids] for reply in reviewed], dtype=np.float32)
    prior = tagger.confidences([reply.reading for reply in reviewed], background)
    vectors = np.stack([reply.reading.vector for reply in reviewed]) if reviewed else tagger.anchors.centres[:0]
    weights, biases = _fitted(vectors, themes.reshape(-1, len(ids)), log_odds(prior).reshape(-1, len(ids)))
    return ThemeModel(_version(tagger, reviewed), weights, biases, tagger.thresholds())


def _fitted(vectors: FloatArray, themes: FloatArray, offset: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return weights and biases: descent on all themes at once, by one bound (1/4) of all their curvatures."""
    rows = np.hstack([vectors, np.ones((len(vectors), 1), dtype=np.float32)])
    bound = np.linalg.inv(rows.T @ rows / 4 + PENALTY * np.eye(rows.shape[1], dtype=np.float32))
    found = np.zeros((rows.shape[1], themes.shape[1]), dtype=np.float32)
    for _ in range(_STEPS):
        surprise = themes - 1 / (1 + np.exp(-(offset + rows @ found)))
        found += bound @ (rows.T @ surprise - PENALTY * found)
    return found[:-1], found[-1]


def _version(tagger: Tagger, reviewed: Sequence[Reviewed]) -> str:
    digest = hashlib.sha256(f"{tagger.version} {tagger.codebook.version}".encode())
    for reply in reviewed:
        digest.update(reply.reading.vector.tobytes())
        digest.update("\n".join(sorted(reply.themes)).encode() + b"\0")
    return digest.hexdigest()[:16]
