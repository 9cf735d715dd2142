"""The arithmetic against published examples, and what must hold of any coefficient."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nlp.agreement import krippendorff_alpha, masi, pooled_kappa

# Krippendorff (2011), example C: four coders, twelve units, a dot where a coder gave nothing.
FOUR_CODERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Krippendorff (2011), example A: two coders, ten units, yes or no.
TWO_CODERS = ("0100000010", "1110010000")
# The three coders and fifteen units of the encyclopaedia's example.
THREE_CODERS = ("*****34121133*3", "1*213343*******", "**21344*21133*4")

sets = st.frozensets(st.sampled_from("abcd"))
tables = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12)


def units(rows: tuple[str, ...]) -> list[list[str]]:
    return [[value for value in unit if value not in ".*"] for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("rows", "alpha"), [(FOUR_CODERS, 0.743), (TWO_CODERS, 0.095), (THREE_CODERS, 0.691)], ids=["C", "A", "three"]
)
def test_alpha_is_as_published(rows: tuple[str, ...], alpha: float) -> None:
    assert krippendorff_alpha(units(rows)) == pytest.approx(alpha, abs=0.0005)


def test_a_unit_that_one_coder_judged_changes_nothing() -> None:
    assert krippendorff_alpha([*units(FOUR_CODERS), ["7"], []]) == krippendorff_alpha(units(FOUR_CODERS))


@pytest.mark.parametrize("without", [[], [["a"]], [["a", "a"]], [["a", "a"], ["a", "a", "a"]]])
def test_alpha_of_what_does_not_vary_cannot_be_told(without: list[list[str]]) -> None:
    assert krippendorff_alpha(without) is None


@given(tables)
def test_alpha_of_equal_codings_that_vary_is_1(table: list[list[str]]) -> None:
    same = [[unit[0]] * len(unit) for unit in table if unit]
    assume(len({unit[0] for unit in same if len(unit) > 1}) > 1)
    assert krippendorff_alpha(same) == 1


@given(tables, st.randoms())
def test_the_order_of_coders_and_units_does_not_matter(table: list[list[str]], chance: np.random.Generator) -> None:
    shuffled = [chance.sample(unit, len(unit)) for unit in chance.sample(table, len(table))]
    found, expected = krippendorff_alpha(shuffled), krippendorff_alpha(table)
    assert found == (None if expected is None else pytest.approx(expected))


@given(tables)
def test_alpha_is_at_most_1(table: list[list[str]]) -> None:
    alpha = krippendorff_alpha(table)
    assert alpha is None or alpha <= 1


def test_alpha_of_sets_counts_a_near_miss_for_less_than_a_miss() -> None:
    def alpha(second: str) -> float:
        units = [[frozenset("ab"), frozenset(second)], [frozenset("cd"), frozenset("cd")], [frozenset("e")] * 2]
        return krippendorff_alpha(units, masi) or 0

    assert alpha("ab") == 1 > alpha("a") > alpha("ac") > alpha("f")


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("ab", "ab", 0), ("", "a", 1), ("a", "b", 1), ("a", "ab", 2 / 3), ("ab", "ac", 8 / 9)],
)
def test_the_distance_of_sets_is_as_published(one: str, other: str, distance: float) -> None:
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(distance)
    assert masi(frozenset(other), frozenset(one)) == pytest.approx(distance)


@given(sets, sets)
def test_the_distance_of_sets_is_0_for_equal_ones_only(one: frozenset[str], other: frozenset[str]) -> None:
    assert 0 <= masi(one, other) <= 1
    assert (masi(one, other) == 0) == (one == other)


def test_kappa_of_one_theme_is_as_in_the_textbook() -> None:
    # 50 applications, two readers: 20 yes to both, 15 no to both, 5 and 10 yes to one of them.
    first, second = "y" * 25 + "n" * 25, "y" * 20 + "n" * 5 + "y" * 10 + "n" * 15
    column = [np.array([[value == "y"] for value in coder]) for coder in (first, second)]
    assert pooled_kappa(*column) == pytest.approx(0.4)


@pytest.mark.parametrize("same", ["", "yyy"])
def test_kappa_of_what_does_not_vary_cannot_be_told(same: str) -> None:
    column = np.array([value == "y" for value in same]).reshape(-1, 1)
    assert pooled_kappa(column, column) is None


def test_pooled_kappa_pools_before_it_divides() -> None:
    # Theme 1: observed .75, expected .5. Theme 2: observed 1, expected .625. Pooled: (.875 - .5625) / (1 - .5625).
    first = np.array([[1, 1], [1, 0], [0, 0], [0, 0]], dtype=bool)
    second = np.array([[1, 1], [0, 0], [0, 0], [0, 0]], dtype=bool)
    assert pooled_kappa(first, second) == pytest.approx((0.875 - 0.5625) / (1 - 0.5625))
