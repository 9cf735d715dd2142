"""Tags a reply with the themes of a codebook, from the codebook alone: no labels are needed.

The reply and each of its excerpts are scored: how near they come to what the codebook says of a theme, a bonus for a
keyword, less a part of how much nearer they come to what the theme excludes. Scores compete for a share of belief,
among all themes and "none of these"; the share of the whole and that of the best excerpt make the confidence, so that
two sentences can carry two themes. A theme is tagged when its confidence is well above chance.

`features` gives the parts of the score as arrays, for a model that learns from reviews; nothing here learns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nlp.anchors import Anchors, Statement, ThemeAnchors, anchors_of
from nlp.codebook import Codebook, texts_in
from nlp.encoder import Encoder, FloatArray
from nlp.keywords import Hit, KeywordFinder, beginnings_of
from nlp.model import ThemeModel
from nlp.nonresponse import nonresponse
from nlp.reading import Background, Reading
from nlp.redaction import without_marks

BoolArray: TypeAlias = NDArray[np.bool_]

VERSION = "codebook-1"
"""Names this way of scoring; stored with each tag. Change it with any constant below."""

# Chosen together on all development sets of tests/bench/tagging.py, each on a plateau: README.md has the figures.
KEYWORD_BONUS = 0.05  # in units of cosine
EXCLUDE_WEIGHT = 0.25  # of the cosine by which the exclude note is nearer than all that speaks for the theme
NONE_SCORE = 0.05  # the score of "none of these", in units of cosine
TEMPERATURE = 0.05  # the difference in cosine that makes one theme e times as likely as another
WHOLE_WEIGHT = 0.6  # of the whole reply's share in the confidence; the best excerpt's has the rest
TIMES_CHANCE = 1.8  # a tagged theme's confidence, in multiples of an equal share
LEAST_SHARE = 0.14  # a confidence that is needed however many themes there are: below, one tag in five is right
CERTAIN_SHARE = 0.38  # a confidence that is always enough: in a codebook of few themes, one sure excerpt must do

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
    """What is known of some replies' rows (as in `Reading.vectors`, one reply below the other) and each theme.

    Each array has the shape (rows, themes). `near` is the cosine to the theme's centre less the background's, and
    `excluded` is at least 0. `starts` holds the first row of each reply, and the number of rows behind the last.
    """

    near: FloatArray
    keyword: BoolArray
    excluded: FloatArray
    starts: tuple[int, ...]

    @property
    def scores(self) -> FloatArray:
        """The score of each theme, in units of cosine; about 0 for a theme that has nothing to do with the row."""
        return np.asarray(self.near + KEYWORD_BONUS * self.keyword - EXCLUDE_WEIGHT * self.excluded, dtype=np.float32)


class Tagger:
    """A codebook in one language, ready to tag what one encoder has read."""

    def __init__(self, codebook: Codebook, language: str, encoder: Encoder) -> None:
        self.codebook = codebook
        self.version = f"{encoder.name}+{VERSION}"
        self.anchors: Anchors = anchors_of(codebook, language, encoder)
        self._finders = [KeywordFinder(texts_in(theme.keywords, language)) for theme in codebook.themes]

    def tag(
        self, readings: Sequence[Reading], background: Background | None = None, model: ThemeModel | None = None
    ) -> list[tuple[Tag, ...]]:
        """Return the tags of each reply, the surest first; none where it says nothing, or nothing of these themes."""
        if not readings:
            return []
        shares, starts = self._shares(readings, background)
        confidences = self._confidences(readings, shares, starts, model)
        thresholds = self.thresholds(model)
        return [
            self._tags(reading, shares[slice(*own)], confidence, thresholds)
            for reading, own, confidence in zip(readings, pairwise(starts), confidences, strict=True)
        ]

    def confidences(
        self, readings: Sequence[Reading], background: Background | None = None, model: ThemeModel | None = None
    ) -> FloatArray:
        """Return the confidence in every theme, 0 to 1, shape (replies, themes); 0 where a reply says nothing."""
        if not readings:
            return np.zeros((0, len(self.codebook.themes)), dtype=np.float32)
        shares, starts = self._shares(readings, background)
        return self._confidences(readings, shares, starts, model)

    def thresholds(self, model: ThemeModel | None = None) -> FloatArray:
        """Return the confidence above which each theme is tagged, shape (themes,)."""
        if model is not None:
            return model.thresholds
        themes = len(self.codebook.themes)
        return np.full(themes, threshold(themes), dtype=np.float32)

    def _shares(self, readings: Sequence[Reading], background: Background | None) -> tuple[FloatArray, tuple[int, ...]]:
        features = self.features(readings, background)
        return shares_of(features.scores), features.starts

    def _confidences(
        self, readings: Sequence[Reading], shares: FloatArray, starts: Sequence[int], model: ThemeModel | None
    ) -> FloatArray:
        found = np.stack([confidence_of(shares[slice(*own)]) for own in pairwise(starts)])
        if model is not None:
            found = model.confidences(np.stack([reading.vector for reading in readings]), found)
        found[[nonresponse(own.text) is not None or not own.vector.any() for own in readings]] = 0
        return found

    def features(self, readings: Sequence[Reading], background: Background | None = None) -> Features:
        """Return the features of some replies, against the background of their consultation where it is known."""
        rows = np.concatenate([reading.vectors for reading in readings])
        common = background.shift if background is not None else np.zeros(rows.shape[1], dtype=np.float32)
        return Features(
            near=np.asarray((rows - common) @ self.anchors.centres.T, dtype=np.float32),
            keyword=np.concatenate([self._keyword(reading) for reading in readings]),
            excluded=np.stack([_excluded(theme, rows) for theme in self.anchors.themes], axis=1),
            starts=(0, *np.cumsum([len(reading.vectors) for reading in readings]).tolist()),
        )

    def _keyword(self, reading: Reading) -> BoolArray:
        """Return which keywords stand in which row, shape (rows, themes)."""
        found = np.zeros((len(reading.vectors), len(self._finders)), dtype=np.bool_)
        text = without_marks(reading.text)
        beginnings = beginnings_of(text)
        for column, finder in enumerate(self._finders):
            for hit in finder.hits(text, beginnings):
                found[0, column] = True
                if len(found) > 1:
                    found[1 + _place(hit, reading), column] = True
        return found

    def _tags(
        self, reading: Reading, shares: FloatArray, confidence: FloatArray, thresholds: FloatArray
    ) -> tuple[Tag, ...]:
        chosen = np.flatnonzero(confidence > thresholds).tolist()
        chosen.sort(key=lambda theme: -confidence[theme])
        places = shares[1:].argmax(axis=0) if len(shares) > 1 else np.zeros(len(confidence), dtype=int)
        return tuple(self._tag(reading, theme, float(confidence[theme]), int(places[theme])) for theme in chosen)

    def _tag(self, reading: Reading, theme: int, confidence: float, place: int) -> Tag:
        piece = reading.excerpts[place]
        hits = self._finders[theme].hits(without_marks(reading.text[piece.start : piece.end]))
        vector = reading.excerpt_vectors[place]
        why = f"says '{hits[0].keyword}'" if hits else _says_close_to(_nearest(self.anchors.themes[theme], vector))
        return Tag(self.codebook.themes[theme].id, round(confidence, 3), piece.start, piece.end, why)


def shares_of(scores: FloatArray) -> FloatArray:
    """Return each theme's share of belief, shape as `scores`; what a row lacks to 1 is the share of none of them."""
    with_none = np.pad(scores, ((0, 0), (0, 1)), constant_values=NONE_SCORE) / TEMPERATURE
    weights = np.exp(with_none - with_none.max(axis=1, keepdims=True))
    return np.asarray(weights[:, :-1] / weights.sum(axis=1, keepdims=True), dtype=np.float32)


def confidence_of(shares: FloatArray) -> FloatArray:
    """Return the confidence in each theme from the shares of one reply's rows, the whole first."""
    best = shares[1:].max(axis=0) if len(shares) > 1 else shares[0]
    return np.asarray(WHOLE_WEIGHT * shares[0] + (1 - WHOLE_WEIGHT) * best, dtype=np.float32)


def threshold(themes: int) -> float:
    """Return the confidence above which a theme is tagged, in a codebook of that many themes."""
    return min(CERTAIN_SHARE, max(LEAST_SHARE, TIMES_CHANCE / (themes + 1)))


def _place(hit: Hit, reading: Reading) -> int:
    """Return the index of the excerpt that a keyword begins in."""
    return next(index for index, piece in enumerate(reading.excerpts) if hit.start < piece.end)


def _excluded(theme: ThemeAnchors, vectors: FloatArray) -> FloatArray:
    if not len(theme.excluded):
        return np.zeros(len(vectors), dtype=np.float32)
    nearer = (vectors @ theme.excluded.T).max(axis=1) - (vectors @ theme.rows.T).max(axis=1)
    return np.asarray(np.maximum(nearer, 0), dtype=np.float32)


def _nearest(theme: ThemeAnchors, vector: FloatArray) -> Statement:
    return theme.statements[int((theme.rows @ vector).argmax())]


def _says_close_to(statement: Statement) -> str:
    quote = statement.text.strip()
    if len(quote) > _LONGEST_QUOTE_CHARS:
        quote = quote[: _LONGEST_QUOTE_CHARS - 1].rstrip() + "…"
    words = {"name": "name", "definition": "definition", "include": "note of what it includes", "examples": "example"}
    return f"close to the {words[statement.part]} '{quote}'"
