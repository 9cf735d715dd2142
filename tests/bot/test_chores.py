"""Reminders, files that members sent, and wiping what was deleted: in the database file, without a clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from bot import member_phrases as words
from bot.chores import (
    FORGET_UNDECIDED_AFTER,
    KEEP_INBOX,
    PURGE_EVERY,
    PURGE_SHARE,
    Chores,
    Fetch,
    TooLargeError,
    UnfetchedError,
)
from bot.incoming import Left, Upload
from dialogues.turn import GIVE_UP_AFTER, REMIND_AFTER
from storage.database import Database
from storage.errors import UnusableError
from tests.bot.town import BUSES, PARKS, WHOLE, Person, Town, play

PARTWAY = ("/menu", "[Buses · 2 min]", "[I'm in]", "[By bus]")


def as_it_is(text: str, language: str) -> str:
    assert language
    return text


async def nothing(file_id: str, most_bytes: int) -> bytes:
    raise AssertionError(f"nobody sent {file_id}, of at most {most_bytes} bytes")


def fetching(content: bytes) -> Fetch:
    async def fetch(file_id: str, most_bytes: int) -> bytes:
        assert (file_id, most_bytes) == ("file-1", 64 * 1024)
        return content

    return fetch


@asynccontextmanager
async def chores(
    town: Town,
    path: Path,
    fetch: Fetch = nothing,
    clock: Callable[[], float] = lambda: 0.0,
    kind: type[Database] = Database,
) -> AsyncIterator[Callable[[], "asyncio.Future[None]"]]:
    """Give what does every chore once and shows what was said."""
    database = await kind.open(path)
    all_chores = Chores(database, town.house, asyncio.Event(), fetch, as_it_is, now=lambda: town.now, clock=clock)

    async def once() -> None:
        await all_chores.once()
        town.deliver()

    try:
        yield lambda: asyncio.ensure_future(once())
    finally:
        await database.close()


@contextmanager
def said_to(person: Person) -> Iterator[list[str]]:
    """Give what is said to somebody meanwhile."""
    before = len(person.story)
    heard: list[str] = []
    yield heard
    heard += person.story[before:]


# --- reminders


async def test_who_falls_silent_is_reminded_once_and_then_left_in_peace(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *PARTWAY)
    async with chores(town, path) as once:
        with said_to(ana) as heard:
            town.now += REMIND_AFTER - REMIND_AFTER / 100
            await once()
        assert heard == []
        with said_to(ana) as heard:
            town.now += REMIND_AFTER / 50
            await once()
            await once()
        assert heard == ["bot: Would you like to go on? There's no rush, and stopping is fine.\n[Carry on] [Stop here]"]
        with said_to(ana) as heard:
            town.now += GIVE_UP_AFTER
            await once()
            await once()
        assert heard[0].startswith("bot: I'll leave it here.")
        assert len(heard) == 2  # ... and the menu
    assert town.rows("SELECT ending FROM conversations") == [("break_off",)]
    assert [row[0] for row in town.responses()] == ["q1", "mode"]


async def test_who_answers_the_reminder_goes_on(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *PARTWAY)
    async with chores(town, path) as once:
        town.now += REMIND_AFTER
        await once()
        assert "How many minutes?" in ana.tap("Carry on")
        with said_to(ana) as heard:
            town.now += REMIND_AFTER
            await once()
        assert len(heard) == 1  # silent again, reminded again


@pytest.mark.parametrize("act", ["/pause", "/stop", "i want to kill myself"])
async def test_who_paused_or_stopped_is_not_reminded(town: Town, path: Path, act: str) -> None:
    ana = town.person("ana")
    play(ana, *PARTWAY, act)
    async with chores(town, path) as once:
        with said_to(ana) as heard:
            town.now += 2 * REMIND_AFTER
            await once()
        assert heard == []


async def test_who_blocked_the_bot_is_not_reminded(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *PARTWAY)
    ana.send(Left())
    async with chores(town, path) as once:
        with said_to(ana) as heard:
            town.now += REMIND_AFTER
            await once()
        assert heard == []
        assert town.rows("SELECT count(*) FROM outbox") == [(0,)]


async def test_more_reminders_than_are_done_at_once_are_done_in_turn(town: Town, path: Path) -> None:
    people = [town.person(f"person {number}") for number in range(55)]
    for person in people:
        play(person, "/menu", "[Parks]")
    async with chores(town, path) as once:
        town.now += REMIND_AFTER
        await once()
        await once()
    assert all("Would you like to go on?" in person.story[-1] for person in people)


async def test_a_conversation_that_cannot_be_reminded_stops_no_other(
    town: Town, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = town.person("ana"), town.person("ben")
    play(ana, *PARTWAY)
    play(ben, *PARTWAY)
    town.rows("UPDATE conversations SET state = '{}' WHERE started_at = (SELECT min(started_at) FROM conversations)")
    async with chores(town, path) as once:
        town.now += REMIND_AFTER
        await once()
        await once()
    assert "Would you like to go on?" not in ana.story[-1]
    assert "Would you like to go on?" in ben.story[-1]
    assert caplog.text.count("cannot be reminded") == 1


# --- files


async def test_a_good_file_is_fetched_and_can_be_made_live(town: Town, path: Path) -> None:
    amy = town.member("amy", "ambassador")
    amy.send(Upload("file-1", "trams.yaml", 100, 5))
    async with chores(town, path, fetching(BUSES.replace("dialogue: buses", "dialogue: trams").encode())) as once:
        with said_to(amy) as heard:
            await once()
        assert "looks good" in heard[0]
        with said_to(amy) as heard:
            await once()
        assert heard == []
    assert "is live now" in amy.tap("Make it live")


async def test_a_bad_file_is_reported(town: Town, path: Path) -> None:
    amy = town.member("amy", "ambassador")
    amy.send(Upload("file-1", "trams.yaml", 100, 5))
    async with chores(town, path, fetching(b"\xff\xfe not text")) as once:
        with said_to(amy) as heard:
            await once()
        assert "UTF-8" in heard[0]


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(town: Town, path: Path) -> None:
    async def failing(file_id: str, most_bytes: int) -> bytes:
        raise UnfetchedError(f"{file_id}, {most_bytes}")

    amy = town.member("amy", "ambassador")
    amy.send(Upload("file-1", "trams.yaml", 100, 5))
    async with chores(town, path, failing) as once:
        with said_to(amy) as heard:
            await once()
            await once()
        assert heard == ["bot: " + words.UPLOAD_FAILED.format(filename="trams.yaml")]


async def test_a_file_that_is_too_large_after_all_is_told_so(town: Town, path: Path) -> None:
    async def failing(file_id: str, most_bytes: int) -> bytes:
        raise TooLargeError(f"{file_id}, {most_bytes}")

    amy = town.member("amy", "ambassador")
    amy.send(Upload("file-1", "trams.yaml", 100, 5))
    async with chores(town, path, failing) as once:
        with said_to(amy) as heard:
            await once()
        assert heard == ["bot: " + words.UPLOAD_TOO_LARGE.format(filename="trams.yaml", size="more than 64", most=64)]


async def test_a_file_that_breaks_something_is_given_up_after_three_tries_and_holds_up_no_other(
    town: Town, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    async def breaking(file_id: str, most_bytes: int) -> bytes:
        assert most_bytes
        tries.append(file_id)
        if file_id == "file-1":
            raise RuntimeError("words of a member")
        return PARKS.encode()

    amy = town.member("amy", "ambassador")
    amy.send(Upload("file-1", "trams.yaml", 100, 5))
    amy.send(Upload("file-2", "parks.yaml", 100, 6))
    async with chores(town, path, breaking) as once:
        with said_to(amy) as heard:
            for _ in range(4):
                await once()
    assert tries == ["file-1"] * 3 + ["file-2"]
    assert heard[0] == "bot: " + words.UPLOAD_FAILED.format(filename="trams.yaml")
    assert "looks good" in heard[1]
    assert "RuntimeError at test_chores.py" in caplog.text
    assert "words of a member" not in caplog.text


async def test_a_file_of_who_deleted_everything_is_dropped(town: Town, path: Path) -> None:
    amy = town.member("amy", "ambassador")
    amy.send(Upload("file-1", "trams.yaml", 100, 5))
    play(amy, "/delete", "[Yes, delete it all]")
    async with chores(town, path) as once:
        await once()


async def test_a_file_whose_sender_leaves_while_it_is_fetched_is_answered_to_nobody(town: Town, path: Path) -> None:
    amy = town.member("amy", "ambassador")
    amy.send(Upload("file-1", "trams.yaml", 100, 5))

    async def slow(file_id: str, most_bytes: int) -> bytes:
        assert file_id
        assert most_bytes
        play(amy, "/delete", "[Yes, delete it all]")
        return PARKS.encode()

    async with chores(town, path, slow) as once:
        with said_to(amy) as heard:
            await once()
        assert "was deleted" in heard[-1]


# --- wiping


async def test_what_was_deleted_is_wiped_from_the_file(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE[:-1], "zzqx lamps", "/delete", "[Yes, delete it all]")
    async with chores(town, path) as once:
        await once()
    assert town.rows("SELECT count(*) FROM purge_due") == [(0,)]
    assert all(b"zzqx" not in file.read_bytes() for file in path.parent.iterdir())


async def test_what_cannot_be_wiped_is_tried_again_after_a_growing_pause(
    town: Town, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ana = town.person("ana")
    play(ana, *PARTWAY, "/delete", "[Yes, delete it all]")
    tries = []
    async with chores(town, path, kind=_Full) as once:
        for _ in range(20):
            await once()
            tries.append(caplog.text.count("could not be wiped"))
            town.now += PURGE_EVERY
    assert tries[:8] == [1, 1, 2, 2, 2, 2, 3, 3]
    assert tries[-1] == 4
    assert town.rows("SELECT count(*) FROM purge_due") != [(0,)]


async def test_wiping_takes_a_small_part_of_the_time(town: Town, path: Path) -> None:
    def delete() -> None:
        play(ana, "/start", "/delete", "[Yes, delete it all]")

    ana, seconds = town.person("ana"), count(0, 10)
    async with chores(town, path, clock=lambda: next(seconds)) as once:
        delete()
        await once()
        assert town.rows("SELECT count(*) FROM purge_due") == [(0,)]
        delete()
        town.later(seconds=PURGE_SHARE * 10 - 10)
        await once()
        assert town.rows("SELECT count(*) FROM purge_due") != [(0,)]
        town.later(seconds=10)
        await once()
        assert town.rows("SELECT count(*) FROM purge_due") == [(0,)]


class _Full(Database):
    """A database on a disk that has no room for a second copy."""

    async def purge(self) -> None:
        raise UnusableError("the disk is full")


async def test_updates_are_forgotten_when_they_can_no_longer_be_repeated(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, "/start")
    async with chores(town, path) as once:
        await once()
        assert town.rows("SELECT count(*) FROM inbox") == [(1,)]
        town.now += KEEP_INBOX
        await once()
        assert town.rows("SELECT count(*) FROM inbox") == [(1,)]
        town.later(seconds=PURGE_EVERY.total_seconds())
        await once()
        assert town.rows("SELECT count(*) FROM inbox") == [(0,)]


# --- alerts


async def test_an_alert_that_no_lead_takes_is_told_again_after_the_deployments_time(town: Town, path: Path) -> None:
    lea, sam = town.member("lea", "lead"), town.member("sam", "staff")
    town.person("ana").say("i want to kill myself")
    async with chores(town, path) as once:
        await once()
        assert lea.story[-1].startswith("bot: A message sounded serious.")
        town.later(minutes=town.house.deployment.escalation_minutes)
        await once()
    assert lea.story[-1].startswith("bot: #1 is still waiting for one of you.")
    assert "has been waiting for a safeguarding lead" in sam.story[-1]


async def test_who_wrote_but_began_nothing_is_forgotten_after_some_days(town: Town, path: Path) -> None:
    ana, ben, cleo = town.newcomer("ana"), town.person("ben"), town.newcomer("cleo")
    play(ana, "/start", "[I'm in]", "[16–17]")
    play(ben, "/menu", "[Parks]", "/stop")
    play(cleo, "/start", "i want to kill myself")  # a lead may still want to write to them
    town.member("lea", "lead")
    async with chores(town, path) as once:
        town.now += FORGET_UNDECIDED_AFTER - FORGET_UNDECIDED_AFTER / 100
        await once()
        assert len(town.rows("SELECT id FROM respondents")) == 4
        town.now += FORGET_UNDECIDED_AFTER / 50
        await once()
    assert town.rows("SELECT address FROM contacts ORDER BY address") == [
        (person.sender.address,) for person in (ben, cleo, *list(town.people.values())[3:])
    ]
