"""Learns from reviewed replies how to tag the next ones. The codebook stays the starting point: labels move it.

For each theme, a penalised logistic regression on how alike a reply is to the reviewed ones, with the codebook's
log-odds as its offset. Then, on replies that the regression did not see, one mix of both for all themes, which begins
at the codebook's and moves away from it as reviews come in; a threshold for each theme; and what is tagged by them is
calibrated by itself, as its confidence is what people read.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.encoder import FloatArray
from nlp.model import ThemeModel, combined, kernel, log_odds, offset, sigmoid
from nlp.nonresponse import nonresponse
from nlp.reading import Background, Reading
from nlp.regression import Doubles, fitted, out_of_fold, shared_fit
from nlp.shares import likely, threshold
from nlp.tagging import Tagger, centred
from nlp.why import quoted

__all__ = ["Reviewed", "ThemeModel", "learn"]

MOST_LANDMARKS = 800
"""How many reviewed replies a new one is compared with. All that are reviewed count, by way of these."""
FEWEST_REVIEWED = 5
"""With fewer, there is nothing to hold back for calibration."""

# Chosen together on the development sets of tests/bench/learning.py, each on a plateau.
HALFWAY_REVIEWS = 2  # a theme: with that many times the themes reviewed, codebook and labels count alike
USUAL_THRESHOLD = 0.28  # of a calibrated confidence, where labels speak; F1 is best near half of itself
THRESHOLD_REPLIES = 300  # as much evidence as this many replies for the usual threshold
THRESHOLD_TAGS = 20  # the same for a theme's own, against that of all themes
_HOLD = np.array([10.0, 10.0, 10.0, 5.0])  # how firmly the mix's coefficients stay where they begin
_SURER = np.array([0.9, 0.3])  # slope and bias from the mix's log-odds to a tag's: on every set, tags were too modest
_HOLD_SURER = np.array([20.0, 20.0])  # how firmly they stay there


@dataclass(frozen=True, slots=True, eq=False)
class Reviewed:
    """A reply that a person decided on, and the ids of the themes that it has: none is a decision, too.

    `unasked` are themes that could not be given, as one that the codebook did not have yet.
    """

    reading: Reading
    themes: frozenset[str]
    unasked: frozenset[str] = frozenset()


def learn(tagger: Tagger, reviewed: Sequence[Reviewed], background: Background | None = None) -> ThemeModel:
    """Return what the reviewed replies teach about the tagger's themes; ids that it does not have are passed over."""
    told = [one for one in reviewed if one.reading.vector.any() and nonresponse(one.reading.text) is None]
    version = _version(tagger, told)
    if not told:
        return _nothing_learned(tagger, version)
    readings = [one.reading for one in told]
    truth, prior = _truth(tagger, told), tagger.prior(readings, background)
    vectors = centred(readings, background)
    chosen = np.random.default_rng(0).permutation(len(told))[:MOST_LANDMARKS]
    spread = _spread(vectors[chosen])
    rows = np.hstack([kernel(vectors, vectors[chosen]) @ spread, np.ones((len(told), 1), dtype=np.float32)])
    weights = fitted(rows, truth, offset(prior))
    mix, thresholds = _calibrated(tagger, rows, truth, prior)
    return ThemeModel(
        version=version,
        landmarks=vectors[chosen],
        quotes=tuple(quoted(told[place].reading.text) for place in chosen.tolist()),
        owners=truth[chosen] > 0,
        weights=spread @ weights[:-1],
        biases=weights[-1],
        mix=mix,
        thresholds=thresholds,
    )


def _truth(tagger: Tagger, reviewed: Sequence[Reviewed]) -> FloatArray:
    """Return which reply has which theme as 0 and 1, shape (replies, themes); not a number where nobody was asked."""
    ids = [theme.id for theme in tagger.codebook.themes]
    rows = [[np.nan if own in one.unasked else own in one.themes for own in ids] for one in reviewed]
    return np.array(rows, dtype=np.float32).reshape(-1, len(ids))


def _spread(landmarks: FloatArray) -> FloatArray:
    """Return what turns kernel values into coordinates whose products they are (Williams & Seeger 2001)."""
    values, directions = np.linalg.eigh(kernel(landmarks, landmarks).astype(np.float64))
    kept = values > 1e-6 * values[-1]
    return np.asarray(directions[:, kept] / np.sqrt(values[kept]), dtype=np.float32)


def _calibrated(
    tagger: Tagger, rows: FloatArray, truth: FloatArray, prior: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the mix of `combined` and the thresholds, both beginning where the codebook alone has them."""
    themes = truth.shape[1]
    learned = len(rows) / (len(rows) + HALFWAY_REVIEWS * themes)
    begin = np.array([learned / 2, learned / 2, 1 - learned, 0.0])
    own = sigmoid(likely(np.full(themes, threshold(themes), dtype=np.float32)))
    if len(rows) < FEWEST_REVIEWED:
        return _surer(begin, learned * USUAL_THRESHOLD + (1 - learned) * own, _SURER)
    odds, unseen = out_of_fold(rows, truth, offset(prior))
    parts, right = combined(odds[unseen], prior[unseen]), truth[unseen]
    known = ~np.isnan(right)
    mix = shared_fit(parts[known], right[known], begin, _HOLD)
    bars = learned * _bars(sigmoid(parts @ mix), right) + (1 - learned) * own
    return _surer(mix, bars, _fitting_tags(parts @ mix, log_odds(bars), right))


def _fitting_tags(odds: FloatArray, bars: FloatArray, truth: FloatArray) -> FloatArray:
    """Return slope and bias that make these log-odds right for what is tagged: for all else they are right already."""
    tagged = (odds > bars) & ~np.isnan(truth)
    columns = np.stack([odds[tagged], np.ones(tagged.sum(), dtype=np.float32)], axis=-1)
    return shared_fit(columns, truth[tagged], _SURER, _HOLD_SURER)


def _surer(mix: FloatArray | Doubles, bars: FloatArray, by: FloatArray | Doubles) -> tuple[FloatArray, FloatArray]:
    """Return the mix and the thresholds as that slope and bias have them: what is tagged stays the same."""
    slope, bias = by.tolist()
    return np.asarray(slope * mix + [0, 0, 0, bias], dtype=np.float32), sigmoid(slope * log_odds(bars) + bias)


def _bars(chances: FloatArray, truth: FloatArray) -> FloatArray:
    """Return each theme's threshold: half the F1 to be expected, drawn to that of all themes and to the usual."""
    known = ~np.isnan(truth)
    count = len(chances) * known.mean()
    overall = (count * _expected_f1(chances[known]) / 2 + THRESHOLD_REPLIES * USUAL_THRESHOLD) / (
        count + THRESHOLD_REPLIES
    )
    own = np.array([_expected_f1(column[asked]) for column, asked in zip(chances.T, known.T, strict=True)]) / 2
    tags = np.nansum(truth, axis=0)
    return np.asarray((tags * own + THRESHOLD_TAGS * overall) / (tags + THRESHOLD_TAGS), dtype=np.float32)


def _expected_f1(chances: FloatArray) -> float:
    """Return the best F1 to expect of such probabilities; half of it is the best threshold (Lipton et al. 2014).

    0 where there are none.
    """
    if not len(chances):
        return 0.0
    ordered = np.sort(chances)[::-1]
    right = np.cumsum(ordered)
    return float((2 * right / (np.arange(1, len(ordered) + 1) + right[-1])).max())


def _nothing_learned(tagger: Tagger, version: str) -> ThemeModel:
    dimensions, themes = tagger.anchors.centres.shape[1], len(tagger.codebook.themes)
    return ThemeModel(
        version=version,
        landmarks=np.zeros((0, dimensions), dtype=np.float32),
        quotes=(),
        owners=np.zeros((0, themes), dtype=np.bool_),
        weights=np.zeros((0, themes), dtype=np.float32),
        biases=np.zeros(themes, dtype=np.float32),
        mix=np.array([0, 0, *tagger.likely_tag], dtype=np.float32),
        thresholds=tagger.thresholds(),
    )


def _version(tagger: Tagger, reviewed: Sequence[Reviewed]) -> str:
    digest = hashlib.sha256(f"{tagger.version} {tagger.codebook.version}".encode())
    for one in reviewed:
        digest.update(one.reading.vector.tobytes())
        digest.update("\n".join([*sorted(one.themes), "", *sorted(one.unasked)]).encode() + b"\0")
    return digest.hexdigest()[:16]
