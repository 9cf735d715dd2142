"""How much faster reviews teach in our order than in a random one: F1 on replies kept back, by reviews done.

As in the program: an order is made after each ten reviews, from what they taught, over at most 2,000 waiting replies.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np

from bot.ranking import MOST_CANDIDATES
from nlp.encoder import FloatArray, UseEncoder
from nlp.learning import Reviewed, learn
from nlp.model import ThemeModel, sigmoid
from nlp.reading import Reading, background_of, read
from nlp.review_order import order
from nlp.scoring import macro_f1, micro_f1
from nlp.tagging import Tagger, centred
from storage.ranking import RANDOM_SHARE
from tests.bench.corpora import Labelled, held_out, lines, worries

AFTER = (50, 100, 200)
SEEDS = 5
AT_ONCE = 10
Chooser = Callable[[FloatArray, Sequence[int], Sequence[int], Sequence[int]], list[int]]
"""Takes confidences, decided counts, the waiting replies to pick from and those drawn; returns whom to review next."""


class Trial:
    """Labelled replies that wait for review, with what does not change while they are."""

    def __init__(self, source: Labelled, readings: list[Reading], encoder: UseEncoder) -> None:
        self.source, self._readings = source, readings
        everybody = np.random.RandomState(0).permutation(len(source.texts))
        self.tested = held_out(len(source.texts))
        self.pool = everybody[len(self.tested) :]
        self._tagger = Tagger(source.codebook, "en", encoder)
        self._background = background_of(np.stack([readings[row].vector for row in self.pool[:500]]))
        self._prior = self._tagger.prior(readings, self._background)
        self._vectors = centred(readings, self._background)
        self._ids = np.array([theme.id for theme in source.codebook.themes])

    def learned(self, rows: Sequence[int]) -> ThemeModel | None:
        """Return what decisions on those replies teach."""
        own = [Reviewed(self._readings[row], frozenset(self._ids[self.source.labels[row]])) for row in rows]
        return learn(self._tagger, own, self._background) if own else None

    def confidences(self, rows: Sequence[int], model: ThemeModel | None) -> FloatArray:
        """Return the confidence of each theme for those replies."""
        prior = self._prior[rows]
        return sigmoid(prior) if model is None else model.confidences(self._vectors[rows], prior)

    def scores(self, model: ThemeModel | None) -> tuple[float, float]:
        """Return micro- and macro-F1 on the replies kept back."""
        given = self.confidences(self.tested, model) > self._tagger.thresholds(model)
        truth = self.source.labels[self.tested]
        return micro_f1(truth, given), macro_f1(truth, given)


def main() -> int:
    """Print micro- and macro-F1 after so many reviews in either order, the mean of five draws."""
    encoder = UseEncoder()
    readings = read([record["text"] for record in lines("worries.jsonl")], encoder)
    for described in (False, True):
        trial = Trial(worries(described=described), readings, encoder)
        print(f"\n{trial.source.name}, micro/macro F1 on {len(trial.tested)} replies after so many reviews")
        print(f"{'order':12}" + "".join(f"{count:>12}" for count in (0, *AFTER)))
        for name, chooser in (("random", _at_random), ("tuckshop", _ours)):
            started = time.process_time()
            cells = np.mean([_reviewed(trial, seed, chooser) for seed in range(SEEDS)], axis=0)
            row = "".join(f"{f'{micro:.3f}/{macro:.3f}':>12}" for micro, macro in cells)
            print(f"{name:12}{row}   {time.process_time() - started:.0f} s CPU")
    return 0


def _reviewed(trial: Trial, seed: int, chooser: Chooser) -> list[tuple[float, float]]:
    draw = np.random.RandomState(300 + seed).rand(len(trial.pool))
    waiting, done = trial.pool[np.argsort(draw)].tolist(), list[int]()
    own = dict(zip(trial.pool.tolist(), draw.tolist(), strict=True))
    scores = [trial.scores(None)]
    while len(done) < AFTER[-1]:
        model, counts = trial.learned(done), trial.source.labels[done].sum(axis=0).tolist()
        drawn = [row for row in waiting if own[row] < RANDOM_SHARE]
        others = [row for row in waiting if own[row] >= RANDOM_SHARE][:MOST_CANDIDATES]
        chosen = set(_at_most(chooser(trial.confidences(others, model), counts, others, drawn)))
        done += sorted(chosen)
        waiting = [row for row in waiting if row not in chosen]
        if len(done) in AFTER:
            scores.append(trial.scores(trial.learned(done)))
    return scores


def _at_most(rows: Sequence[int]) -> Sequence[int]:
    return rows[:AT_ONCE]


def _at_random(
    confidences: FloatArray, counts: Sequence[int], others: Sequence[int], drawn: Sequence[int]
) -> list[int]:
    return [*drawn[: round(AT_ONCE * RANDOM_SHARE)], *others][:AT_ONCE]


def _ours(confidences: FloatArray, counts: Sequence[int], others: Sequence[int], drawn: Sequence[int]) -> list[int]:
    return [one.id for one in order(others, confidences, counts, drawn, AT_ONCE)]
