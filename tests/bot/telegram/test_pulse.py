from datetime import UTC, datetime, timedelta

from bot.telegram.pulse import BEAT_EVERY_S, Pulse, no_beat, utc_now

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_it_beats_at_once_and_then_now_and_then() -> None:
    beats: list[datetime] = []
    now_s = 0.0

    async def beat(now: datetime) -> None:
        beats.append(now)

    pulse = Pulse(beat, lambda: now_s)
    for second in range(int(BEAT_EVERY_S) + 1):
        now_s = second
        await pulse.beat(NOON + timedelta(seconds=second))

    assert beats == [NOON, NOON + timedelta(seconds=BEAT_EVERY_S)]


async def test_unasked_nothing_is_recorded() -> None:
    await no_beat(utc_now())
