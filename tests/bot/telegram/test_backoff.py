from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.backoff import backoff_s


@given(st.integers(0, 10_000))
def test_it_stays_between_half_and_the_whole_of_the_doubled_time(failures: int) -> None:
    whole = min(30.0, 2.0 ** min(failures, 30))

    assert whole / 2 <= backoff_s(failures, 30.0) <= whole


def test_those_who_failed_together_do_not_come_back_together() -> None:
    assert len({backoff_s(3, 30.0) for _ in range(20)}) > 1
