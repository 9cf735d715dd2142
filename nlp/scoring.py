"""How well tags match what people coded: precision, recall and F1, in three averages, with their uncertainty.

Arrays are of replies by themes: `truth[reply, theme]` as people coded, `given[reply, theme]` as the machine did. F1 of
nothing is a matter of definition, and here it is this: a reply that has no theme on either side is right (1); a theme
that stands on no reply on either side has no F1 (None), and is left out of the macro average.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

DRAWS = 1000
"""Bootstrap samples: the ends of the interval then move by less than .01 from seed to seed."""
PERCENTILES = (2.5, 97.5)
FEWEST = 10
"""With fewer replies, a theme's figures say little: at n = 10, a recall of .5 may be .24 or .76 as well (Wilson)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure and its 95% bootstrap interval over replies (percentile method)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """How well one theme is tagged. `people` and `machine` count the replies that each gave it.

    With `too_few` of people's, the figures say little.
    """

    theme: str
    people: int
    machine: int
    precision: float | None
    recall: float | None
    f1: Figure | None
    too_few: bool


@dataclass(frozen=True, slots=True)
class Averages:
    """F1 over all pairs of reply and theme (micro), as the mean of the themes (macro), and of the replies (sample)."""

    micro: Figure
    macro: Figure
    sample: Figure


def theme_scores(themes: list[str], truth: Bools, given: Bools, seed: int = 0) -> list[ThemeScore]:
    """Return the scores of each theme, in the order of the columns."""
    draws = _f1(*_drawn_counts(truth, given, _weights(len(truth), seed)))
    return [
        _theme_score(theme, truth[:, column], given[:, column], draws[:, column]) for column, theme in enumerate(themes)
    ]


def averages(truth: Bools, given: Bools, seed: int = 0) -> Averages:
    """Return the three averages. At least one reply is needed.

    A theme that a bootstrap sample happens to miss keeps its F1 there: else rare, bad themes would drop out.
    """
    weights = _weights(len(truth), seed)
    both, either = _drawn_counts(truth, given, weights)
    of_themes = np.where(either > 0, _f1(both, either), _f1(*_counts(truth, given)))
    of_replies = _sample_f1s(truth, given)
    return Averages(
        micro=_figure(micro_f1(truth, given), _f1(both.sum(axis=1), either.sum(axis=1))),
        macro=_figure(macro_f1(truth, given), _macro(of_themes)),
        sample=_figure(float(of_replies.mean()), weights @ of_replies / len(truth)),
    )


def micro_f1(truth: Bools, given: Bools) -> float:
    """Return F1 over all pairs of reply and theme; 1 where nobody gave any theme."""
    either = truth.sum() + given.sum()
    return float(2 * (truth & given).sum() / either) if either else 1.0


def macro_f1(truth: Bools, given: Bools) -> float:
    """Return the mean of the themes' F1, of those that anyone gave; 1 where nobody gave any."""
    return float(_macro(_f1(*_counts(truth, given))[np.newaxis])[0])


def sample_f1(truth: Bools, given: Bools) -> float:
    """Return the mean of the replies' F1; a reply without a theme on either side counts as 1."""
    return float(_sample_f1s(truth, given).mean())


def _theme_score(theme: str, truth: Bools, given: Bools, draws: Floats) -> ThemeScore:
    both, people, machine = int((truth & given).sum()), int(truth.sum()), int(given.sum())
    return ThemeScore(
        theme=theme,
        people=people,
        machine=machine,
        precision=both / machine if machine else None,
        recall=both / people if people else None,
        f1=_figure(2 * both / (people + machine), draws) if people + machine else None,
        too_few=people < FEWEST,
    )


def _weights(count: int, seed: int) -> Floats:
    """Return how often each reply stands in each bootstrap sample, shape (DRAWS, replies)."""
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=DRAWS)
    return np.asarray(drawn, dtype=np.float64)


def _drawn_counts(truth: Bools, given: Bools, weights: Floats) -> tuple[Floats, Floats]:
    both = (truth & given).astype(np.float64)
    either = truth.astype(np.float64) + given.astype(np.float64)
    return weights @ both, weights @ either


def _counts(truth: Bools, given: Bools) -> tuple[Floats, Floats]:
    """Return for each theme how many replies have it on both sides, and the sum of those on either."""
    both = np.asarray((truth & given).sum(axis=0), dtype=np.float64)
    return both, np.asarray(truth.sum(axis=0) + given.sum(axis=0), dtype=np.float64)


def _f1(both: Floats, either: Floats) -> Floats:
    """Return F1; not a number where there is nothing to find and nothing found."""
    return np.asarray(np.divide(2 * both, either, out=np.full(both.shape, np.nan), where=either > 0))


def _macro(f1s: Floats) -> Floats:
    """Return the means of the rows over what is a number; 1 where nothing is."""
    known = ~np.isnan(f1s)
    counts = known.sum(axis=1)
    means = np.where(known, f1s, 0).sum(axis=1) / np.maximum(counts, 1)
    return np.asarray(np.where(counts > 0, means, 1), dtype=np.float64)


def _sample_f1s(truth: Bools, given: Bools) -> Floats:
    either = truth.sum(axis=1) + given.sum(axis=1)
    found = 2 * (truth & given).sum(axis=1) / np.maximum(either, 1)
    return np.asarray(np.where(either > 0, found, 1), dtype=np.float64)


def _figure(value: float, draws: Floats) -> Figure:
    low, high = np.nanpercentile(np.append(draws, value), PERCENTILES)
    return Figure(value, float(low), float(high))
