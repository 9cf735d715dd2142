"""What was learned from reviewed replies, as a value: how to move the codebook's confidence in each theme.

Knows how to apply itself, not how it was learned, and nothing of where replies are stored.
"""

from dataclasses import dataclass

import numpy as np

from nlp.encoder import FloatArray

_SUREST = 1e-4
"""No confidence is nearer than this to 0 or 1 before something is added to its log-odds."""


@dataclass(frozen=True, slots=True, eq=False)
class ThemeModel:
    """Weights (dimensions, themes), biases (themes,) and thresholds (themes,) of confidence, for one codebook.

    `version` is a hash of the codebook's and the encoder's versions and of what was learned from: the same, the same.
    """

    version: str
    weights: FloatArray
    biases: FloatArray
    thresholds: FloatArray

    def confidences(self, vectors: FloatArray, prior: FloatArray) -> FloatArray:
        """Return the confidences (replies, themes), 0 to 1, from whole replies' vectors and the codebook's own."""
        odds = log_odds(prior) + vectors @ self.weights + self.biases
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def log_odds(confidences: FloatArray) -> FloatArray:
    """Return the natural logarithm of the odds, finite even for 0 and 1."""
    inside = np.clip(confidences, _SUREST, 1 - _SUREST)
    return np.asarray(np.log(inside / (1 - inside)), dtype=np.float32)
