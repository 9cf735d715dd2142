"""Tags a reply with the themes of a codebook: from the codebook alone, and from what was learned from reviews.

The reply and each of its excerpts are scored: how near they come to what the codebook says of a theme, a bonus for a
keyword, less a part of how much nearer they come to what the theme excludes. Scores compete for a share of belief,
among all themes and "none of these"; the share of the whole and that of the best excerpt make the confidence, so that
two sentences can carry two themes. A model that was learned moves the confidence; nothing here learns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nlp import why
from nlp.anchors import Anchors, Statement
from nlp.codebook import Codebook
from nlp.encoder import Encoder, FloatArray
from nlp.features import Features, Scorer
from nlp.model import ThemeModel, sigmoid
from nlp.nonresponse import nonresponse
from nlp.reading import Background, Reading
from nlp.shares import likely, likely_tag, shares_of, shares_of_replies, threshold

VERSION = "codebook-4"
"""Names this way of scoring; stored with each tag. Change it with any constant of `features` and `shares`."""

_AT_ONCE = 2048
"""How many replies are tagged together: bounds the memory that many of them take."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme on a reply: how sure (0 to 1), the excerpt that earned it (`text[start:end]`), and why, in a line."""

    theme: str
    confidence: float
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What a block of replies came to: features and shares of their rows, and each reply's confidences and vector."""

    features: Features
    shares: FloatArray
    confidences: FloatArray
    vectors: FloatArray


class Tagger:
    """A codebook in one language, ready to tag what one encoder has read."""

    def __init__(self, codebook: Codebook, language: str, encoder: Encoder) -> None:
        self.codebook = codebook
        self.encoder_name = encoder.name
        self.version = f"{encoder.name}+{VERSION}"
        self._language = language
        self._scorer = Scorer(codebook, language, encoder)

    @property
    def anchors(self) -> Anchors:
        """What the codebook says of its themes, as vectors."""
        return self._scorer.anchors

    def tag(
        self, readings: Sequence[Reading], background: Background | None = None, model: ThemeModel | None = None
    ) -> list[tuple[Tag, ...]]:
        """Return the tags of each reply, the surest first; none where it says nothing, or nothing of these themes."""
        bars = self.thresholds(model)
        tags: list[tuple[Tag, ...]] = []
        for block in _blocks(readings):
            tags += self._tags(block, self._found(block, background, model), bars, model)
        return tags

    def confidences(
        self, readings: Sequence[Reading], background: Background | None = None, model: ThemeModel | None = None
    ) -> FloatArray:
        """Return the confidence in every theme, 0 to 1, shape (replies, themes); 0 where a reply says nothing."""
        found = [self._found(block, background, model).confidences for block in _blocks(readings)]
        return np.concatenate(found) if found else np.zeros((0, len(self.codebook.themes)), dtype=np.float32)

    def thresholds(self, model: ThemeModel | None = None) -> FloatArray:
        """Return the confidence above which each theme is tagged, shape (themes,)."""
        if model is not None:
            return model.thresholds
        themes = len(self.codebook.themes)
        return self._sure(likely(np.full(themes, threshold(themes), dtype=np.float32)))

    @property
    def likely_tag(self) -> tuple[float, float]:
        """Slope and bias from `prior` to the log-odds of a tag's confidence, while nothing is reviewed."""
        themes = self.anchors.themes
        described = sum(any(own.part != "name" for own in theme.statements) for theme in themes)
        return likely_tag(described / len(themes))

    def _sure(self, prior: FloatArray) -> FloatArray:
        slope, bias = self.likely_tag
        return sigmoid(slope * prior + bias)

    def prior(self, readings: Sequence[Reading], background: Background | None = None) -> FloatArray:
        """Return the log-odds of every theme from the codebook alone, shape (replies, themes)."""
        each = (self.features(block, background) for block in _blocks(readings))
        found = [likely(shares_of_replies(shares_of(own.scores), own.starts)) for own in each]
        return np.concatenate(found) if found else np.zeros((0, len(self.codebook.themes)), dtype=np.float32)

    def features(self, readings: Sequence[Reading], background: Background | None = None) -> Features:
        """Return what is known of at least one reply and each theme."""
        return self._scorer.features(readings, background)

    def _found(self, block: Sequence[Reading], background: Background | None, model: ThemeModel | None) -> _Found:
        features, vectors = self.features(block, background), centred(block, background)
        shares = shares_of(features.scores)
        prior = likely(shares_of_replies(shares, features.starts))
        confidences = self._sure(prior) if model is None else model.confidences(vectors, prior)
        confidences[[_says_nothing(reading) for reading in block]] = 0
        return _Found(features, shares, confidences, vectors)

    def _tags(
        self, block: Sequence[Reading], found: _Found, bars: FloatArray, model: ThemeModel | None
    ) -> list[tuple[Tag, ...]]:
        tags: list[list[Tag]] = [[] for _ in block]
        rows, themes = np.nonzero(found.confidences > bars)
        alike = model.most_alike(found.vectors[rows], themes) if model is not None else [("", 0.0)] * len(rows)
        for row, theme, reviewed in zip(rows.tolist(), themes.tolist(), alike, strict=True):
            tags[row].append(self._tag(block[row], found, row, theme, reviewed))
        return [tuple(sorted(own, key=lambda tag: -tag.confidence)) for own in tags]

    def _tag(self, reading: Reading, found: _Found, row: int, theme: int, reviewed: tuple[str, float]) -> Tag:
        start, behind = found.features.starts[row : row + 2]
        place = int(found.shares[start + 1 : behind, theme].argmax()) if behind - start > 1 else 0
        piece, vector = reading.excerpts[place], reading.excerpt_vectors[place]
        keyword = found.features.found_at.get((start + place + (behind - start > 1), theme))
        confidence = round(float(found.confidences[row, theme]), 3)
        reason = self._says(reading, keyword) if keyword else self._close_to(vector, theme, reviewed)
        return Tag(self.codebook.themes[theme].id, confidence, piece.start, piece.end, reason)

    def _says(self, reading: Reading, keyword: tuple[int, int]) -> str:
        return why.says(reading.text[slice(*keyword)], self._language)

    def _close_to(self, vector: FloatArray, theme: int, reviewed: tuple[str, float]) -> str:
        """Return what is nearest: the codebook's words or a reviewed reply's."""
        statement, cosine = self._nearest(theme, vector)
        quote, likeness = reviewed
        if quote and likeness > cosine:
            return why.like_reviewed(quote, self._language)
        return why.close_to(statement, self._language)

    def _nearest(self, theme: int, vector: FloatArray) -> tuple[Statement, float]:
        own = self.anchors.themes[theme]
        likeness = own.rows @ vector
        best = int(likeness.argmax())
        return own.statements[best], float(likeness[best])


def centred(readings: Sequence[Reading], background: Background | None) -> FloatArray:
    """Return the vectors of whole replies less what their consultation has in common, shape (replies, dimensions)."""
    vectors = np.stack([reading.vectors[0] for reading in readings])
    return vectors - background.shift if background is not None else vectors


def _blocks(readings: Sequence[Reading]) -> Iterator[Sequence[Reading]]:
    for start in range(0, len(readings), _AT_ONCE):
        yield readings[start : start + _AT_ONCE]


def _says_nothing(reading: Reading) -> bool:
    return nonresponse(reading.text) is not None or not reading.vectors[0].any()
