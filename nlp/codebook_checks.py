"""What is doubtful about a codebook that is not wrong: themes too alike, never given, or given to nearly everything.

A codebook in, or the themes of some replies; sentences out. Nothing here changes a tag.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np

from nlp.anchors import anchors_of
from nlp.codebook import Codebook
from nlp.encoder import Encoder, unit

Kind: TypeAlias = Literal["alike", "together", "unused", "swallows"]

ALIKE_COSINE = 0.55
"""Between what two themes say of themselves. The nearest two of the shipped codebook come to .47 in English and .48 in
Spanish, "school" with a theme "exams" beside it to .49; a second theme on buses to .61, one on mental health to .80,
the bare names "Jobs" and "Work" to .71, "School" and "Education" to .55."""
TOGETHER_SHARE = 0.8
"""Of the replies that have either theme, so many have both."""
FEWEST_TOGETHER = 10
"""Replies that have either theme: with fewer, it may be chance."""
FEWEST_FOR_UNUSED = 100
"""Replies: with fewer, a good theme may still be waiting for its first."""
FEWEST_FOR_SWALLOWING = 30
SWALLOWING_SHARE = 0.5
"""Of all replies that say something."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be wrong with some themes (their ids), and what to do about it, each in a sentence."""

    kind: Kind
    themes: tuple[str, ...]
    says: str
    fix: str


def alike(codebook: Codebook, language: str, encoder: Encoder) -> list[Doubt]:
    """Return the pairs of themes that say nearly the same in that language; a theme and its parent may."""
    centres = unit(anchors_of(codebook, language, encoder).centres)
    near = np.asarray(centres @ centres.T)
    pairs = combinations(range(len(codebook.themes)), 2)
    return [
        _alike(codebook.themes[one].id, codebook.themes[other].id)
        for one, other in pairs
        if near[one, other] >= ALIKE_COSINE and not _are_kin(codebook, one, other)
    ]


def doubts_of(codebook: Codebook, given: Sequence[Iterable[str]]) -> list[Doubt]:
    """Return what the themes of some replies show; `given` has the theme ids of each reply that says something."""
    replies = [frozenset(own) for own in given]
    counts = Counter(theme for own in replies for theme in own)
    return [
        *_unused(codebook, counts, len(replies)),
        *_swallowing(codebook, counts, len(replies)),
        *_together(codebook, counts, replies),
    ]


def _are_kin(codebook: Codebook, one: int, other: int) -> bool:
    left, right = codebook.themes[one], codebook.themes[other]
    return left.parent == right.id or right.parent == left.id


def _alike(one: str, other: str) -> Doubt:
    return Doubt(
        "alike",
        (one, other),
        f"'{one}' and '{other}' say nearly the same, so replies will fall to either by chance.",
        "Make them one theme, or write under `exclude:` of each what belongs to the other.",
    )


def _unused(codebook: Codebook, counts: Counter[str], replies: int) -> Iterator[Doubt]:
    for theme in codebook.themes:
        if replies >= FEWEST_FOR_UNUSED and not counts[theme.id]:
            yield Doubt(
                "unused",
                (theme.id,),
                f"None of {replies} replies matches '{theme.id}'.",
                "Add examples in young people's own words, or take it out.",
            )


def _swallowing(codebook: Codebook, counts: Counter[str], replies: int) -> Iterator[Doubt]:
    for theme in codebook.themes:
        if replies >= FEWEST_FOR_SWALLOWING and counts[theme.id] > SWALLOWING_SHARE * replies:
            yield Doubt(
                "swallows",
                (theme.id,),
                f"'{theme.id}' matches {counts[theme.id]} of {replies} replies, so it tells little about any of them.",
                "Split it into narrower themes, or take out keywords and examples that fit nearly every reply.",
            )


def _together(codebook: Codebook, counts: Counter[str], replies: Sequence[frozenset[str]]) -> Iterator[Doubt]:
    both = Counter(pair for own in replies for pair in combinations(sorted(own), 2))
    places = {theme.id: place for place, theme in enumerate(codebook.themes)}
    for (one, other), times in sorted(both.items()):
        either = counts[one] + counts[other] - times
        if either < FEWEST_TOGETHER or times < TOGETHER_SHARE * either:
            continue
        if not _are_kin(codebook, places[one], places[other]):
            yield Doubt(
                "together",
                (one, other),
                f"{times} of the {either} replies with '{one}' or '{other}' have both.",
                "Make them one theme, or say under `exclude:` of each what belongs to the other.",
            )
