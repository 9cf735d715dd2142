"""From scores to confidence: themes and "none of these" compete for a share of belief.

Arithmetic on arrays, and the constants of tagging from the codebook alone.
"""

import numpy as np

from nlp.encoder import FloatArray
from nlp.model import log_odds

# Chosen together on all development sets of tests/bench/tagging.py, each on a plateau: README.md has the figures.
NONE_SCORE = 0.05  # the score of "none of these", in units of cosine
TEMPERATURE = 0.05  # the difference in cosine that makes one theme e times as likely as another
WHOLE_WEIGHT = 0.6  # of the whole reply's share in the confidence; the best excerpt's has the rest
TIMES_CHANCE = 1.8  # a tagged theme's share, in multiples of an equal one
LEAST_SHARE = 0.14  # a share that is needed however many themes there are: below, one tag in five is right
CERTAIN_SHARE = 0.38  # a share that is always enough: in a codebook of few themes, one sure excerpt must do
SLOPE, BIAS = 0.95, 0.4  # from a share's log-odds to those of being right, for all pairs of reply and theme
TAGGED_SLOPE, TAGGED_BIAS = 1.08, 0.1  # from there to those of a tag: what is tagged is right more often than that
DESCRIBED_BIAS = 0.2  # more where all themes are described: then one may believe it more


def shares_of(scores: FloatArray) -> FloatArray:
    """Return each theme's share of belief, shape as `scores`; what a row lacks to 1 is the share of none of them."""
    with_none = np.pad(scores, ((0, 0), (0, 1)), constant_values=NONE_SCORE) / TEMPERATURE
    weights = np.exp(with_none - with_none.max(axis=1, keepdims=True))
    return np.asarray(weights[:, :-1] / weights.sum(axis=1, keepdims=True), dtype=np.float32)


def shares_of_replies(shares: FloatArray, starts: FloatArray | tuple[int, ...]) -> FloatArray:
    """Return each reply's shares (replies, themes) from its rows', the whole first: part the whole's, part the best's.

    `starts` holds the first row of each reply, and the number of rows behind the last.
    """
    first, behind = np.asarray(starts[:-1], dtype=np.intp), np.asarray(starts[1:], dtype=np.intp)
    bounds = np.stack([np.minimum(first + 1, behind - 1), behind], axis=1).ravel()[:-1]
    best = np.maximum.reduceat(shares, bounds, axis=0)[::2]
    return np.asarray(WHOLE_WEIGHT * shares[first] + (1 - WHOLE_WEIGHT) * best, dtype=np.float32)


def likely(share: FloatArray) -> FloatArray:
    """Return the log-odds that a theme of this share is right, tagged or not: where learning starts from."""
    return np.asarray(SLOPE * log_odds(share) + BIAS, dtype=np.float32)


def likely_tag(described: float) -> tuple[float, float]:
    """Return slope and bias from those log-odds to a tag's while nothing is reviewed; `described`: a share of themes.

    They fit what is tagged. What is not is nearly always too little to matter, and there are many more of those.
    """
    return TAGGED_SLOPE, TAGGED_BIAS + described * DESCRIBED_BIAS


def threshold(themes: int) -> float:
    """Return the share above which a theme is tagged, in a codebook of that many themes."""
    return min(CERTAIN_SHARE, max(LEAST_SHARE, TIMES_CHANCE / (themes + 1)))
