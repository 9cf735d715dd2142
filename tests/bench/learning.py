"""How much better tags get with each review, beside plain classifiers; whether confidence can be trusted.

Splits and draws are those of the data's own description, so that figures compare. TUCKSHOP_BENCH_ENCODERS may name
more encoders (see `nlp.encoders.encoder_named`), with commas between, to be measured with the plain classifier.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlp.acceptance import Decision, accepted_from
from nlp.codebook import codebook_from
from nlp.encoder import UseEncoder
from nlp.encoders import encoder_named
from nlp.learning import Reviewed, ThemeModel, learn
from nlp.reading import Background, Reading, background_of, read
from nlp.scoring import Bools, Floats, macro_f1, micro_f1, sample_f1
from nlp.tagging import Tagger
from tests.bench.corpora import Labelled, consultation, held_out, lines, worries

COUNTS = (0, 5, 10, 50, 200)
SEEDS = 5
Method = Callable[[Sequence[int], Sequence[int]], Bools]
"""Takes the places of the replies to learn from and to tag; returns the themes of the latter."""


@dataclass(frozen=True)
class Trial:
    """Labelled replies as the tagger reads them."""

    source: Labelled
    tagger: Tagger
    readings: list[Reading]
    background: Background

    def model(self, taught: Sequence[int]) -> ThemeModel | None:
        """Return what those replies teach; None for none."""
        ids = np.array([theme.id for theme in self.source.codebook.themes])
        own = [Reviewed(self.readings[row], frozenset(ids[self.source.labels[row]])) for row in taught]
        return learn(self.tagger, own, self.background) if own else None

    def confidences(
        self, rows: Sequence[int], model: ThemeModel | None
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        """Return the confidence of each theme for those replies."""
        return self.tagger.confidences([self.readings[row] for row in rows], self.background, model)

    def tagged(self, taught: Sequence[int], rows: Sequence[int]) -> Bools:
        """Tag as the program does."""
        model = self.model(taught)
        return np.asarray(self.confidences(rows, model) > self.tagger.thresholds(model))


def main() -> int:
    """Print the tables."""
    use = UseEncoder()
    read_already = read([record["text"] for record in lines("worries.jsonl")], use)
    for source in (worries(described=False), worries(described=True)):
        trial = _trial(source, use, read_already)
        _curve(trial, use)
        _reliability(trial)
        _acceptance(trial)
    _curve(_trial(_civic(), use), use)
    for question in (1, 2):
        _folds(_trial(consultation(question), use), use)
    return 0


def _trial(source: Labelled, use: UseEncoder, readings: list[Reading] | None = None) -> Trial:
    own = read(source.texts, use) if readings is None else readings
    kept = [own[row].vector for row in _pool(source)]
    return Trial(source, Tagger(source.codebook, "en", use), own, background_of(np.stack(kept)))


def _civic() -> Labelled:
    """Return public opinions with the names of the conversations that they were typed into as their only themes."""
    records = lines("civic_opinions.jsonl")
    names = sorted({record["conversation"] for record in records})
    labels = np.array([[record["conversation"] == name for name in names] for record in records])
    codebook = codebook_from({"themes": [name.replace("-", " ") for name in names]})
    return Labelled("civic opinions by conversation", [record["text"] for record in records], labels, codebook)


def _pool(source: Labelled) -> list[int]:
    count = len(source.texts)
    order = np.random.RandomState(0).permutation(count)
    return [int(place) for place in order[len(held_out(count)) :]]


def _draws(pool: Sequence[int], count: int) -> Iterator[list[int]]:
    for seed in range(SEEDS if count else 1):
        yield np.random.RandomState(100 + seed).choice(pool, count, replace=False).tolist()


def _methods(trial: Trial, use: UseEncoder) -> dict[str, Method]:
    words = TfidfVectorizer(sublinear_tf=True).fit_transform(trial.source.texts)
    vectors = np.stack([reading.vector for reading in trial.readings])
    plain = {"TF-IDF, balanced regression": words, f"{use.name}, balanced regression": vectors}
    for name in filter(None, os.environ.get("TUCKSHOP_BENCH_ENCODERS", "").split(",")):
        plain[f"{name}, balanced regression"] = encoder_named(name).encode(trial.source.texts)
    labels = trial.source.labels
    return {"tuckshop": trial.tagged} | {name: classifier(rows, labels) for name, rows in plain.items()}


def classifier(rows: object, labels: Bools) -> Method:
    """Return the plain method: a balanced logistic regression for each theme, which tags above one half."""

    def tagged(taught: Sequence[int], tested: Sequence[int]) -> Bools:
        given = np.zeros((len(tested), labels.shape[1]), dtype=np.bool_)
        for theme in range(labels.shape[1]):
            if 0 < labels[taught, theme].sum() < len(taught):
                model = LogisticRegression(class_weight="balanced", max_iter=1000)
                given[:, theme] = model.fit(rows[taught], labels[taught, theme]).predict(rows[tested])  # type: ignore[index]  # sparse or dense
        return given

    return tagged


def _curve(trial: Trial, use: UseEncoder) -> None:
    """Print micro-, macro- and sample-averaged F1 on the held-out replies by the number of labels."""
    source = trial.source
    pool, tested = _pool(source), held_out(len(source.texts))
    print(f"\n{source.name}, {len(source.codebook.themes)} themes, micro/macro/sample F1 on {len(tested)} replies")
    print(f"{'labels':40}" + "".join(f"{count:>16}" for count in (*COUNTS, f"all {len(pool)}")))
    for name, method in _methods(trial, use).items():
        started = time.process_time()
        cells = [
            np.mean([_scores(source.labels[tested], method(taught, tested)) for taught in _draws(pool, count)], axis=0)
            for count in (*COUNTS, len(pool))
        ]
        row = "".join(f"{'/'.join(f'{figure:.3f}'[1:] for figure in cell):>16}" for cell in cells)
        print(f"{name:40}{row}   {time.process_time() - started:.0f} s CPU")


def _scores(truth: Bools, given: Bools) -> tuple[float, float, float]:
    return micro_f1(truth, given), macro_f1(truth, given), sample_f1(truth, given)


def _folds(trial: Trial, use: UseEncoder) -> None:
    """Print the same for few replies: five times five folds, so that each learns from four fifths."""
    source, count = trial.source, len(trial.source.texts)
    print(f"\n{source.name}, {len(source.codebook.themes)} themes, micro/macro/sample F1, 5 times 5 folds of {count}")
    cells = _scores(source.labels, trial.tagged([], range(count)))
    print(f"{'tuckshop, no labels':40}{'/'.join(f'{figure:.3f}'[1:] for figure in cells):>16}")
    for name, method in _methods(trial, use).items():
        figures = []
        for seed in range(5):
            given = np.zeros_like(source.labels)
            order = np.random.RandomState(seed).permutation(count)
            for fold in range(5):
                given[order[fold::5]] = method(np.setdiff1d(order, order[fold::5]).tolist(), order[fold::5].tolist())
            figures.append(_scores(source.labels, given))
        print(f"{name:40}{'/'.join(f'{figure:.3f}'[1:] for figure in np.mean(figures, axis=0)):>16}")


def _reliability(trial: Trial) -> None:
    """Print how often tags are right, by their confidence, and the bin that is furthest off.

    A bin holds the tags of all draws, and counts with 50 or more a draw; beside it, the worst of any single draw.
    """
    pool = _pool(trial.source)
    for count in (0, 50, 200, len(pool)):
        draws = [
            _sure_and_right(trial, taught) for taught in list(_draws(pool, count))[: 1 if count == len(pool) else SEEDS]
        ]
        bins = _bins(np.concatenate(draws, axis=1), 50 * len(draws))
        cells = [f"{sure:.2f}: {right:.2f} ({tags // len(draws)})" for sure, right, tags in bins]
        single = max(_worst(_bins(draw, 50)) for draw in draws)
        print(
            f"  confidence: right (tags), {count} labels   {'  '.join(cells)}"
            f"   worst {_worst(bins):.2f}, of a single draw {single:.2f}"
        )


def _sure_and_right(trial: Trial, taught: Sequence[int]) -> Floats:
    """Return the confidence of each tag on the held-out replies, and 1 where it is right, else 0: shape (2, tags)."""
    tested, model = held_out(len(trial.source.texts)), trial.model(taught)
    chances = trial.confidences(tested, model)
    tagged = chances > trial.tagger.thresholds(model)
    return np.stack([chances[tagged], trial.source.labels[tested][tagged]]).astype(np.float64)


def _bins(tags: Floats, fewest: int) -> list[tuple[float, float, int]]:
    """Return mean confidence, share right and number of the tags in each tenth that has so many."""
    tenths = [tags[:, (tags[0] >= low) & (tags[0] < low + 0.1)] for low in np.arange(0, 1, 0.1)]
    return [(float(own[0].mean()), float(own[1].mean()), own.shape[1]) for own in tenths if own.shape[1] >= fewest]


def _worst(bins: Sequence[tuple[float, float, int]]) -> float:
    return max((abs(sure - right) for sure, right, _ in bins), default=0.0)


def _acceptance(trial: Trial) -> None:
    """Print how right accepted tags are on replies that the bar was not set on: 200 learned from, 100 to set it."""
    source, pool, tested = trial.source, _pool(trial.source), held_out(len(trial.source.texts))
    precisions, shares, bars = [], [], []
    for seed in range(20):
        drawn = np.random.RandomState(200 + seed).choice(pool, 300, replace=False).tolist()
        model = trial.model(drawn[:200])
        bar = accepted_from(_decisions(trial, drawn[200:], model), 100)
        if bar is not None:
            chances = trial.confidences(tested, model)
            accepted = (chances >= bar) & (chances > trial.tagger.thresholds(model))
            precisions.append(source.labels[tested][accepted].mean())
            shares.append(accepted.sum() / (chances > trial.tagger.thresholds(model)).sum())
            bars.append(bar)
    if precisions:
        print(
            f"  accepted: a bar in {len(bars)} of 20 draws, {min(bars):.2f} to {max(bars):.2f};"
            f" {np.mean(shares):.2f} of tags; right {np.mean(precisions):.3f}, lowest {min(precisions):.3f}"
        )


def _decisions(trial: Trial, rows: Sequence[int], model: ThemeModel | None) -> list[Decision]:
    chances = trial.confidences(rows, model)
    suggested = chances > trial.tagger.thresholds(model)
    truth = trial.source.labels[list(rows)]
    return [Decision(float(sure), bool(own)) for sure, own in zip(chances[suggested], truth[suggested], strict=True)]
