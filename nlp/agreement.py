"""How far coders agree, corrected for chance. Arithmetic over what coders gave; knows nothing of texts or machines.

A unit is what several coders judged, such as one reply; its values are what they gave, in any order. Who gave none has
no value there: data may be missing. A coefficient is None where it cannot be told: with fewer than two comparable
values, or where all values are the same. Then as much disagreement is expected as is seen, none, and 0/0 is no number:
coders who never tell two things apart have not shown that they can. (Some programs print 1 there, some 0.)

    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania.
    Passonneau, R. (2006). Measuring Agreement on Set-valued Items (MASI). LREC 2006.
    Cohen, J. (1960). A Coefficient of Agreement for Nominal Scales. Educational and Psychological Measurement 20.
    De Vries, H. et al. (2008). Using Pooled Kappa to Summarize Interrater Agreement across Many Items. Field Meth. 20.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import TypeAlias, TypeVar

from nlp.scoring import Bools

Value = TypeVar("Value", bound=Hashable)
Themes: TypeAlias = frozenset[str]


def nominal(one: object, other: object) -> float:
    """Return the distance of two values that are the same (0) or not (1)."""
    return float(one != other)


def masi(one: Themes, other: Themes) -> float:
    """Return Passonneau's distance of two sets, 0 to 1: Jaccard's, made larger where neither holds the other.

    Two empty sets are the same; an empty one shares nothing with any other.
    """
    if one == other:
        return 0.0
    shared = len(one & other)
    monotonic = 2 / 3 if one < other or other < one else 1 / 3
    return 1 - monotonic * shared / len(one | other)


def krippendorff_alpha(
    units: Iterable[Sequence[Value]], distance: Callable[[Value, Value], float] = nominal
) -> float | None:
    """Return Krippendorff's alpha: 1 for perfect agreement, 0 for chance, below 0 for less than chance.

    `distance` is the squared difference function of his formulas, 0 for equal values. Units of one value are left out.
    """
    observed, values = 0.0, Counter[Value]()
    for unit in units:
        if len(unit) > 1:
            counts = Counter(unit)
            values.update(counts)
            observed += _disagreement(counts, distance) / (len(unit) - 1)
    expected = _disagreement(values, distance) / max(values.total() - 1, 1)
    return 1 - observed / expected if expected else None


def _disagreement(counts: Counter[Value], distance: Callable[[Value, Value], float]) -> float:
    """Return the sum of distances over all pairs of what was counted."""
    pairs = combinations(counts.items(), 2)
    return sum(count * other_count * distance(value, other) for (value, count), (other, other_count) in pairs)


def pooled_kappa(first: Bools, second: Bools) -> float | None:
    """Return De Vries' pooled kappa of two coders, -1 to 1, from arrays of replies by themes: one figure for all.

    The mean observed and the mean expected agreement of the themes make it, so that a rare theme's own unstable kappa
    does not. For a single theme it is Cohen's.
    """
    if not len(first):
        return None
    own, others = first.mean(axis=0), second.mean(axis=0)
    expected = float((own * others + (1 - own) * (1 - others)).mean())
    return (float((first == second).mean()) - expected) / (1 - expected) if expected < 1 else None
