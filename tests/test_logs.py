"""Logs hold ids and counts: over the whole program while everything goes wrong, and for each record in every test."""

import asyncio
import logging
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.botapi.faults import Faults
from tests.botapi.process import Process
from tests.botapi.random_person import LINES, RandomPerson
from tests.botapi.server import FakeBotApi
from tests.end_to_end.bookkeeping import settings_for
from tests.quiet import LeakWatch

Says: TypeAlias = Callable[[logging.Logger], None]

TUCKSHOP = str(Path(sys.executable).with_name("tuckshop"))
FAULTS = Faults(
    seed=5, duplicates=0.1, errors_before=0.05, errors_after=0.03, cuts_before=0.03, cuts_after=0.03, throttled=0.02
)
NAMES = ("Zebulon", "Xanthippe", "Quetzal", "Ysolde", "Wilhelmina", "Thaddeus")
WORRYING = "my uncle hits me and i want to kill myself"
SHORTEST = 8
"""Characters; what is shorter, such as "yes", stands in logs for other reasons."""


async def chaos(api: FakeBotApi, folder: Path) -> str:
    """Let people do anything while calls fail and the program is killed; return all that it printed meanwhile."""
    settings = settings_for(api, folder / "tuckshop.sqlite3") | {"TUCKSHOP_LOG_LEVEL": "DEBUG"}
    async with Process(api, [TUCKSHOP, "serve"], settings, folder) as bot:
        await bot.ready()
        api.faults = FAULTS
        people = [RandomPerson(api, name, seed, lines=(*LINES, WORRYING)) for seed, name in enumerate(NAMES)]
        acting = [asyncio.create_task(person.run(12, begin="/start xanadu", within_s=5)) for person in people]
        await asyncio.wait(acting, timeout=3)
        await bot.restart()
        for person in people:
            person.say(WORRYING)
        await asyncio.wait(acting, timeout=30)
        for task in acting:
            task.cancel()
        api.faults = Faults()
        await bot.stop()
        return bot.output()


async def test_the_logs_of_a_run_in_which_everything_goes_wrong_hold_nobodys_words_names_or_chats(
    tmp_path: Path,
) -> None:
    async with FakeBotApi() as api:
        printed = await chaos(api, tmp_path)
        chats = [str(chat) for chat in api.world.chats]
        secrets = (api.token, api.token.partition(":")[2])
    assert sum(api.injected.values()) > 20
    assert "DEBUG" in printed
    assert "try" in printed, "something was to go wrong, and to be logged"
    lines = [line for text in (*LINES, WORRYING) for line in text.split("\n") if len(line) >= SHORTEST]
    private = (*NAMES, "xanadu", *secrets, *lines)
    assert [words for words in private if words.casefold() in printed.casefold()] == []
    assert [chat for chat in chats if re.search(rf"(?<!\d){chat}(?!\d)", printed)] == []


def watched(says: Says) -> list[str]:
    """Return what the watch finds in what is said."""
    watch, log = LeakWatch(), logging.getLogger("tests.of.the.watch")
    log.addHandler(watch)
    log.setLevel(logging.DEBUG)
    says(log)
    log.removeHandler(watch)
    return watch.leaks


@pytest.mark.parametrize(
    "leak",
    [
        lambda log: log.warning("A reply could not be read: %s", "my name is Sam"),
        lambda log: log.info("Joined: %s", "Sam"),
        lambda log: log.info("Joined: %(name)s", {"name": "Sam"}),
        lambda log: log.error("Failed: %s", ValueError("Sam said no")),
        lambda log: log.error("Failed", exc_info=ValueError("Sam said no")),
    ],
)
def test_a_record_with_words_is_found(leak: Says) -> None:
    assert watched(leak)


@pytest.mark.parametrize(
    "record",
    [
        lambda log: log.warning("Update %s failed, try %d: %s", 7, 2, "ValueError at desk.py:12"),
        lambda log: log.error("Conversation %s cannot be reminded: %s", "0123456789abcdef", "OSError"),
        lambda log: log.info("Stopped"),
    ],
)
def test_a_record_with_ids_counts_and_places_is_no_leak(record: Says) -> None:
    assert not watched(record)
