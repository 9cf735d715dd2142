"""From which confidence on a machine's tags may stand without a person: measured, never assumed.

Pure arithmetic over decisions. They have to come from replies drawn at random, each with the confidence that the
machine had given before the person decided; tags of replies that were reviewed because they looked doubtful, or that
the machine has learned from since, say too little or too much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST_REVIEWS = 50
FEWEST_TAGS = 20
"""Fewer tags above a confidence prove nothing, whatever share of them is right."""
PRECISION = 0.85
"""People who code the same replies agree at about .75, so this asks more of the machine than of a second person."""

_CUTS = tuple(cut / 100 for cut in range(95, 45, -5))
_Z = 1.2816  # one-sided 90%: of ten bars set, nine hold on new replies


@dataclass(frozen=True, slots=True)
class Decision:
    """A tag that the machine suggested: its confidence then (0 to 1), and whether the person let it stand."""

    confidence: float
    right: bool


def accepted_from(decisions: Sequence[Decision], reviews: int, precision: float = PRECISION) -> float | None:
    """Return the confidence from which tags may be accepted; None while too few `reviews` (replies) show one.

    It is the lowest of .95, .90 ... .50 for which, and for each higher one with enough tags, the cautious estimate of
    the share that is right reaches `precision`.
    """
    if reviews < FEWEST_REVIEWS:
        return None
    found = None
    for cut in _CUTS:
        right = [decision.right for decision in decisions if decision.confidence >= cut]
        if len(right) < FEWEST_TAGS:
            continue
        if cautious_share(sum(right), len(right)) < precision:
            break
        found = cut
    return found


def cautious_share(right: int, count: int) -> float:
    """Return the lower end of the share's 90% interval, one-sided (Wilson 1927); 0 for none of none."""
    if not count:
        return 0.0
    share, spread = right / count, _Z * _Z / count
    lower = share + spread / 2 - _Z * sqrt((share * (1 - share) + spread / 4) / count)
    return max(0.0, lower / (1 + spread))
