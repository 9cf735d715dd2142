import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.acceptance import FEWEST_REVIEWS, Decision, accepted_from, cautious_share

decisions = st.lists(st.builds(Decision, st.floats(0, 1), st.booleans()), max_size=200)


def said(confidence: float, right: int, wrong: int = 0) -> list[Decision]:
    return [Decision(confidence, True)] * right + [Decision(confidence, False)] * wrong


def test_tags_are_accepted_from_where_they_have_proved_right() -> None:
    assert accepted_from([*said(0.92, 60, 1), *said(0.7, 30, 30)], 100) == 0.75


def test_below_fifty_reviews_nothing_is_accepted() -> None:
    assert accepted_from(said(0.9, 500), FEWEST_REVIEWS - 1) is None
    assert accepted_from(said(0.9, 500), FEWEST_REVIEWS) is not None


def test_few_tags_prove_nothing() -> None:
    assert accepted_from(said(0.99, 19), 100) is None


def test_a_machine_that_is_sure_and_wrong_accepts_nothing_below_either() -> None:
    assert accepted_from([*said(0.96, 20, 20), *said(0.6, 900)], 100) is None


def test_a_share_just_at_the_bar_is_not_enough() -> None:
    assert accepted_from(said(0.8, 85, 15), 100) is None
    assert accepted_from(said(0.8, 95, 5), 100) == 0.5


def test_a_cautious_share_is_wilson_s() -> None:
    assert cautious_share(0, 0) == 0
    assert cautious_share(25, 25) == pytest.approx(25 / (25 + 1.2816**2))
    assert cautious_share(85, 100) == pytest.approx(0.7983, abs=0.001)


@given(decisions, st.integers(0, 200))
def test_what_is_accepted_was_right_often_enough(given_decisions: list[Decision], reviews: int) -> None:
    bar = accepted_from(given_decisions, reviews)
    if bar is not None:
        above = [own.right for own in given_decisions if own.confidence >= bar]
        assert sum(above) / len(above) >= 0.85


@given(decisions)
def test_the_order_of_decisions_does_not_matter(given_decisions: list[Decision]) -> None:
    assert accepted_from(given_decisions[::-1], 100) == accepted_from(given_decisions, 100)


@given(st.integers(0, 300), st.integers(0, 300))
def test_caution_never_adds(right: int, wrong: int) -> None:
    assert 0 <= cautious_share(right, right + wrong) <= right / max(right + wrong, 1) + 1e-9
