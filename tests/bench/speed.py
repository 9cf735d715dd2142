"""How many replies a second of CPU: tagged from raw text, tagged again from stored vectors, and by spaCy's own textcat.

The textcat is the plain way to do it: a blank pipeline with a bag of words, taught on some of the same replies. It
redacts nothing, gives no reason, and knows only what it was taught.
"""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import spacy
from spacy.language import Language
from spacy.training import Example

from bot.library import shipped_codebook
from nlp.coder import MachineCoder, Reply, TaggedReply
from nlp.encoder import FloatArray, UseEncoder
from nlp.reading import background_of, reading_of
from nlp.scoring import micro_f1
from nlp.tagging import Tagger
from tests.bench.corpora import Labelled, worries

T = TypeVar("T")

REPLIES = 2000
TAUGHT = 500


def main() -> int:
    """Print the table, for the shipped codebook of 16 themes, and what the textcat's tags are worth."""
    source, encoder = worries(described=True), UseEncoder()
    texts = source.texts[:REPLIES]
    coder, codebook = MachineCoder(encoder), shipped_codebook()
    replies = [Reply(str(number), text) for number, text in enumerate(texts)]
    list(coder.tag(replies[:64], codebook))
    outcomes = _timed("from raw text: redacted, read, tagged", lambda: list(coder.tag(replies, codebook)))
    tagged = [outcome for outcome in outcomes if isinstance(outcome, TaggedReply)]
    stored = [(one.redacted, one.vectors) for one in tagged]
    tagger = Tagger(codebook, "en", encoder)
    _timed("from stored vectors", lambda: _again(tagger, stored))
    pipeline = _textcat(source)
    docs = _timed("spaCy textcat, bag of words", lambda: list(pipeline.pipe(texts)))
    ids = [theme.id for theme in source.codebook.themes]
    given = np.array([[doc.cats[own] > 0.5 for own in ids] for doc in docs])
    rest = slice(TAUGHT, None)
    right = micro_f1(source.labels[:REPLIES][rest], given[rest])
    print(f"the textcat, taught on {TAUGHT}, micro-F1 on the others: {right:.3f}")
    return 0


def _timed(name: str, work: Callable[[], T]) -> T:
    started = time.process_time()
    result = work()
    print(f"{name:45}{REPLIES / (time.process_time() - started):8.0f} replies a second of CPU", flush=True)
    return result


def _again(tagger: Tagger, stored: Sequence[tuple[str, FloatArray]]) -> None:
    readings = [reading_of(text, vectors) for text, vectors in stored]
    tagger.tag(readings, background_of(np.stack([reading.vector for reading in readings])))


def _textcat(source: Labelled) -> Language:
    """Return spaCy's multilabel text categoriser, taught on some replies for ten rounds."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("textcat_multilabel")
    ids = [theme.id for theme in source.codebook.themes]
    lessons = [
        Example.from_dict(pipeline.make_doc(text), {"cats": dict(zip(ids, map(float, own), strict=True))})
        for text, own in zip(source.texts[:TAUGHT], source.labels[:TAUGHT], strict=True)
    ]
    pipeline.initialize(lambda: lessons)
    for _ in range(10):
        for start in range(0, TAUGHT, 32):
            pipeline.update(lessons[start : start + 32])
    return pipeline
