"""How well replies are tagged from the codebook alone, through the same path as `tuckshop tag`, and how fast.

Beside it the simplest thing that could work: the one theme whose words (TF-IDF) the reply shares most of.
"""

import time
from collections.abc import Iterator

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.anchors import statements_of
from nlp.coder import MachineCoder, Reply, TaggedReply
from nlp.encoder import UseEncoder
from nlp.scoring import Bools, macro_f1, micro_f1, sample_f1
from tests.bench.corpora import Labelled, consultation, held_out, pairs_of, worries


def main() -> int:
    """Print the tables."""
    coder = MachineCoder(UseEncoder())
    print(f"{'':34}{'micro':>8}{'macro':>8}{'sample':>8}{'themes a reply':>16}")
    for source in _sources():
        started = time.perf_counter()
        replies = _tagged(coder, source)
        seconds = time.perf_counter() - started
        given = _given(source, replies)
        print(f"{source.name}, {len(source.texts)} replies at {len(source.texts) / seconds:.0f} a second")
        _row("  tuckshop", source.labels, given)
        _row("  TF-IDF of the codebook's words", source.labels, _shared_words(source))
        if source.name.startswith("worries") and "two" not in source.name:
            rows = held_out(len(source.texts))
            _row("  tuckshop, test split only", source.labels[rows], given[rows])
        if source.name == "worries, themes described":
            _themes(source, given)
        _reliability(source, replies)
    return 0


def _sources() -> Iterator[Labelled]:
    yield worries(described=False)
    yield worries(described=True)
    yield pairs_of(worries(described=True), 1000)
    yield consultation(1)
    yield consultation(2)


def _tagged(coder: MachineCoder, source: Labelled) -> list[TaggedReply]:
    replies = (Reply(str(place), text) for place, text in enumerate(source.texts))
    return [outcome for outcome in coder.tag(replies, source.codebook) if isinstance(outcome, TaggedReply)]


def _given(source: Labelled, replies: list[TaggedReply]) -> Bools:
    tags = [{tag.theme for tag in reply.tags} for reply in replies]
    return np.array([[theme.id in own for theme in source.codebook.themes] for own in tags])


def _shared_words(source: Labelled) -> Bools:
    words = [" ".join(statement.text for statement in statements_of(theme, "en")) for theme in source.codebook.themes]
    vectorizer = TfidfVectorizer(stop_words="english").fit([*words, *source.texts])
    alike = np.asarray((vectorizer.transform(source.texts) @ vectorizer.transform(words).T).todense())
    return np.asarray((alike == alike.max(axis=1, keepdims=True)) & (alike > 0))


def _row(name: str, truth: Bools, given: Bools) -> None:
    figures = micro_f1(truth, given), macro_f1(truth, given), sample_f1(truth, given)
    print(f"{name:34}" + "".join(f"{figure:8.3f}" for figure in figures) + f"{given.sum(axis=1).mean():16.2f}")


def _themes(source: Labelled, given: Bools) -> None:
    print(f"    {'theme':36}{'n':>6}{'precision':>11}{'recall':>8}{'F1':>8}")
    for column, theme in enumerate(source.codebook.themes):
        truth, own = source.labels[:, column], given[:, column]
        both = (truth & own).sum()
        precision, recall = both / max(own.sum(), 1), both / max(truth.sum(), 1)
        print(
            f"    {theme.id:36}{truth.sum():6}{precision:11.2f}{recall:8.2f}{2 * both / (truth.sum() + own.sum()):8.2f}"
        )


def _reliability(source: Labelled, replies: list[TaggedReply]) -> None:
    """Print how often tags are right, by their confidence."""
    columns = {theme.id: column for column, theme in enumerate(source.codebook.themes)}
    tags = [
        (tag.confidence, source.labels[row, columns[tag.theme]]) for row, own in enumerate(replies) for tag in own.tags
    ]
    confidence, right = np.array([tag[0] for tag in tags]), np.array([tag[1] for tag in tags])
    bins = [(low, (confidence >= low) & (confidence < low + 0.2)) for low in (0.0, 0.2, 0.4, 0.6, 0.8)]
    cells = [f"{low:.1f}-{low + 0.2:.1f}: {right[own].mean():.2f} of {own.sum()}" for low, own in bins if own.any()]
    print(f"  right, by confidence    {', '.join(cells)}")
