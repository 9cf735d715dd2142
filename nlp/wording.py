"""How a text is worded: its words, pairs of words and pieces of words, counted by hash, each with a vote.

Knows no meaning and no phrase. It stands beside the sentence vectors of `second_look`, which blur small words ("he ...
me") and free spelling.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nlp.encoder import LONGEST_CHARS, FloatArray

BUCKETS = 1 << 14
"""Enough that two pieces that tell something seldom share one."""
_SHORTEST_PIECE, _LONGEST_PIECE = 2, 4
_WORD = re.compile(r"\w+")
_DROPPED = re.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class Wording:
    """For each bucket how rare it is, above 0, and its vote: above 0 where it was seen in disclosures."""

    rarity: FloatArray
    votes: FloatArray

    def score(self, text: str) -> float:
        """Return the sum of the votes of the text, whatever its length; 0 without words."""
        own = buckets(text)
        weights = self.rarity[own]
        return float(weights @ self.votes[own] / max(float(np.linalg.norm(weights)), 1e-9))


def buckets(text: str) -> NDArray[np.int_]:
    """Return the buckets of what the text is made of, each once, sorted, 0 to `BUCKETS` - 1."""
    words = _WORD.findall(_plain(text[:LONGEST_CHARS]))
    made_of = {*words, *(" ".join(pair) for pair in pairwise(words)), *_pieces(words)}
    return np.array(sorted({zlib.crc32(part.encode()) % BUCKETS for part in made_of}), dtype=np.int_)


def _pieces(words: list[str]) -> Iterator[str]:
    for word in {f" {word} " for word in words}:
        for length in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
            yield from (word[at : at + length] for at in range(len(word) - length + 1))


def _plain(text: str) -> str:
    """Return the text in lower case, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", _DROPPED.sub("", text.lower()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
