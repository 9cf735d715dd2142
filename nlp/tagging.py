"""Tags a reply with the themes of a codebook, from the codebook alone: no labels are needed.

A score is how near the reply and its best excerpt come to what the codebook says of the theme, with a bonus for a
keyword, less a part of how much nearer it comes to what the theme excludes. Scores compete: a theme is tagged when its
share among all themes and "none of these" is well above chance. `features` gives the parts of the score as arrays, for
a model that learns from reviews; nothing here learns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.anchors import Anchors, Statement, anchors_of
from nlp.codebook import Codebook, texts_in
from nlp.encoder import Encoder, FloatArray
from nlp.excerpts import Excerpt
from nlp.keywords import KeywordFinder
from nlp.nonresponse import nonresponse
from nlp.reading import Background, Reading

BoolArray: TypeAlias = NDArray[np.bool_]

VERSION = "codebook-1"
"""Names this way of scoring; stored with each tag. Change it with any constant below."""

# Chosen together on both development sets (8 themes with names only, the same described in full, 11 and 22 described
# themes); each may be halved or doubled at a cost of at most .03 F1 on any of them.
EXCERPT_WEIGHT = 0.3  # of the best excerpt's similarity; the whole reply has the rest
KEYWORD_BONUS = 0.05  # in units of cosine
EXCLUDE_WEIGHT = 0.25  # of the cosine by which the exclude note is nearer than all that speaks for the theme
TEMPERATURE = 0.05  # in units of cosine: what makes one theme e times as likely as another
NONE_SCORE = 0.05  # the score of "none of these"
TIMES_CHANCE = 1.7  # a tagged theme's share, in multiples of an equal share
CERTAIN_SHARE = 0.5  # a share that is always enough, where a codebook has one or two themes only

_LONGEST_QUOTE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme on a reply: how sure (0 to 1), the excerpt that earned it (`text[start:end]`), and why, in a line."""

    theme: str
    confidence: float
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What is known of each reply and theme, shape (replies, themes) each.

    Similarities are cosines to the theme's centre less the background's. `excluded` is at least 0.
    """

    whole: FloatArray
    excerpt: FloatArray
    keyword: BoolArray
    excluded: FloatArray

    @property
    def scores(self) -> FloatArray:
        """The score of each theme, in units of cosine; about 0 for a theme that has nothing to do with the reply."""
        near = (1 - EXCERPT_WEIGHT) * self.whole + EXCERPT_WEIGHT * self.excerpt
        return np.asarray(near + KEYWORD_BONUS * self.keyword - EXCLUDE_WEIGHT * self.excluded, dtype=np.float32)


class Tagger:
    """A codebook in one language, ready to tag what one encoder has read."""

    def __init__(self, codebook: Codebook, language: str, encoder: Encoder) -> None:
        self.codebook = codebook
        self.version = f"{encoder.name}+{VERSION}"
        self.anchors: Anchors = anchors_of(codebook, language, encoder)
        self._finders = [KeywordFinder(texts_in(theme.keywords, language)) for theme in codebook.themes]

    def features(self, readings: Sequence[Reading], background: Background | None = None) -> Features:
        """Return the features of some replies, against the background of their consultation where it is known."""
        whole = np.stack([reading.vector for reading in readings])
        best = np.stack([self._nearness(reading.excerpt_vectors).max(axis=0) for reading in readings])
        common = self._nearness(background.shift) if background is not None else np.float32(0)
        return Features(
            whole=self._nearness(whole) - common,
            excerpt=best - common,
            keyword=np.array([[bool(finder.hits(reading.text)) for finder in self._finders] for reading in readings]),
            excluded=np.stack([_excluded(theme.rows, theme.excluded, whole) for theme in self.anchors.themes], axis=1),
        )

    def tag(self, readings: Sequence[Reading], background: Background | None = None) -> list[tuple[Tag, ...]]:
        """Return the tags of each reply, the surest first; none where it says nothing, or nothing of these themes."""
        if not readings:
            return []
        shares = shares_of(self.features(readings, background).scores)
        return [self._tags(reading, row) for reading, row in zip(readings, shares, strict=True)]

    def _tags(self, reading: Reading, shares: FloatArray) -> tuple[Tag, ...]:
        if nonresponse(reading.text) is not None or not reading.vector.any():
            return ()
        chosen = np.flatnonzero(shares > threshold(len(shares)))
        ordered = sorted(chosen.tolist(), key=lambda index: -shares[index])
        return tuple(self._tag(reading, index, float(shares[index])) for index in ordered)

    def _tag(self, reading: Reading, index: int, confidence: float) -> Tag:
        hits = self._finders[index].hits(reading.text)
        scores = reading.excerpt_vectors @ self.anchors.centres[index]
        for row, piece in enumerate(reading.excerpts):
            scores[row] += KEYWORD_BONUS * any(piece.start <= hit.start < piece.end for hit in hits)
        best = int(scores.argmax())
        piece = reading.excerpts[best]
        said = next((hit.keyword for hit in hits if piece.start <= hit.start < piece.end), None)
        why = f"says '{said}'" if said else self._nearest(index, reading.excerpt_vectors[best])
        return Tag(self.codebook.themes[index].id, round(confidence, 3), piece.start, piece.end, why)

    def _nearest(self, index: int, vector: FloatArray) -> str:
        theme = self.anchors.themes[index]
        return _says_close_to(theme.statements[int((theme.rows @ vector).argmax())])

    def _nearness(self, rows: FloatArray) -> FloatArray:
        return np.asarray(rows @ self.anchors.centres.T, dtype=np.float32)


def shares_of(scores: FloatArray) -> FloatArray:
    """Return each theme's share of belief, shape as `scores`; what a row lacks to 1 is the share of none of them."""
    with_none = np.pad(scores, ((0, 0), (0, 1)), constant_values=NONE_SCORE) / TEMPERATURE
    weights = np.exp(with_none - with_none.max(axis=1, keepdims=True))
    return np.asarray(weights[:, :-1] / weights.sum(axis=1, keepdims=True), dtype=np.float32)


def threshold(themes: int) -> float:
    """Return the share above which a theme is tagged, in a codebook of that many themes."""
    return min(CERTAIN_SHARE, TIMES_CHANCE / (themes + 1))


def _excluded(rows: FloatArray, excluded: FloatArray, vectors: FloatArray) -> FloatArray:
    if not len(excluded):
        return np.zeros(len(vectors), dtype=np.float32)
    nearer = (vectors @ excluded.T).max(axis=1) - (vectors @ rows.T).max(axis=1)
    return np.asarray(np.maximum(nearer, 0), dtype=np.float32)


def _says_close_to(statement: Statement) -> str:
    quote = statement.text.strip()
    if len(quote) > _LONGEST_QUOTE_CHARS:
        quote = quote[: _LONGEST_QUOTE_CHARS - 1].rstrip() + "…"
    words = {"name": "name", "definition": "definition", "include": "note of what it includes", "examples": "example"}
    return f"close to the {words[statement.part]} '{quote}'"


def excerpt_text(text: str, piece: Tag | Excerpt) -> str:
    """Return the words that a tag or an excerpt points at, in the text that it was made from."""
    return text[piece.start : piece.end]
