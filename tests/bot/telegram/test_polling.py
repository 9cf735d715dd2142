import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import NetworkError

from bot.incoming import Delivery, Tap, Words
from bot.telegram.client import connected, make_client
from bot.telegram.errors import DeafError, TokenRefusedError
from bot.telegram.polling import MOST_TRIES, Poller
from bot.telegram.transport import TooManyRequestsError
from tests.bot.telegram.fakes import RecordingRequest, Time, client_over, message, ok, refused, stop
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PERSON = {"id": 1, "is_bot": False, "first_name": "A"}


class DiskFullError(Exception):
    pass


def said(update_id: int, text: str, chat_id: int = 1) -> dict[str, object]:
    person = PERSON | {"id": chat_id}
    return {"update_id": update_id, "message": message(update_id, chat_id) | {"text": text, "from": person}}


def tapped(update_id: int, token: str) -> dict[str, object]:
    query = {"id": f"q{update_id}", "from": PERSON, "chat_instance": "1", "data": token, "message": message(5)}
    return {"update_id": update_id, "callback_query": query}


class Bench:
    """A poller over scripted batches, and what its desk was given."""

    def __init__(self, *batches: list[object]) -> None:
        self.time = Time()
        self.request = RecordingRequest(self.time)
        self.request.replies["getUpdates"].extend(ok(batch) for batch in batches)
        self.wake = asyncio.Event()
        self.handled: list[Delivery] = []
        self.beats: list[datetime] = []

    async def desk(self, delivery: Delivery) -> str | None:
        await asyncio.sleep(0)
        self.handled.append(delivery)
        return "That question is closed." if isinstance(delivery.incoming, Tap) else None

    async def beat(self, now: datetime) -> None:
        self.beats.append(now)

    def poller(self, handle: Callable[[Delivery], Awaitable[str | None]] | None = None) -> Poller:
        return Poller(
            client_over(self.request),
            handle or self.desk,
            self.wake,
            fatal=(DiskFullError,),
            beat=self.beat,
            pause=self.time.pause,
            clock=self.time,
            now=lambda: NOON,
        )

    async def polled(self, times: int, handle: Callable[[Delivery], Awaitable[str | None]] | None = None) -> Poller:
        """Run until getUpdates was called that often."""
        poller = self.poller(handle)
        task: asyncio.Task[object] = asyncio.create_task(poller.run())
        await self.time.until(lambda: len(self.offsets) >= times or task.done())
        await stop(task)
        return poller

    @property
    def offsets(self) -> list[object]:
        return [call.parameters.get("offset") for call in self.request.of("getUpdates")]

    @property
    def texts(self) -> list[str]:
        return [each.incoming.text for each in self.handled if isinstance(each.incoming, Words)]


async def test_a_webhook_from_before_is_taken_away_first() -> None:
    bench = Bench()
    await bench.polled(1)

    assert [call.method for call in bench.request.calls] == ["deleteWebhook", "getUpdates"]


async def test_a_batch_is_acknowledged_when_it_is_handled() -> None:
    bench = Bench([said(7, "a"), said(8, "b")], [said(9, "c")])
    await bench.polled(3)

    assert bench.offsets == [None, 9, 10]
    assert bench.texts == ["a", "b", "c"]
    assert bench.wake.is_set()


async def test_nothing_is_acknowledged_while_the_desk_is_at_work() -> None:
    bench = Bench([said(7, "a")])
    release = asyncio.Event()

    async def slow(delivery: Delivery) -> None:
        await release.wait()

    task: asyncio.Task[object] = asyncio.create_task(bench.poller(slow).run())
    await bench.time.until(lambda: bench.time.now_s > 100)
    assert bench.offsets == [None]

    release.set()
    await bench.time.until(lambda: len(bench.offsets) == 2)
    await stop(task)


async def test_each_chat_is_in_order_and_different_chats_side_by_side() -> None:
    bench = Bench([said(1, "a1", 1), said(2, "b1", 2), said(3, "a2", 1), said(4, "b2", 2)])
    second_chat_done = asyncio.Event()

    async def desk(delivery: Delivery) -> str | None:
        if delivery.sender.address == "1":
            await second_chat_done.wait()
        notice = await bench.desk(delivery)
        if bench.texts == ["b1", "b2"]:
            second_chat_done.set()
        return notice

    await bench.polled(2, desk)

    assert bench.texts == ["b1", "b2", "a1", "a2"]


async def test_a_tap_is_answered_after_it_was_handled() -> None:
    bench = Bench([tapped(7, "t")], [])
    await bench.polled(3)

    (answer,) = bench.request.of("answerCallbackQuery")
    assert answer.parameters == {"callback_query_id": "q7", "text": "That question is closed."}


async def test_a_tap_that_cannot_be_answered_any_more_is_no_matter(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench([tapped(7, "t")], [])
    bench.request.replies["answerCallbackQuery"].append(refused(400, "Bad Request: query is too old"))
    await bench.polled(3)

    assert "The tap of update 7 could not be answered: BadRequest" in caplog.text


async def test_one_poison_update_cannot_deafen_the_bot(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench([said(7, "poison"), said(8, "fine")])
    tries = 0

    async def desk(delivery: Delivery) -> str | None:
        nonlocal tries
        if delivery.update_id == 7:
            tries += 1
            raise ZeroDivisionError("poison")
        return await bench.desk(delivery)

    await bench.polled(2, desk)

    assert tries == MOST_TRIES
    assert bench.texts == ["fine"]
    assert bench.offsets == [None, 9]
    assert "Update 7 is given up" in caplog.text
    assert "poison" not in caplog.text


async def test_an_update_that_fails_once_is_handled_once() -> None:
    bench = Bench([said(7, "a")])
    failing = [ValueError()]

    async def desk(delivery: Delivery) -> str | None:
        if failing:
            raise failing.pop()
        return await bench.desk(delivery)

    await bench.polled(2, desk)

    assert bench.texts == ["a"]


async def test_an_update_that_cannot_be_read_is_passed_over() -> None:
    bench = Bench([{"update_id": 7, "message": {"chat": 3}}, {"nonsense": 1}, 5, said(8, "fine")])
    await bench.polled(2)

    assert bench.texts == ["fine"]
    assert bench.offsets == [None, 9]


async def test_a_storage_error_ends_the_poller_and_acknowledges_nothing() -> None:
    bench = Bench([said(7, "a")])

    async def desk(delivery: Delivery) -> str | None:
        raise DiskFullError

    with pytest.raises(ExceptionGroup) as caught:
        await bench.polled(2, desk)

    assert caught.group_contains(DiskFullError)
    assert bench.offsets == [None]


async def test_it_waits_longer_after_each_failure_and_goes_on() -> None:
    bench = Bench()
    bench.request.replies["getUpdates"].extend([NetworkError("x")] * 7 + [ok([said(7, "a")])])
    await bench.polled(9)

    waits = [pause for pause in bench.time.pauses if pause not in (0.03, 30.0)]
    assert all(2**n / 2 <= wait <= 2**n for n, wait in enumerate(waits[:5]))
    assert all(wait <= 30 for wait in waits)
    assert bench.texts == ["a"]


async def test_a_success_makes_the_next_wait_short_again() -> None:
    bench = Bench()
    bench.request.replies["getUpdates"].extend([NetworkError("x")] * 5 + [ok([]), NetworkError("x")])
    await bench.polled(8)

    assert [pause for pause in bench.time.pauses if pause not in (0.03, 30.0)][5] <= 1


async def test_flood_control_is_obeyed() -> None:
    bench = Bench()
    bench.request.replies["getUpdates"].extend([TooManyRequestsError(17), ok([])])
    await bench.polled(2)

    first, second = bench.request.of("getUpdates")
    assert second.at_s - first.at_s >= 17


async def test_a_second_copy_is_named_as_such(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.request.replies["getUpdates"].append(refused(409, "Conflict: terminated by other getUpdates request"))
    await bench.polled(2)

    assert "Another copy of this bot is running" in caplog.text


async def test_a_refused_token_ends_it_and_says_so() -> None:
    bench = Bench()
    bench.request.replies["getUpdates"].append(refused(401, "Unauthorized"))

    with pytest.raises(ExceptionGroup) as caught:
        await bench.polled(2)

    assert caught.group_contains(TokenRefusedError, match="the token was refused")


async def test_it_ends_when_it_has_been_deaf_for_five_minutes(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.request.replies["getUpdates"].extend([NetworkError("x")] * 1000)

    with pytest.raises(ExceptionGroup) as caught:
        await bench.polled(1001)

    assert caught.group_contains(DeafError)
    assert 300 < bench.time.now_s <= 360
    assert "No poll has succeeded for" in caplog.text


async def test_a_stuck_handler_counts_as_deaf() -> None:
    bench = Bench([said(7, "a")])

    async def stuck(delivery: Delivery) -> None:
        await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as caught:
        await bench.polled(2, stuck)

    assert caught.group_contains(DeafError)


async def test_success_is_recorded_but_not_each_time() -> None:
    bench = Bench(*[[]] * 20)
    await bench.polled(21)

    assert bench.beats == [NOON]


async def test_no_word_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench = Bench([said(7, "my secret"), {"update_id": 8, "message": {"text": "my secret"}}])

    async def desk(delivery: Delivery) -> str | None:
        raise ValueError(delivery)

    await bench.polled(2, desk)

    assert "my secret" not in caplog.text


async def test_real_people_are_heard_and_their_taps_answered() -> None:
    async with FakeBotApi() as api, asyncio.timeout(20):
        client = make_client(SecretStr(api.token), api.url)
        async with connected(client) as username:
            heard: list[Delivery] = []

            async def desk(delivery: Delivery) -> str | None:
                heard.append(delivery)
                if isinstance(delivery.incoming, Words):
                    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="t1")]])
                    await client.send_message(int(delivery.sender.address), "Well?", reply_markup=keyboard)
                return "noted" if isinstance(delivery.incoming, Tap) else None

            poller = Poller(client, desk, asyncio.Event(), username=username)
            task: asyncio.Task[object] = asyncio.create_task(poller.run())
            people = [Person(api, f"P{number}") for number in range(5)]
            for person in people:
                person.say("hello")
            for person in people:
                await person.heard()
                person.tap("Yes")
                await person.heard()
            people[0].block()
            people[1].invite_bot("Our class")
            people[2].say("done")
            await people[2].heard()
            await stop(task)

    assert api.unanswered() == []
    assert api.refusals == []
    assert all(person.toasts == ("noted",) for person in people)
    kinds = [type(delivery.incoming).__name__ for delivery in heard]
    assert Counter(kinds) == Counter({"Words": 6, "Tap": 5, "Left": 1, "InGroup": 1})
