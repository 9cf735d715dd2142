"""In which order people should review replies so that their decisions teach most: pure arithmetic over confidences.

Each reply is worth the doubt about its themes, and doubt about a theme that few decided replies have counts for more.
Taking the likeliest replies of a thin theme instead was measured to teach less than taking them at random: they are
all alike, and the machine knew them already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from nlp.encoder import FloatArray

Reason: TypeAlias = Literal["cover", "doubt", "random"]
"""Why a reply is reviewed: its theme has few reviews, the machine is in doubt about it, or it was drawn to measure."""

ONE_DRAWN_IN = 5
MOST = 200
"""As many as members review before the next order is made."""
THIN = 10
"""A theme that fewer decided replies have is still to be covered."""
_HEAD_START = 3  # decided replies that every theme is given: without, the very first would count too much


@dataclass(frozen=True, slots=True)
class Ranked:
    """A reply in its place, and why it is there."""

    id: int
    reason: Reason


def order(
    ids: Sequence[int], confidences: FloatArray, decided: Sequence[int], drawn: Sequence[int], most: int = MOST
) -> list[Ranked]:
    """Return the replies to review next, the most telling first; at every fifth place the next of those `drawn`.

    `ids` are replies to pick from, `confidences` (replies, themes) theirs, `decided` how many decided replies have each
    theme. `drawn` are others, drawn at random before anybody knew what they say, in that order.
    """
    picked, waiting = iter(_picked(ids, confidences, decided, most)), iter(drawn)
    ranked: list[Ranked] = []
    while len(ranked) < most:
        is_drawn = len(ranked) % ONE_DRAWN_IN == ONE_DRAWN_IN - 1
        random = next(waiting, None) if is_drawn else None
        one = Ranked(random, "random") if random is not None else next(picked, None)
        if one is None:
            break
        ranked.append(one)
    return ranked + [Ranked(one, "random") for one in waiting][: most - len(ranked)]


def _picked(ids: Sequence[int], confidences: FloatArray, decided: Sequence[int], most: int) -> list[Ranked]:
    """Return the most telling replies: each as if those before it were decided as the machine expects."""
    doubt, counts = _doubt(confidences), np.array(decided, dtype=np.float64)
    free, picked = np.ones(len(ids), dtype=np.bool_), list[Ranked]()
    for _ in range(min(most, len(ids))):
        weights = 1 / np.sqrt(counts + _HEAD_START)
        place = int(np.where(free, doubt @ weights, -1).argmax())
        most_telling = int((doubt[place] * weights).argmax()) if len(counts) else 0
        thin = len(counts) > 0 and counts[most_telling] < THIN
        picked.append(Ranked(ids[place], "cover" if thin else "doubt"))
        counts += confidences[place]
        free[place] = False
    return picked


def _doubt(confidences: FloatArray) -> FloatArray:
    """Return how open it is whether each reply has each theme: the entropy, 0 where the machine is certain."""
    chances = np.clip(confidences, 1e-4, 1 - 1e-4)
    return np.asarray(-(chances * np.log(chances) + (1 - chances) * np.log(1 - chances)))
