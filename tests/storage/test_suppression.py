from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from storage.suppression import FEW, Group, pooled, sum_by

groups = st.tuples(st.sampled_from("abc"), st.sampled_from("12"), st.sampled_from("xy"))
crowds = st.dictionaries(groups, st.integers(min_value=0, max_value=12), max_size=12)
limits = st.integers(min_value=2, max_value=10)


def shown(sizes: dict[Group, int], smallest: int) -> Counter[Group]:
    return sum_by(pooled(sizes, smallest), sizes)


def test_a_large_group_is_told_as_it_is() -> None:
    assert pooled({("north", "en"): 5, ("south", "en"): 9}, 5) == {
        ("north", "en"): ("north", "en"),
        ("south", "en"): ("south", "en"),
    }


def test_small_groups_of_a_site_keep_the_site_together() -> None:
    assert shown({("north", "en"): 20, ("north", "es"): 3, ("north", "vi"): 2}, 5) == {
        ("north", "en"): 20,
        ("north", FEW): 5,
    }


def test_who_cannot_keep_the_site_keeps_the_language() -> None:
    sizes = {("north", "en"): 20, ("south", "es"): 3, ("east", "es"): 2}
    assert shown(sizes, 5) == {("north", "en"): 20, (FEW, "es"): 5}


def test_too_few_for_any_part_hide_in_the_smallest_one() -> None:
    sizes = {("north", "en"): 20, ("south", "en"): 9, ("east", "es"): 1}
    assert shown(sizes, 5) == {("north", "en"): 20, (FEW, FEW): 10}


def test_fewer_people_than_a_group_are_told_nothing_of() -> None:
    assert shown({("north", "en"): 3, ("south", "en"): 1}, 5) == {(FEW, FEW): 4}
    assert pooled({}, 5) == {}


@given(crowds, limits)
def test_at_least_the_smallest_number_share_whatever_is_told(sizes: dict[Group, int], smallest: int) -> None:
    parts = shown(sizes, smallest)
    assert sum(parts.values()) == sum(sizes.values())
    if sum(sizes.values()) < smallest:
        assert set(parts) <= {(FEW, FEW, FEW)}
    else:
        assert min(parts.values()) >= smallest


@given(crowds, limits)
def test_what_is_told_is_true_or_nothing(sizes: dict[Group, int], smallest: int) -> None:
    for group, told in pooled(sizes, smallest).items():
        assert all(one in (value, FEW) for value, one in zip(group, told, strict=True))
