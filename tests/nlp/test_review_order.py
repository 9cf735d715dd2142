import random
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlp.review_order import ONE_DRAWN_IN, THIN, Ranked, order


def ranked(confidences: Sequence[Sequence[float]], decided: Sequence[int], most: int = 9) -> list[Ranked]:
    return order(range(len(confidences)), np.array(confidences, dtype=np.float32), decided, [], most)


def test_what_the_machine_doubts_comes_before_what_it_knows() -> None:
    assert [one.id for one in ranked([[0.98], [0.01], [0.5], [0.8]], [50])] == [2, 3, 0, 1]


def test_thin_themes_come_before_fat_ones() -> None:
    found = ranked([[0.5, 0.0], [0.0, 0.5]], [100, 2])
    assert found == [Ranked(1, "cover"), Ranked(0, "doubt")]


def test_a_theme_is_covered_no_further_than_it_needs() -> None:
    thin_first = ranked([[0.5, 0.0]] * (4 * THIN) + [[0.0, 0.45]], [0, 4], most=4 * THIN)
    assert 4 * THIN in [one.id for one in thin_first]  # the other theme has its turn before all of the first are done
    assert [one.reason for one in thin_first][:3] == ["cover"] * 3
    assert thin_first[-1].reason == "doubt"


def test_every_fifth_is_drawn_whatever_it_says() -> None:
    found = order(range(8), np.full((8, 1), 0.5, dtype=np.float32), [50], [101, 102, 103], most=10)
    assert [one.id for one in found if one.reason == "random"] == [101, 102]
    assert [found[4].id, found[9].id] == [101, 102]


def test_without_a_theme_there_is_an_order_too() -> None:
    assert [one.id for one in order([3, 4], np.zeros((2, 0), dtype=np.float32), [], [9])] == [3, 4, 9]


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 4), st.integers(0, 40), st.randoms())
def test_nobody_is_ranked_twice_nor_left_out_while_there_is_room(
    free: int, drawn: int, themes: int, most: int, rng: random.Random
) -> None:
    confidences = np.array([[rng.random() for _ in range(themes)] for _ in range(free)], dtype=np.float32)
    waiting = range(100, 100 + drawn)
    found = order(range(free), confidences.reshape(free, themes), [0] * themes, waiting, most)
    assert len({one.id for one in found}) == len(found) == min(most, free + drawn)
    assert [one.id for one in found if one.reason == "random"] == list(waiting)[: sum(one.id > 99 for one in found)]
    assert all((one.reason == "random") == (one.id > 99) for one in found)
    if len(found) < free:
        assert sum(one.id > 99 for one in found) <= len(found) // ONE_DRAWN_IN
