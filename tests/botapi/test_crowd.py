import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import toy_bot
from tests.botapi.crowd import finish_crowd, run_crowd
from tests.botapi.faults import Faults
from tests.botapi.people import Screen
from tests.botapi.process import NotReady, Process
from tests.botapi.random_person import RandomPerson
from tests.botapi.server import FakeBotApi


def _ended(screen: Screen) -> bool:
    return screen.text == toy_bot.END


def _answers(state: Path) -> dict[int, list[tuple[str, str]]]:
    stored = json.loads(state.read_text())
    return {int(chat): [(question, words) for question, words in of["answers"]] for chat, of in stored.items()}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


@pytest.fixture
async def bot(api: FakeBotApi, state: Path) -> AsyncIterator[Process]:
    command = [sys.executable, str(Path(toy_bot.__file__)), api.url, api.token, str(state)]
    async with Process(api, command, {}) as process:
        await process.ready()
        yield process


async def test_a_random_crowd_is_answered_and_its_words_are_stored_as_sent(
    api: FakeBotApi, bot: Process, state: Path
) -> None:
    crowd = await run_crowd(api, people=20, steps=12, seed=3)
    assert bot.pid
    assert api.unanswered() == []
    assert api.refusals == []
    for person in crowd:
        sent = {(question, one.text) for one in person.sent for question in person.questions_for(one)}
        assert [answer for answer in _answers(state)[person.id] if answer not in sent] == [], person.transcript()
    assert {one.kind for person in crowd for one in person.sent} >= {"text", "tap", "double", "stale", "edit", "media"}


async def test_the_same_seed_gives_the_same_acts(api: FakeBotApi) -> None:
    first, second = RandomPerson(api, "Ada", seed=5), RandomPerson(api, "Ada", seed=5)
    for _ in range(20):
        first.act()
        second.act()
    assert [(one.kind, one.text) for one in first.sent] == [(one.kind, one.text) for one in second.sent]


async def test_everyone_finishes_through_kills_and_faults(api: FakeBotApi, bot: Process, state: Path) -> None:
    api.faults = Faults(
        seed=1, duplicates=0.1, errors_before=0.03, errors_after=0.03, cuts_before=0.02, cuts_after=0.02
    )
    async with asyncio.TaskGroup() as group:
        finishing = group.create_task(finish_crowd(api, _ended, people=20))
        for _ in range(3):
            await bot.restart()
    assert (finishing.result().unfinished, finishing.result().unheard) == ((), ())
    assert {len(answers) for answers in _answers(state).values()} == {3}
    assert [refusal for refusal in api.refusals if not refusal.repeat] == []
    assert api.injected.total() > 0


async def test_a_process_that_ends_is_not_ready(api: FakeBotApi) -> None:
    async with Process(api, [sys.executable, "-c", "raise SystemExit('no token')"], {}) as process:
        with pytest.raises(NotReady, match="no token"):
            await process.ready()
        assert (await process.wait(), process.pid) == (1, None)


async def test_a_killed_process_is_gone_and_a_stopped_one_says_how(bot: Process) -> None:
    await bot.kill()
    assert (await bot.wait(), bot.pid) == (-9, None)
    await bot.start()
    await bot.ready()
    assert await bot.stop() == -15
