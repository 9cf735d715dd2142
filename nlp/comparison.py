"""How people and the machine agree on the same replies, which no figure of the machine alone can tell.

Where several people coded some replies, people and machine are compared on these; else the machine with the one coder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from nlp.agreement import krippendorff_alpha, masi, pooled_kappa
from nlp.coded import Sample, bools
from nlp.scoring import micro_f1

PEOPLE, MACHINE = "people", "machine"
Coding = frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two coders agree on so many replies: Krippendorff's alpha over sets (MASI), pooled kappa and micro-F1.

    None where it cannot be told.
    """

    first: str
    second: str
    replies: int
    alpha: float | None
    kappa: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """Krippendorff's alpha (nominal) over one theme, given or not: among people, and of the machine with people."""

    theme: str
    people: float | None
    machine: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agreement among people (None with one coder), of the machine with people, of each pair of coders, by theme."""

    people: Agreement | None
    machine: Agreement
    pairs: tuple[Agreement, ...]
    themes: tuple[ThemeAgreement, ...]


def comparison(sample: Sample, given: Sequence[Coding]) -> Comparison:
    """Return how the machine's codings of the sample, one a reply, agree with people's."""
    codings = [own.codings for own in sample.coded]
    shared = [row for row, own in enumerate(codings) if len(own) > 1]
    rows = shared or range(len(codings))
    people = [list(codings[row].values()) for row in rows]
    beside = [[given[row], own] for row in rows for own in codings[row].values()]
    named = [{**codings[row], MACHINE: given[row]} for row in rows]
    return Comparison(
        people=_agreement(PEOPLE, PEOPLE, people, sample.themes) if shared else None,
        machine=_agreement(MACHINE, PEOPLE, beside, sample.themes, replies=len(rows)),
        pairs=_pairs(named, sample.themes),
        themes=tuple(_by_theme(theme, people, beside) for theme in sample.themes),
    )


def _pairs(named: Sequence[dict[str, Coding]], themes: list[str]) -> tuple[Agreement, ...]:
    """Return the agreement of each pair of coders on what both coded, the machine last."""
    coders = [*sorted({name for own in named for name in own} - {MACHINE}), MACHINE]
    both = {
        pair: [[own[pair[0]], own[pair[1]]] for own in named if pair[0] in own and pair[1] in own]
        for pair in combinations(coders, 2)
    }
    return tuple(_agreement(*pair, units, themes) for pair, units in both.items() if units)


def _agreement(
    first: str, second: str, units: Sequence[Sequence[Coding]], themes: list[str], replies: int | None = None
) -> Agreement:
    """Return the agreement over units of two codings or more; F1 and kappa over all pairs of codings in each."""
    pairs = [pair for unit in units for pair in combinations(unit, 2)]
    one, other = (bools([pair[side] for pair in pairs], themes) for side in (0, 1))
    return Agreement(
        first=first,
        second=second,
        replies=len(units) if replies is None else replies,
        alpha=krippendorff_alpha(units, masi),
        kappa=pooled_kappa(one, other),
        f1=micro_f1(one, other) if pairs else None,
    )


def _by_theme(theme: str, people: Sequence[Sequence[Coding]], beside: Sequence[Sequence[Coding]]) -> ThemeAgreement:
    def alpha(units: Sequence[Sequence[Coding]]) -> float | None:
        return krippendorff_alpha([theme in coding for coding in unit] for unit in units)

    return ThemeAgreement(theme, alpha(people), alpha(beside))
