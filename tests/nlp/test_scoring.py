"""F1 worked out by hand, and what must hold of any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import f1_score

from nlp.scoring import Bools, averages, macro_f1, micro_f1, sample_f1, theme_scores

THEMES = ["buses", "parks", "money", "unused"]
# Replies one below the other: right, one too few, one too many, nothing on either side.
TRUTH = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=bool)
GIVEN = np.array([[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]], dtype=bool)

codings = st.integers(1, 8).flatmap(
    lambda count: st.tuples(*[arrays(np.bool_, (count, 3), elements=st.booleans())] * 2)
)


def test_averages_are_as_worked_out_by_hand() -> None:
    assert micro_f1(TRUTH, GIVEN) == pytest.approx(2 * 3 / (4 + 4))
    # buses 1, parks 2*1/(2+1), money 0; the theme that nobody gave has no say.
    assert macro_f1(TRUTH, GIVEN) == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert sample_f1(TRUTH, GIVEN) == pytest.approx((1 + 2 / 3 + 2 / 3 + 1) / 4)


def test_themes_are_as_worked_out_by_hand() -> None:
    buses, parks, money, unused = theme_scores(THEMES, TRUTH, GIVEN)
    assert (buses.people, buses.machine, buses.precision, buses.recall) == (2, 2, 1, 1)
    assert (parks.people, parks.machine, parks.precision, parks.recall) == (2, 1, 1, 0.5)
    assert parks.f1 is not None
    assert parks.f1.value == pytest.approx(2 / 3)
    assert (money.precision, money.recall) == (0, None)
    assert (unused.precision, unused.recall, unused.f1) == (None, None, None)
    assert all(score.too_few for score in (buses, parks, money, unused))


def test_a_reply_without_themes_on_either_side_is_right() -> None:
    nothing = np.zeros((3, 2), dtype=bool)
    found = averages(nothing, nothing)
    assert [figure.value for figure in (found.micro, found.macro, found.sample)] == [1, 1, 1]


def test_the_interval_is_that_of_a_share() -> None:
    # One theme on 400 replies of which 200 are found: F1 is 2/3; its 95% interval by the delta method is +-.0436.
    truth = np.ones((400, 1), dtype=bool)
    given = np.arange(400)[:, np.newaxis] < 200
    (score,) = theme_scores(["theme"], truth, given)
    assert score.f1 is not None
    assert score.f1.low == pytest.approx(2 / 3 - 0.0436, abs=0.006)
    assert score.f1.high == pytest.approx(2 / 3 + 0.0436, abs=0.006)
    assert not score.too_few


@given(codings)
def test_they_are_what_scikit_learn_says_where_it_says_anything(both: tuple[Bools, Bools]) -> None:
    truth, given = both
    used = (truth | given).any(axis=0)
    if used.sum() > 1:  # one column is a binary target to it, with two classes
        macro = f1_score(truth[:, used], given[:, used], average="macro", zero_division=0.0)
        assert macro_f1(truth, given) == pytest.approx(macro)
        assert micro_f1(truth, given) == pytest.approx(f1_score(truth, given, average="micro", zero_division=0.0))
    assert sample_f1(truth, given) == pytest.approx(f1_score(truth, given, average="samples", zero_division=1.0))


@given(codings, st.integers(0, 3))
def test_intervals_lie_between_0_and_1(both: tuple[Bools, Bools], seed: int) -> None:
    found = averages(*both, seed)
    for figure in (found.micro, found.macro, found.sample):
        assert 0 <= figure.low <= figure.high <= 1 + 1e-9


def test_a_rare_theme_that_is_never_right_does_not_lift_the_macro_average_when_a_sample_misses_it() -> None:
    truth = np.zeros((50, 2), dtype=bool)
    truth[:, 0] = True
    truth[0, 1] = True
    given = truth.copy()
    given[0, 1] = False
    macro = averages(truth, given).macro
    assert (macro.low, macro.value, macro.high) == (0.5, 0.5, 0.5)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert averages(TRUTH, GIVEN, 1) == averages(TRUTH, GIVEN, 1)
