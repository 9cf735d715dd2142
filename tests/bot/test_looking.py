"""The second look: before the next question where there is time, later where there is none, and never in the way."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.incoming import Command, Delivery, EditedWords, Incoming, Media, Tap, Upload, Words
from bot.looking import AT_ONCE_A_MINUTE, Flags, SecondLook
from storage.database import Database
from tests.bot.town import Person, Town, play

INTO_OPEN = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")
HINT = "comes at night"


def eyes(text: str, _: str) -> tuple[str, ...]:
    """See what no phrase says."""
    return ("unsure",) if "at night" in text else ()


@asynccontextmanager
async def looking(town: Town, path: Path, load: Callable[[], Flags] = lambda: eyes) -> AsyncIterator[SecondLook]:
    """A second look at the town's database; nothing has been loaded yet."""
    database = await Database.open(path)
    try:
        yield SecondLook(database, town.house, asyncio.Event(), load, within_s=0.05, now=lambda: town.now)
    finally:
        await database.close()


async def said(look: SecondLook, person: Person, text: str) -> str:
    """Have somebody say something by way of the second look."""
    person.last_message = number = person.town.next_number()
    delivery = Delivery(person.town.next_update(), person.sender, Words(text, number))
    return person.hand_in(await look.before(delivery), text)


async def test_a_hint_is_met_with_help_before_the_next_question(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    async with looking(town, path) as look:
        await look.once()
        assert (await said(look, ana, HINT)).startswith("bot: I might have got this wrong, but that sounded hard.")
    assert town.rows("SELECT flags FROM responses WHERE question = 'wish'") == [('["unsure"]',)]


async def test_while_the_model_loads_phrases_decide_and_the_hint_is_found_later(town: Town, path: Path) -> None:
    ana, lea = town.person("ana"), town.member("lea", "lead")
    play(ana, *INTO_OPEN)
    async with looking(town, path) as look:
        assert "Can you say more?" in await said(look, ana, HINT)
        assert not any(row.question == "wish" for row in town.exported())
        assert await look.once() == 1
        assert await look.once() == 0
    town.deliver()
    assert ana.story[-2].startswith("bot: I've read one of your messages again.")
    assert lea.story[-1].startswith("bot: A message sounded serious.")
    assert town.rows("SELECT phase FROM conversations") == [("paused",)]
    assert town.rows("SELECT flags FROM responses WHERE question = 'wish'") == [('["unsure"]',)]


async def test_words_that_were_no_reply_are_looked_at_later_too_and_kept_no_longer(town: Town, path: Path) -> None:
    ana = town.person("ana")
    async with looking(town, path) as look:
        await said(look, ana, HINT)
        await said(look, ana, "which buses are there")
        assert town.rows("SELECT text FROM unseen_words") == [(HINT,), ("which buses are there",)]
        assert await look.once() == 2
    town.deliver()
    assert ana.story[-2].startswith("bot: I've read one of your messages again.")
    assert town.rows("SELECT text FROM alert_words") == [(HINT,)]
    assert town.rows("SELECT count(*) FROM unseen_words") == [(0,)]
    assert town.rows("SELECT count(*) FROM purge_due") == [(2,)]


async def test_who_declines_while_there_is_no_time_for_a_look_leaves_nothing(town: Town, path: Path) -> None:
    ana = town.newcomer("ana")
    ana.say("/start")
    async with looking(town, path) as look:
        assert "I've kept nothing" in await said(look, ana, "no thanks")
    assert town.rows("SELECT id FROM respondents") == []
    assert town.rows("SELECT text FROM unseen_words") == []


async def test_words_whose_phrases_were_noticed_bring_help_once(town: Town, path: Path) -> None:
    ana, lea = town.person("ana"), town.member("lea", "lead")
    async with looking(town, path) as look:
        assert "Kids Helpline" in await said(look, ana, "i want to die at night")
        number = town.next_number()
        lea.hand_in(
            await look.before(Delivery(town.next_update(), lea.sender, Command("reach", "1 at night too?", number)))
        )
        assert town.rows("SELECT count(*) FROM unseen_words") == [(0,)]
        assert await look.once() == 0


async def test_an_innocent_reply_is_held_back_only_until_it_was_looked_at(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    async with looking(town, path) as look:
        await said(look, ana, "more lamps please")
        town.tag("buses")
        assert not any(row.question == "wish" for row in town.exported())
        await look.once()
    town.deliver()
    assert [row.question for row in town.exported()][-1] == "wish"
    assert "Can you say more?" in ana.story[-1]


async def test_words_amended_before_they_were_looked_at_are_looked_at_as_they_are_now(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    async with looking(town, path) as look:
        await said(look, ana, HINT)
        ana.edit("more lamps please")
        await look.once()
    assert town.rows("SELECT flags FROM responses WHERE question = 'wish'") == [("[]",)]


async def test_a_look_that_takes_too_long_is_not_waited_for(town: Town, path: Path) -> None:
    ana, go = town.person("ana"), threading.Event()
    play(ana, *INTO_OPEN)

    def stuck(text: str, language: str) -> tuple[str, ...]:
        go.wait(10)
        return eyes(text, language)

    async with looking(town, path, lambda: stuck) as look:
        await look.once()
        began = time.monotonic()
        assert "Can you say more?" in await said(look, ana, HINT)
        assert time.monotonic() - began < 5
        go.set()
        assert await look.once() == 1


async def test_a_look_that_fails_leaves_it_to_phrases_and_holds_up_no_other(town: Town, path: Path) -> None:
    ana, ben = town.person("ana"), town.person("ben")
    for person in (ana, ben):
        play(person, *INTO_OPEN)

    def broken(text: str, language: str) -> tuple[str, ...]:
        if "unlucky" in text:
            raise ValueError(text)
        return eyes(text, language)

    async with looking(town, path, lambda: broken) as look:
        await said(look, ben, "later buses")
        await look.once()
        assert "Can you say more?" in await said(look, ana, "some unlucky words")
        assert "Kids Helpline" in await said(look, ana, "unlucky, i want to die")
        assert await look.once() == 0


@pytest.mark.parametrize(
    ("incoming", "looked"),
    [
        (Words(HINT, 1), True),
        (EditedWords(HINT, 1), True),
        (Media("photo", 1, caption=HINT), True),
        (Upload("f", "f.yaml", 1, 1, HINT), True),
        (Command("help", HINT, 1), True),
        (Command("i", "dont feel safe at night", 1), True),
        (Command("start", "fitzroy-at-night", 1), False),
        (Words("night", 1), False),
        (Tap("m:at night", 1), False),
        (Media("photo", 1), False),
    ],
)
async def test_typed_words_are_looked_at_and_nothing_else(
    town: Town, path: Path, incoming: Incoming, *, looked: bool
) -> None:
    ana = town.person("ana")
    async with looking(town, path) as look:
        await look.once()
        assert bool((await look.before(Delivery(1, ana.sender, incoming))).second) == looked


async def test_what_comes_in_while_the_model_loads_waits_a_moment_for_it(town: Town, path: Path) -> None:
    ana = town.person("ana")
    async with looking(town, path) as look:
        saying = asyncio.ensure_future(said(look, ana, HINT))
        await look.once()
        assert (await saying).startswith("bot: I might have got this wrong")


async def test_a_model_that_cannot_be_loaded_is_tried_again_after_a_growing_pause(town: Town, path: Path) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise asyncio.CancelledError

    def unloadable() -> Flags:
        raise OSError("no weights")

    database = await Database.open(path)
    look = SecondLook(database, town.house, asyncio.Event(), unloadable, pause=pause)
    with pytest.raises(asyncio.CancelledError):
        await look.run()
    assert (await look.before(Delivery(1, town.person("ana").sender, Words(HINT, 1)))).second is None
    await database.close()
    assert len(pauses) == 3
    assert all(seconds > 0 for seconds in pauses)


async def test_who_floods_waits_for_the_look_and_holds_up_nobody(town: Town, path: Path) -> None:
    ana, ben = town.person("ana"), town.person("ben")
    async with looking(town, path) as look:
        await look.once()
        for _ in range(AT_ONCE_A_MINUTE):
            assert (await look.before(Delivery(1, ana.sender, Words("fine at noon", 1)))).second == ()
        assert (await look.before(Delivery(1, ana.sender, Words(HINT, 1)))).second is None
        assert (await look.before(Delivery(1, ben.sender, Words(HINT, 1)))).second == ("unsure",)
        assert "Kids Helpline" not in await said(look, ana, HINT)
        assert await look.once() == 1  # late rather than never
        town.later(minutes=1)
        assert (await look.before(Delivery(1, ana.sender, Words(HINT, 1)))).second == ("unsure",)
    town.deliver()
    assert "Kids Helpline" in "".join(ana.story)
