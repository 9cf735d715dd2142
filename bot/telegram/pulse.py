"""The sign of life that a loop gives, now and then, for the status page and whoever watches over the program."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias

Beat: TypeAlias = Callable[[datetime], Awaitable[None]]
"""Records that a loop was alive at that time."""

BEAT_EVERY_S = 30.0
"""Often enough for a status in minutes, seldom enough to cost nothing: a beat is a transaction."""


async def no_beat(now: datetime) -> None:
    """Record nothing."""


def utc_now() -> datetime:
    """Return the time of day, in UTC."""
    return datetime.now(UTC)


class Pulse:
    """Passes on a beat, at most every `BEAT_EVERY_S` seconds of `clock`."""

    def __init__(self, beat: Beat, clock: Callable[[], float]) -> None:
        self._beat, self._clock = beat, clock
        self._beaten_at_s: float | None = None

    async def beat(self, now: datetime) -> None:
        """Say that the loop is alive."""
        now_s = self._clock()
        if self._beaten_at_s is None or now_s - self._beaten_at_s >= BEAT_EVERY_S:
            self._beaten_at_s = now_s
            await self._beat(now)
