"""Fits logistic regressions that start from somewhere: an offset for each reply, a prior for each coefficient.

Plain arithmetic on arrays; knows neither replies nor themes.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.encoder import FloatArray
from nlp.model import sigmoid

BoolArray: TypeAlias = NDArray[np.bool_]
Doubles: TypeAlias = NDArray[np.float64]

PENALTY = 0.1
"""Of the squared length of the weights, against one reply's surprise. Between .05 and .3, F1 moves by .005."""
BIAS_PENALTY = 3.0
"""Of the squared bias: few labels say little about how rare a theme is. Under 1, ten labels do harm."""
_STEPS = 60
_NEWTON_STEPS = 12
_LEAST_STEP = 1e-6
FOLDS = 5
ENOUGH_ROWS = 500
"""So many rows in one fold are enough to calibrate on."""


def fitted(rows: FloatArray, truth: FloatArray, start: FloatArray) -> FloatArray:
    """Return weights (columns, targets), the bias last of the columns: rows (n, columns) end in a column of ones.

    Where `truth` (n, targets) is not a number, nobody knows it, and nothing is learned from it.
    Accelerated descent on all targets at once, along one bound (1/4) of all their curvatures (Böhning & Lindsay 1988).
    """
    penalty = np.full((rows.shape[1], 1), PENALTY, dtype=np.float32)
    penalty[-1] = BIAS_PENALTY
    step = np.linalg.inv(rows.T @ rows / 4 + np.diag(penalty[:, 0])).astype(np.float32)
    found = np.zeros((rows.shape[1], truth.shape[1]), dtype=np.float32)
    before = found.copy()
    for number in range(_STEPS):
        ahead = found + number / (number + 3) * (found - before)
        surprise = np.nan_to_num(truth - sigmoid(start + rows @ ahead))
        before, found = found, np.asarray(ahead + step @ (rows.T @ surprise - penalty * ahead), dtype=np.float32)
    return found


def out_of_fold(rows: FloatArray, truth: FloatArray, start: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return the log-odds (n, targets) of rows by weights that were fitted without them, and which rows (n,) those are.

    All of them, or one fold where that is enough: with thousands of rows, five fits would take most of the time.
    """
    fold = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    folds = FOLDS if len(rows) < FOLDS * ENOUGH_ROWS else 1
    odds = start.copy()
    for number in range(folds):
        held, kept = fold == number, fold != number
        odds[held] += rows[held] @ fitted(rows[kept], truth[kept], start[kept])
    return odds, fold < folds


def shared_fit(columns: FloatArray, truth: FloatArray, prior: Doubles, penalty: Doubles) -> FloatArray:
    """Return one coefficient a column, near `prior` as far as `penalty` holds it there; damped Newton's method."""
    rows, found = columns.astype(np.float64), prior.copy()
    for _ in range(_NEWTON_STEPS):
        chance = _chances(rows @ found)
        slope = rows.T @ (truth - chance) - penalty * (found - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        step, before = np.linalg.solve(curve, slope), _surprise(rows, truth, found, prior, penalty)
        # a whole step overshoots where nearly all rows are far from undecided, and never comes back
        while _surprise(rows, truth, found + step, prior, penalty) > before and np.abs(step).max() > _LEAST_STEP:
            step /= 2
        found = found + step
    return found.astype(np.float32)


def _surprise(rows: Doubles, truth: FloatArray, found: Doubles, prior: Doubles, penalty: Doubles) -> float:
    """Return what the fit makes small: how unlikely the truth is, and how far the coefficients are from their prior."""
    odds = rows @ found
    return float(np.sum(np.logaddexp(0, odds) - truth * odds) + np.sum(penalty * (found - prior) ** 2) / 2)


def _chances(odds: Doubles) -> Doubles:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -500, 500))), dtype=np.float64)
