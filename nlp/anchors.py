"""What a codebook says of its themes, as vectors: the points in meaning that replies are compared with.

One `Anchors` is for one codebook in one language with one encoder. Making it runs the encoder; using it is arithmetic.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from nlp.codebook import Codebook, Theme, text_in, texts_in
from nlp.encoder import Encoder, FloatArray, unit

Part: TypeAlias = Literal["name", "definition", "include", "examples"]
PARTS: tuple[Part, ...] = ("name", "definition", "include", "examples")

_JOINT = re.compile(
    r"[,;:/&()|]\s*(?:(?:and|or|y|o|und|oder|et|ou)\s)?|\s(?:and|or|y|o|u|und|oder|et|ou|e|i)\s", re.IGNORECASE
)
"""What joins the things that a name names, in the encoder's larger languages."""
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Statement:
    """A text of the codebook that speaks for a theme, and the part of it that it stands in."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ThemeAnchors:
    """One theme: its statements, their vectors (one row each), and the vectors of what it excludes."""

    statements: tuple[Statement, ...]
    rows: FloatArray
    excluded: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Anchors:
    """All themes of a codebook in its order; `centres` has one row a theme, the mean of its parts' directions.

    The mean of similarities to the parts is the similarity to their mean, so scoring needs `centres` only.
    """

    themes: tuple[ThemeAnchors, ...]
    centres: FloatArray


def anchors_of(codebook: Codebook, language: str, encoder: Encoder) -> Anchors:
    """Return the anchors of a codebook, from its texts in that language (else the first that each text has)."""
    themes = tuple(_theme_anchors(theme, language, encoder) for theme in codebook.themes)
    return Anchors(themes, np.stack([_centre(theme) for theme in themes]))


def statements_of(theme: Theme, language: str) -> tuple[Statement, ...]:
    """Return what a theme's codebook entry says for it, part by part."""
    found = [
        *(Statement("name", name) for name in names_in(text_in(theme.name, language))),
        Statement("definition", text_in(theme.definition, language)),
        Statement("include", text_in(theme.include, language)),
        *(Statement("examples", example) for example in texts_in(theme.examples, language)),
    ]
    return tuple(statement for statement in found if statement.text.strip())


def names_in(name: str) -> tuple[str, ...]:
    """Return the name, and what it joins where it joins things: "Health, fatigue or pain" is each of the three."""
    joined = (part.strip() for part in _JOINT.split(name))
    parts = [part for part in joined if _LETTERS.search(part)]
    return (name, *parts) if len(parts) > 1 else (name,)


def _theme_anchors(theme: Theme, language: str, encoder: Encoder) -> ThemeAnchors:
    statements = statements_of(theme, language)
    excluded = [text for text in [text_in(theme.exclude, language)] if text.strip()]
    rows = encoder.encode([*(statement.text for statement in statements), *excluded])
    return ThemeAnchors(statements, rows[: len(statements)], rows[len(statements) :])


def _centre(theme: ThemeAnchors) -> FloatArray:
    """Return the mean of the directions of the parts that the theme has: ten examples weigh as much as one name."""
    parts = [
        unit(theme.rows[[statement.part == part for statement in theme.statements]].mean(axis=0))
        for part in _present(theme.statements)
    ]
    return np.asarray(np.mean(parts, axis=0), dtype=np.float32)


def _present(statements: Sequence[Statement]) -> list[Part]:
    return [part for part in PARTS if any(statement.part == part for statement in statements)]
