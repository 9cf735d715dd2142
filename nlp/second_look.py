"""A second pair of eyes behind the phrases of `screening`: what a text means by its sentence vectors, and its wording.

Knows no phrase. It was fitted on sentences written for this project (`tests/nlp/screening/`, by
`python -m tests.bench fit_screening`): a text that lies near disclosures, and not near harmless talk, is noticed. It
works only with the encoder that it was fitted with, since vectors of two encoders never compare.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.encoder import Encoder, FloatArray
from nlp.wording import Wording

WEIGHTS = Path(__file__).with_name("second_look.npz")

_STEPS = 127
_MOSTLY = 0.5
"""The share from which on a kind is named: more than all others together."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 3
"""A shorter sentence says too little on its own; it is read with the whole text."""
_MOST_SENTENCES = 24
"""Of a long text, so that one message cannot keep the encoder busy."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A support vector machine with a Gaussian kernel, beside it a vote on the wording, and which kind a text is of.

    `projection` (dimensions, k) takes a vector less `centre` to k numbers, scaled to length 1. `landmarks` (m, k) are
    the sentences that drew the line, `alarm` (m,) how much each says, `alarm_bias` moves the line: a score above 0 is
    noticed. `kinds` (k, n) and `kind_bias` (n,) tell which of the n `names`; from the score `sure` on it is named.
    """

    encoder: str
    names: tuple[str, ...]
    centre: FloatArray
    projection: FloatArray
    landmarks: FloatArray
    width: float
    alarm: FloatArray
    alarm_bias: float
    kinds: FloatArray
    kind_bias: FloatArray
    sure: float
    wording: Wording

    def projected(self, vectors: FloatArray) -> FloatArray:
        """Return the vectors (rows, dimensions) in fewer numbers (rows, k), each row of length 1 (or all zeros)."""
        rows = (vectors - self.centre) @ self.projection
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def scores(self, rows: FloatArray, texts: Sequence[str]) -> FloatArray:
        """Return the score of each projected row and its text: above 0 it is noticed."""
        near = np.exp(-2 * self.width * (1 - rows @ self.landmarks.T))
        worded = np.array([self.wording.score(text) for text in texts], dtype=np.float32)
        return np.asarray(near @ self.alarm + worded + self.alarm_bias, dtype=np.float32)

    def kind(self, row: FloatArray) -> tuple[str, float]:
        """Return the likeliest kind of a projected row and its share among all kinds, 0 to 1."""
        votes = np.exp(row @ self.kinds + self.kind_bias)
        best = int(np.argmax(votes))
        return self.names[best], float(votes[best] / votes.sum())


@dataclass(frozen=True, slots=True)
class Noticed:
    """A text that stands out: how far above the line (more than 0), and its kind, None where that is not sure."""

    score: float
    kind: str | None


def notice(texts: Sequence[str], encoder: Encoder, weights: Weights) -> list[Noticed | None]:
    """Return for each text what stands out in it or in one of its sentences, None where nothing does."""
    parts = [sentences(text) for text in texts]
    everything = [part for own in parts for part in own]
    rows = weights.projected(encoder.encode(everything))
    scores = weights.scores(rows, everything)
    ends = np.cumsum([len(own) for own in parts])
    spans = [slice(int(end) - len(own), int(end)) for own, end in zip(parts, ends, strict=True)]
    return [_noticed(rows[span], scores[span], weights) for span in spans]


def _noticed(rows: FloatArray, scores: FloatArray, weights: Weights) -> Noticed | None:
    if not scores.size or scores.max() <= 0:
        return None
    score = float(scores.max())
    kind, share = weights.kind(rows[int(np.argmax(scores))])
    return Noticed(score, kind if score >= weights.sure and share >= _MOSTLY else None)


def sentences(text: str) -> tuple[str, ...]:
    """Return what is looked at of a text: the whole, and its sentences where it has several; nothing without words."""
    whole = text.lower().replace("’", "'").strip()
    if not _WORD.search(whole):
        return ()
    own = [part for part in _SENTENCE_END.split(whole) if len(_WORD.findall(part)) >= _FEWEST_WORDS]
    return (whole, *own[:_MOST_SENTENCES]) if len(own) > 1 else (whole,)


@functools.cache
def weights_for(encoder: str) -> Weights | None:
    """Return the shipped weights, or None where they were not fitted with the encoder of that name."""
    weights = read_weights(WEIGHTS)
    return weights if weights.encoder == encoder else None


def read_weights(path: Path) -> Weights:
    """Return the weights in the file."""
    with np.load(path, allow_pickle=False) as file:
        return Weights(
            encoder=str(file["encoder"]),
            names=tuple(str(name) for name in file["names"]),
            centre=_singles(file["centre"]),
            projection=_singles(file["projection"]),
            landmarks=_singles(file["landmarks"]) / np.float32(_STEPS),
            width=float(file["width"]),
            alarm=_singles(file["alarm"]),
            alarm_bias=float(file["alarm_bias"]),
            kinds=_singles(file["kinds"]),
            kind_bias=_singles(file["kind_bias"]),
            sure=float(file["sure"]),
            wording=Wording(_singles(file["rarity"]), _singles(file["votes"])),
        )


def _singles(array: NDArray[Any]) -> FloatArray:
    return array.astype(np.float32)


def write_weights(path: Path, weights: Weights) -> None:
    """Write the weights: landmarks in steps of 1/127, the rest as halves."""
    np.savez_compressed(
        path,
        encoder=weights.encoder,
        names=np.array(weights.names),
        centre=weights.centre.astype(np.float16),
        projection=weights.projection.astype(np.float16),
        landmarks=np.rint(weights.landmarks * _STEPS).astype(np.int8),
        width=weights.width,
        alarm=weights.alarm.astype(np.float16),
        alarm_bias=weights.alarm_bias,
        kinds=weights.kinds.astype(np.float16),
        kind_bias=weights.kind_bias.astype(np.float16),
        sure=weights.sure,
        rarity=weights.wording.rarity.astype(np.float16),
        votes=weights.wording.votes.astype(np.float16),
    )
