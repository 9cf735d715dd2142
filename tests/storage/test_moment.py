from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.moment import from_text, to_text

moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9)), timezone(timedelta(hours=5.5))]))
sensible = moments.filter(lambda at: 1900 < at.year < 2900)


def test_a_moment_is_written_in_utc_to_the_microsecond() -> None:
    assert to_text(datetime(2026, 11, 23, 21, 48, tzinfo=UTC)) == "2026-11-23T21:48:00.000000+00:00"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_text(datetime(2026, 11, 23))  # noqa: DTZ001 - the mistake in question


@given(sensible, sensible)
def test_text_sorts_as_time_does_and_comes_back_the_same(one: datetime, other: datetime) -> None:
    assert (to_text(one) < to_text(other)) == (one < other)
    assert from_text(to_text(one)) == one
