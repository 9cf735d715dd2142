import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import grouping
from nlp.encoder import FloatArray, unit
from nlp.grouping import grouped


def clouds(*sizes: int, seed: int = 0, spread: float = 0.15) -> tuple[FloatArray, list[int]]:
    """Return points around one direction for each size, and which direction each is around."""
    chance = np.random.RandomState(seed)
    middles = np.eye(len(sizes), 16)
    truth = [cloud for cloud, size in enumerate(sizes) for _ in range(size)]
    points = middles[truth] + spread * chance.standard_normal((len(truth), 16))
    return unit(np.asarray(points, dtype=np.float32)), truth


def same_groups(one: list[int], other: list[int]) -> bool:
    return len({*zip(one, other, strict=True)}) == len(set(one)) == len(set(other))


@pytest.mark.parametrize("sizes", [(30, 30, 30), (200, 40, 12), (300, 150, 40, 20)])
def test_groups_of_any_size_are_found(sizes: tuple[int, ...]) -> None:
    points, truth = clouds(*sizes)
    assert same_groups(grouped(points, len(sizes)).tolist(), truth)


def test_how_many_groups_there_are_need_not_be_said() -> None:
    points, truth = clouds(60, 50, 40, 30)
    assert same_groups(grouped(points).tolist(), truth)


def test_the_largest_group_comes_first() -> None:
    points, _ = clouds(10, 50, 20)
    assert np.bincount(grouped(points, 3)).tolist() == [50, 20, 10]


def test_what_lies_behind_the_sample_joins_the_group_that_it_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "SAMPLE_ROWS", 80)
    monkeypatch.setattr(grouping, "_ASSIGNED_AT_ONCE", 30)
    points, truth = clouds(120, 60, 40)
    order = np.random.RandomState(1).permutation(len(points))
    assert same_groups(grouped(points[order], 3).tolist(), [truth[place] for place in order])


@pytest.mark.parametrize("rows", [0, 1, 2, 3])
def test_few_rows_are_one_group_unless_more_are_wanted(rows: int) -> None:
    points, _ = clouds(3)
    assert grouped(points[:rows]).tolist() == [0] * rows
    assert len(set(grouped(points[:rows], 3).tolist())) <= rows


@given(
    st.integers(0, 40), st.none() | st.integers(1, 9), st.integers(0, 2**31), st.sampled_from([0.0, 0.5]), st.booleans()
)
@settings(max_examples=40, deadline=None)
def test_every_row_is_in_a_group_and_twice_is_the_same(
    rows: int, count: int | None, seed: int, spread: float, zeros: bool
) -> None:
    points, _ = clouds(rows, seed=seed, spread=spread) if rows else (np.zeros((0, 16), dtype=np.float32), [])
    points = points * 0 if zeros else points
    found = grouped(points, count)
    assert found.tolist() == grouped(points, count).tolist()
    assert found.shape == (rows,)
    assert set(found.tolist()) == set(range(len(set(found.tolist()))))
    assert count is None or len(set(found.tolist())) <= count
