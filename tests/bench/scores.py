"""F1 in three averages, over arrays of replies by themes."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bools: TypeAlias = NDArray[np.bool_]


def micro_f1(truth: Bools, given: Bools) -> float:
    """Return F1 over all pairs of reply and theme."""
    return float(_f1(truth, given, axis=None))


def macro_f1(truth: Bools, given: Bools) -> float:
    """Return the mean of the themes' F1."""
    return float(_f1(truth, given, axis=0).mean())


def sample_f1(truth: Bools, given: Bools) -> float:
    """Return the mean of the replies' F1; 0 for a reply that has no theme on either side."""
    return float(_f1(truth, given, axis=1).mean())


def _f1(truth: Bools, given: Bools, axis: int | None) -> NDArray[np.float64]:
    both = (truth & given).sum(axis=axis)
    either = truth.sum(axis=axis) + given.sum(axis=axis)
    return np.asarray(2 * both / np.maximum(either, 1), dtype=np.float64)
