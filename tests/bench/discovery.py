"""How well groups of replies agree with what people sorted them into, told how many groups; and how it scales.

Beside it k-means on the same vectors and on TF-IDF, and, as what to expect at most, a classifier that was taught with
four fifths of the very labels. Normalised mutual information is 1 for the same groups and 0 for chance.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.model_selection import cross_val_predict

from nlp.coder import Reply
from nlp.discovery import Found, discover, scatter
from nlp.encoder import FloatArray, UseEncoder
from nlp.grouping import Places, grouped
from nlp.nonresponse import nonresponse
from nlp.redacting import redacted_texts
from tests.bench.corpora import lines

SCALES = (2_000, 20_000, 100_000)


@dataclass(frozen=True)
class Sorted:
    """Redacted replies in scattered order with their vectors, and which of so many groups people put each in."""

    name: str
    texts: list[str]
    vectors: FloatArray
    truth: list[str]


def main() -> int:
    """Print the tables."""
    encoder = UseEncoder()
    print(f"{'':44}{'NMI':>8}{'rand':>8}  sizes")
    for source in _sources(encoder):
        count = len(set(source.truth))
        print(f"{source.name}: {len(source.texts)} replies, {count} groups")
        for name, places in _rivals(source, count):
            _row(name, source.truth, places)
        _row("  tuckshop", source.truth, grouped(source.vectors, count))
        _row("  tuckshop, not told how many", source.truth, grouped(source.vectors))
        _row("  tuckshop, lines backwards", source.truth[::-1], grouped(source.vectors[::-1], count))
    _scaling(source)
    return 0


def _sources(encoder: UseEncoder) -> Iterator[Sorted]:
    worries = [(line["text"], line["labels"][0]) for line in lines("worries.jsonl") if len(line["labels"]) == 1]
    yield _sorted("worries of one theme", worries, encoder)
    yield _sorted("opinions", [(line["text"], line["conversation"]) for line in lines("civic_opinions.jsonl")], encoder)


def _sorted(name: str, pairs: list[tuple[str, str]], encoder: UseEncoder) -> Sorted:
    pairs = sorted(pairs, key=lambda pair: scatter(pair[0]))
    texts = [redacted for _, redacted in redacted_texts(Reply("", text) for text, _ in pairs)]
    vectors = encoder.encode(texts)
    kept = [place for place, text in enumerate(texts) if nonresponse(text) is None and vectors[place].any()]
    return Sorted(name, [texts[place] for place in kept], vectors[kept], [pairs[place][1] for place in kept])


def _rivals(source: Sorted, count: int) -> Iterator[tuple[str, Places]]:
    words = TfidfVectorizer(stop_words="english", sublinear_tf=True, min_df=2).fit_transform(source.texts)
    means = KMeans(count, n_init=10, random_state=0)
    yield "  k-means on TF-IDF", means.fit_predict(words)
    yield "  k-means on the vectors", means.fit_predict(source.vectors)
    taught = LogisticRegression(C=10, max_iter=1000)
    yield "  a classifier taught with 4/5 of the labels", cross_val_predict(taught, source.vectors, source.truth, cv=5)


def _row(name: str, truth: list[str], places: Places) -> None:
    figures = normalized_mutual_info_score(truth, places), adjusted_rand_score(truth, places)
    sizes = sorted(np.unique(places, return_counts=True)[1].tolist(), reverse=True)
    print(f"{name:44}" + "".join(f"{figure:8.3f}" for figure in figures) + f"  {sizes}")


def _scaling(source: Sorted) -> None:
    """Print the CPU time for many replies: those of the source over and over, each a little beside itself."""
    noise = np.random.RandomState(0)
    for count in SCALES:
        own = noise.randint(len(source.texts), size=count)
        vectors = source.vectors[own] + 0.02 * noise.standard_normal((count, UseEncoder.dimensions)).astype(np.float32)
        replies = [
            Found(f"{source.texts[place]} {number}", vector)
            for number, (place, vector) in enumerate(zip(own, vectors, strict=True))
        ]
        started = time.process_time()
        found = discover(replies)
        print(f"{count} replies: {time.process_time() - started:.1f} s of CPU, {len(found.groups)} groups")
