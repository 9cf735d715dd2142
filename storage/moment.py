"""A moment in time as the database writes it: ISO 8601 in UTC, to the microsecond, so that text sorts as time."""

from datetime import UTC, datetime


def to_text(at: datetime) -> str:
    """Return the moment as text, such as `2026-11-23T21:48:00.123456+00:00`. Raises ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone: pass datetime.now(UTC)")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the moment that `to_text` wrote."""
    return datetime.fromisoformat(text)
