"""Small groups disappear into larger ones before anything is counted or exported. Pure arithmetic on group sizes.

A group is what is known of some people besides their responses: (site, band, language, ...). `pooled` says for each
group what may be told of it: the same, or with FEW where telling would leave fewer than `smallest` people alike.

Why this is safe: what comes out is one division of the people into parts of at least `smallest`. A figure counts whole
parts, so a sum, a total or a difference of figures counts whole parts too: nobody, or at least `smallest` people. That
holds for every view and every filter over one and the same division, without a search for what else to hide. The
Handbook on Statistical Disclosure Control (https://sdctools.github.io/HandbookSDC/, chapter 5) calls this recoding
before tabulation. Hiding cells instead would need that search over all views at once, and rounding each
cell can be undone where many rounded cells add up to a rounded total.
"""

from collections import Counter
from collections.abc import Mapping
from itertools import product
from typing import TypeAlias

Group: TypeAlias = tuple[str, ...]
"""The values by which people can be told apart, those that matter most to a reader first."""
FEW = "(few)"
"""Stands for a value that too few people share."""


def pooled(sizes: Mapping[Group, int], smallest: int) -> dict[Group, Group]:
    """Return what may be told of each group; at least `smallest` people share it, or else nothing is told of anyone.

    `sizes` are people, each counted once. The first values are kept longest: who cannot keep all keeps the site before
    the language. Where fewer than `smallest` people are there at all, every value of everyone is FEW.
    """
    told: dict[Group, Group] = {}
    waiting = {group for group, size in sizes.items() if size > 0}
    for kept in _patterns(sizes):
        shared = sum_by({group: _told(group, kept) for group in waiting}, sizes)
        large = {group for group in waiting if shared[_told(group, kept)] >= smallest}
        told |= {group: _told(group, kept) for group in large}
        waiting -= large
    return _with_rest(told, waiting, sizes)


def sum_by(told: Mapping[Group, Group], sizes: Mapping[Group, int]) -> Counter[Group]:
    """Return how many people there are of whom the same is told."""
    people: Counter[Group] = Counter()
    for group, shown in told.items():
        people[shown] += sizes[group]
    return people


def _with_rest(told: dict[Group, Group], rest: set[Group], sizes: Mapping[Group, int]) -> dict[Group, Group]:
    """Return `told` with those who fit nowhere: nothing is told of them, nor of the smallest part, to hide among."""
    if rest and told:
        people = sum_by(told, sizes)
        hiding = min(people, key=lambda shown: (people[shown], shown))
        rest = rest | {group for group, shown in told.items() if shown == hiding}
    return told | {group: (FEW,) * len(group) for group in rest}


def _patterns(sizes: Mapping[Group, int]) -> list[tuple[bool, ...]]:
    """Return which values to keep, in the order of trying: all of them, ..., the first alone, ..., none."""
    length = len(next(iter(sizes), ()))
    return list(product((True, False), repeat=length))


def _told(group: Group, kept: tuple[bool, ...]) -> Group:
    return tuple(value if keep else FEW for value, keep in zip(group, kept, strict=True))
