"""The bot as a process of its own, over HTTP, with many people at once. `tests.bench crowd` does the same, larger."""

from collections.abc import Callable
from pathlib import Path

from tests.botapi.crowd import run_crowd
from tests.botapi.process import Process
from tests.botapi.server import FakeBotApi
from tests.end_to_end.bookkeeping import differing, is_question, misplaced, stored_responses

PATIENCE_S = 120


async def test_everything_that_random_people_do_is_answered_and_stored_as_sent(
    bot_of: Callable[..., Process], database: Path
) -> None:
    async with FakeBotApi() as api, bot_of(api) as bot:
        await bot.ready()
        people = await run_crowd(api, people=60, steps=15, seed=7, within_s=PATIENCE_S, is_question=is_question)
        assert api.unanswered() == []
        assert api.refusals == []
        assert await bot.stop() == 0
    stored = stored_responses(database)
    assert len(stored) > 10
    assert misplaced(people, stored) == []
    assert differing(database) == []
