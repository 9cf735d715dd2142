"""The bot as a process of its own, over HTTP, with many people at once. `tests.bench crowd` does the same, larger."""

import asyncio
import random
import socket
from collections.abc import Callable
from pathlib import Path

from tests.botapi.crowd import finish_crowd, run_crowd
from tests.botapi.people import Person, Screen
from tests.botapi.process import Process
from tests.botapi.server import FakeBotApi
from tests.end_to_end.bookkeeping import WELCOMED, differing, has_ended, is_question, misplaced, stored_responses

PATIENCE_S = 120


async def test_everything_that_random_people_do_is_answered_and_stored_as_sent(
    bot_of: Callable[..., Process], database: Path
) -> None:
    async with FakeBotApi() as api, bot_of(api) as bot:
        await bot.ready()
        people = await run_crowd(
            api, people=60, steps=15, seed=7, first=WELCOMED, within_s=PATIENCE_S, is_question=is_question
        )
        assert api.unanswered() == []
        assert api.refusals == []
        assert await bot.stop() == 0
    stored = stored_responses(database)
    assert len(stored) > 10
    assert misplaced(people, stored) == []
    assert differing(database) == []


async def test_no_response_is_lost_or_doubled_by_killing_the_process_at_any_moment(
    bot_of: Callable[..., Process], database: Path
) -> None:
    def ended(screen: Screen) -> bool:
        return screen.newest is not None and has_ended(screen.newest.body.text)

    async with FakeBotApi() as api, bot_of(api) as bot:
        await bot.ready()
        crowd = asyncio.create_task(
            finish_crowd(api, ended, people=30, seed=4, within_s=PATIENCE_S, is_question=is_question)
        )
        moments = random.Random(9)
        for _ in range(4):
            await asyncio.wait({crowd}, timeout=moments.uniform(0.2, 2.5))
            await bot.restart()
        finished = await crowd
        assert finished.unfinished == ()
        assert api.unanswered() == []
        assert [
            refusal for refusal in api.refusals if not refusal.repeat and refusal.method != "answerCallbackQuery"
        ] == []
    stored = stored_responses(database)
    assert {person.id for person in finished.people} == {one.chat_id for one in stored}
    assert misplaced(finished.people, stored) == []
    assert differing(database) == []


async def test_the_bot_works_by_webhook(bot_of: Callable[..., Process]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    webhook = {
        "TUCKSHOP_WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "TUCKSHOP_WEBHOOK_SECRET": "a-secret-of-this-test",
        "TUCKSHOP_WEBHOOK_PORT": str(port),
    }
    async with FakeBotApi() as api, bot_of(api, **webhook) as bot:
        await bot.ready()
        person = Person(api, "Sam")
        person.say("/start fitzroy")
        await person.until(lambda screen: any(button.label == "I'm in" for button in screen.buttons))
        person.tap("I'm in")
        await person.until(lambda screen: any(button.label == "13–15" for button in screen.buttons))
        person.tap("13–15")
        await person.until(lambda screen: any("Getting around" in button.label for button in screen.buttons))
        person.tap("Getting around · 2 min")
        await person.until(lambda screen: "1 of 7" in screen.text)
        assert api.account.updates.polls == 0
        assert api.refusals == []
        assert await bot.stop() == 0
