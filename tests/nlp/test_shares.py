import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.shares import NONE_SCORE, likely, likely_tag, shares_of, shares_of_replies, threshold


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=30))
def test_shares_and_the_share_of_none_make_one(scores: list[float]) -> None:
    row = np.array([scores], dtype=np.float32)
    with_more = shares_of(np.append(row, [[NONE_SCORE]], axis=1).astype(np.float32))
    shares = shares_of(row)
    assert (shares >= 0).all()
    assert shares.sum() <= 1 + 1e-5
    assert with_more.sum() >= shares.sum() - 1e-5


def test_a_theme_no_better_than_none_gets_an_equal_share() -> None:
    shares = shares_of(np.full((1, 3), NONE_SCORE, dtype=np.float32))
    assert shares[0].tolist() == pytest.approx([0.25] * 3)
    assert (shares < threshold(3)).all()


def test_a_reply_s_share_is_part_of_the_whole_s_and_part_of_the_best_excerpt_s() -> None:
    shares = np.array([[0.5, 0.0], [0.0, 1.0], [1.0, 0.0], [0.2, 0.3], [0.1, 0.1], [0.4, 0.2]], dtype=np.float32)
    found = shares_of_replies(shares, (0, 3, 4, 6))
    assert found.ravel().tolist() == pytest.approx([0.7, 0.4, 0.2, 0.3, 0.22, 0.14])


@given(st.lists(st.floats(0, 1, width=32), min_size=2, max_size=9))
def test_a_larger_share_is_never_less_likely(shares: list[float]) -> None:
    odds = likely(np.sort(np.array(shares, dtype=np.float32)))
    assert np.isfinite(odds).all()
    assert (np.diff(odds) >= 0).all()


@given(st.integers(1, 200))
def test_the_threshold_is_above_chance_and_within_reach(themes: int) -> None:
    assert min(0.38, max(0.14, 1 / (themes + 1))) <= threshold(themes) <= 0.38


def test_themes_that_are_described_are_believed_more_than_bare_names() -> None:
    (slope, names), (same, described) = likely_tag(0), likely_tag(1)
    assert slope == same > 0
    assert described > names
