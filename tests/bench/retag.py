"""How fast stored replies are tagged again by another codebook, and fresh ones for the first time, all SQL included.

Beside the fresh ones, a plain spaCy text classifier (bag of words, trained for one round) on the same replies, which
redacts nothing and stores nothing.
"""

import asyncio
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import spacy
from spacy.training import Example

from bot.checking import read_codebook
from bot.tagging import TaggingWorker
from nlp.codebook import Codebook, to_json
from nlp.encoder import FloatArray, UseEncoder
from nlp.reading import read
from storage import codebooks, responses, tagging
from storage.database import Database, Transaction
from storage.ids import ResponseId
from storage.tagging import Tagged, Tagger
from tests.bench.corpora import lines
from tests.storage.samples import NOW, begun, given

REPLIES = 100_000
FRESH = 1_000
SHIPPED = Path(__file__).parents[2] / "nlp" / "codebooks" / "youth-policy.yaml"


def main() -> int:
    """Print the table."""
    asyncio.run(_measured())
    return 0


async def _measured() -> None:
    texts = [str(line["text"]) for line in lines("worries.jsonl")]
    encoder = cache(UseEncoder)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        database = await Database.open(Path(folder) / "bench.sqlite3")
        try:
            worker = TaggingWorker(database, encoder, "AU", now=lambda: datetime.now(UTC))
            await _fresh(worker, database, thread, texts)
            await _again(worker, database, thread, texts, encoder())
        finally:
            await database.close()
    _row("most memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


async def _fresh(worker: TaggingWorker, database: Database, thread: ThreadPoolExecutor, texts: Sequence[str]) -> None:
    shown = random.Random(0).sample(texts, FRESH)
    await database.write(lambda tx: _use(tx, _codebook()))
    await database.write(lambda tx: _replies(tx, shown[:1]))
    await _tag_all(worker, thread)  # the models are loaded
    await database.write(lambda tx: _replies(tx, shown))
    seconds = await _timed(worker, thread)
    _row(f"{FRESH} fresh replies", f"{FRESH / seconds:.0f} a second")
    _row("  the same, spaCy's bag of words", f"{FRESH / _spacy_seconds(shown):.0f} a second")


async def _again(
    worker: TaggingWorker, database: Database, thread: ThreadPoolExecutor, texts: Sequence[str], encoder: UseEncoder
) -> None:
    many = [texts[place % len(texts)] for place in range(REPLIES)]
    vectors = {reading.text: reading.vectors for reading in read(texts, encoder)}
    for start in range(0, REPLIES, 5_000):
        part = many[start : start + 5_000]
        await database.write(lambda tx, part=part: _stored(tx, part, vectors, encoder.name))  # type: ignore[misc]
    await _tag_all(worker, thread)
    changed = _codebook().model_copy(update={"themes": _codebook().themes[:-1]})
    await database.write(lambda tx: _use(tx, changed))
    seconds = await _timed(worker, thread)
    _row(f"{REPLIES} stored replies, another codebook", f"{seconds:.1f} s")


def _codebook() -> Codebook:
    book, _ = read_codebook(SHIPPED.read_bytes())
    assert book is not None
    return book


def _use(tx: Transaction, book: Codebook) -> None:
    codebooks.store(tx, book.id, book.version, to_json(book), NOW)
    codebooks.activate(tx, book.version, NOW)


def _replies(tx: Transaction, texts: Sequence[str]) -> list[ResponseId]:
    count = tx.execute("SELECT count(*) FROM conversations").fetchone()[0]
    return [
        responses.record(tx, begun(tx, f"{count + place}"), given(value=text, words=text), 7, NOW)
        for place, text in enumerate(texts)
    ]


def _stored(tx: Transaction, texts: Sequence[str], vectors: dict[str, FloatArray], encoder: str) -> None:
    """Store replies as if another tagger had read them."""
    tagger = Tagger("before", encoder, "before", "before")
    tagging.note(tx, tagger, NOW)
    for response_id, text in zip(_replies(tx, texts), texts, strict=True):
        tagging.store(tx, tagger, Tagged(response_id, 0, ()), text, vectors[text].tobytes(), NOW)


async def _timed(worker: TaggingWorker, thread: ThreadPoolExecutor) -> float:
    """Return the seconds on the clock; a machine that does other things as well takes longer."""
    started, cpu = time.perf_counter(), time.process_time()
    await _tag_all(worker, thread)
    _row("  of that, on a processor", f"{time.process_time() - cpu:.1f} s")
    return time.perf_counter() - started


async def _tag_all(worker: TaggingWorker, thread: ThreadPoolExecutor) -> None:
    while await worker.tag_batch(thread):
        pass


def _spacy_seconds(texts: Sequence[str]) -> float:
    """Return how long a plain spaCy text classifier takes for the texts, once it is trained."""
    pipeline = spacy.blank("en")
    step = pipeline.add_pipe(
        "textcat_multilabel",
        config={
            "model": {
                "@architectures": "spacy.TextCatBOW.v3",
                "exclusive_classes": False,
                "ngram_size": 1,
                "no_output_layer": False,
            }
        },
    )
    for theme in _codebook().themes:
        step.add_label(theme.id)  # type: ignore[attr-defined]
    examples = [Example.from_dict(pipeline.make_doc(text), {"cats": {}}) for text in texts[:50]]
    pipeline.initialize(lambda: examples)
    return _seconds(lambda: list(pipeline.pipe(texts)))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _row(name: str, value: str) -> None:
    print(f"{name:44}{value:>16}", flush=True)
