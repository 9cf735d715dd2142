"""How well a codebook's themes are tagged, measured against people's codings of the same replies.

Twice: from the codebook alone, and learned from codings by five-fold cross-validation, so that no reply is tagged by
what was learned from it. The learning curve says what each further coded reply brings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from nlp.codebook import is_catch_all
from nlp.coded import Sample, bools
from nlp.comparison import Comparison, comparison
from nlp.mistakes import Bin, Confusion, confusions, reliability
from nlp.scoring import Averages, ThemeScore, averages, macro_f1, micro_f1, sample_f1, theme_scores
from nlp.tagging import Tag

FOLDS = 5
DRAWS = 5
SIZES = (0, 5, 10, 50, 200)
"""How many codings the learning curve learns from, before all of them."""
FEWEST_REPLIES = 2 * FOLDS
"""Below, there is no fold to test on: nothing is learned."""
_MOST_LEARNED = 10_000
"""Codings to learn from for one point of the curve, in all draws: more replies vary less, and need fewer draws."""

Tags = list[tuple[Tag, ...]]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good one way of tagging is. `themes_only` leaves the catch-alls out; None where the codebook has none."""

    model_version: str
    themes: tuple[ThemeScore, ...]
    all: Averages
    themes_only: Averages | None
    reliability: tuple[Bin, ...]
    confusions: tuple[Confusion, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Point:
    """F1 on replies that were not learned from, with `learned` codings to learn from: the mean of that many draws."""

    learned: int
    draws: int
    micro: float
    macro: float
    sample: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured on how many replies; `learned` and the curve are missing where there are too few."""

    replies: int
    unread: int
    coders: int
    catch_alls: tuple[str, ...]
    codebook_version: str
    alone: Quality
    learned: Quality | None
    curve: tuple[Point, ...]


def evaluate(sample: Sample, seed: int = 0, progress: Progress = lambda doing: None) -> Evaluation:
    """Return how well the sample is tagged; it holds at least one reply. The same seed gives the same figures."""
    codebook = sample.taggers[sample.language].codebook
    everything = range(len(sample.coded))
    progress("from the codebook alone")
    alone = _quality(sample, sample.tagged(everything), "", seed)
    learned, curve = None, list[Point]()
    if len(everything) >= FEWEST_REPLIES:
        progress("learned, by cross-validation")
        tags = cross_validated(sample, None, seed)
        learned = _quality(sample, tags, sample.learned(everything).version, seed)
        curve = [*_curve(sample, seed, progress), _last_point(sample, tags, seed)]
    return Evaluation(
        replies=len(everything),
        unread=sample.unread,
        coders=len({coder for own in sample.coded for coder in own.codings}),
        catch_alls=_catch_alls(sample),
        codebook_version=codebook.version,
        alone=alone,
        learned=learned,
        curve=tuple(curve),
    )


def cross_validated(sample: Sample, size: int | None, seed: int) -> Tags:
    """Return each reply's tags as learned from `size` codings (None: all) of the other folds, drawn by the seed."""
    tags: Tags = [()] * len(sample.coded)
    for test, pool in _folds(len(sample.coded), seed):
        model = sample.learned(pool[:size]) if size != 0 else None
        for row, own in zip(test, sample.tagged(test, model), strict=True):
            tags[row] = own
    return tags


@dataclass(frozen=True, slots=True)
class Fit:
    """Micro-F1 on coded replies from the codebook alone, and as learned from the others; None with too few replies."""

    replies: int
    alone: float
    learned: float | None


def fit(sample: Sample, seed: int = 0) -> Fit:
    """Return how well the sample's codings fit: what learning from them brings on replies not learned from."""
    count = len(sample.coded)
    alone, *_ = _f1s(sample, sample.tagged(range(count)))
    learned = _f1s(sample, cross_validated(sample, None, seed))[0] if count >= FEWEST_REPLIES else None
    return Fit(count, alone, learned)


def given_themes(tags: Tags) -> list[frozenset[str]]:
    """Return the ids of the themes of each reply's tags."""
    return [frozenset(tag.theme for tag in own) for own in tags]


def _folds(count: int, seed: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield each fold's replies, and all others in the order in which they are drawn to learn from."""
    random = np.random.default_rng(seed)
    folds = [fold.tolist() for fold in np.array_split(random.permutation(count), FOLDS)]
    for index, test in enumerate(folds):
        others = list(chain(*folds[:index], *folds[index + 1 :]))
        yield test, random.permutation(others).tolist()


def _quality(sample: Sample, tags: Tags, learned_version: str, seed: int) -> Quality:
    truth = [own.themes for own in sample.coded]
    given = given_themes(tags)
    truths, givens = sample.truth, bools(given, sample.themes)
    kept = [theme not in _catch_alls(sample) for theme in sample.themes]
    version = sample.taggers[sample.language].version
    return Quality(
        model_version=f"{version}+{learned_version}" if learned_version else version,
        themes=tuple(theme_scores(sample.themes, truths, givens, seed)),
        all=averages(truths, givens, seed),
        themes_only=averages(truths[:, kept], givens[:, kept], seed) if any(kept) and not all(kept) else None,
        reliability=reliability(tags, truth),
        confusions=confusions(sample.readings, tags, truth),
        comparison=comparison(sample, given),
    )


def _catch_alls(sample: Sample) -> tuple[str, ...]:
    themes = sample.taggers[sample.language].codebook.themes
    return tuple(theme.id for theme in themes if is_catch_all(theme))


def _curve(sample: Sample, seed: int, progress: Progress) -> Iterator[Point]:
    """Yield the points of the learning curve, from no codings to the most that all folds have."""
    for size in SIZES:
        if size < _smallest_pool(len(sample.coded)):
            progress(f"with {size} coded replies to learn from")
            draws = range(1 if size == 0 else DRAWS)
            yield _point(size, [_f1s(sample, cross_validated(sample, size, seed + draw)) for draw in draws])


def _last_point(sample: Sample, first: Tags, seed: int) -> Point:
    """Return the point with all codings of the other folds, whose first draw is known; many replies need no more."""
    size = _smallest_pool(len(sample.coded))
    draws = max(1, min(DRAWS, _MOST_LEARNED // (FOLDS * size)))
    others = (cross_validated(sample, None, seed + draw) for draw in range(1, draws))
    return _point(size, [_f1s(sample, tags) for tags in chain([first], others)])


def _smallest_pool(count: int) -> int:
    """Return how many of so many replies there are to learn from, when the largest fold is left out."""
    return count - -(-count // FOLDS)


def _point(size: int, f1s: list[tuple[float, float, float]]) -> Point:
    return Point(size, len(f1s), *np.mean(f1s, axis=0).tolist())


def _f1s(sample: Sample, tags: Tags) -> tuple[float, float, float]:
    truth, given = sample.truth, bools(given_themes(tags), sample.themes)
    return micro_f1(truth, given), macro_f1(truth, given), sample_f1(truth, given)
