import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import member_phrases as words
from bot.telegram.client import connected, make_client
from bot.telegram.errors import TokenRefusedError
from bot.telegram.pacing import BURST, BURST_S, Pacing
from bot.telegram.posting import MakeExport
from bot.telegram.sender import MOST_BACKOFF_S, MOST_EXPORT_TRIES, MOST_TRIES, READ_AHEAD, OutboxSender
from bot.telegram.transport import TooManyRequestsError
from dialogues.conversation import Conversation
from dialogues.script import Language, Open, Script, StepId
from storage import conversations, outbox, respondents, scripts
from storage.database import Transaction
from storage.errors import BusyError, ExportError
from storage.ids import ConversationId, RespondentId
from storage.outbox import Outgoing
from tests.bot.telegram.fakes import CountedDatabase, RecordingRequest, Reply, Time, client_over, ok, refused, stop
from tests.botapi.faults import Faults
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EN = Language("en")
SCRIPT = Script("bus", {EN: "Bus"}, {EN: "About"}, (EN,), (Open(StepId("why"), {EN: "Why?"}),), {EN: "Thanks"})


async def no_export(name: str) -> Path:
    raise AssertionError("no export was asked for")


class Exporter:
    """Makes exports: raises what it was told to, else writes a file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.trouble, self.made = folder, deque[Exception](), 0

    async def __call__(self, name: str) -> Path:
        self.made += 1
        if self.trouble:
            raise self.trouble.popleft()
        path = self.folder / name
        path.write_bytes(b"id\n")
        return path


class Bench:
    """A sender over a real outbox and a Telegram that answers as told, in time that only tests move."""

    def __init__(self, database: CountedDatabase, make_export: MakeExport = no_export) -> None:
        self.database, self.time = database, Time(lambda: database.hops > 0)
        self.request = RecordingRequest(self.time)
        self.wake = asyncio.Event()
        self.beats: list[datetime] = []
        self.sender = OutboxSender(
            client_over(self.request),
            database,
            self.wake,
            make_export,
            beat=self.beat,
            pause=self.time.pause,
            clock=self.time,
            now=self.now,
        )

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.time())

    async def beat(self, now: datetime) -> None:
        self.beats.append(now)

    async def put(self, address: str, *texts: str) -> RespondentId:
        def work(tx: Transaction) -> RespondentId:
            person = respondents.meet(tx, "telegram", address, f"r{address}", NOON).id
            for text in texts:
                outbox.put(tx, person, Outgoing("message", text), NOON)
            return person

        return await self.database.write(work)

    async def put_export(self, address: str, filename: str) -> None:
        person = await self.put(address)
        await self.database.write(lambda tx: outbox.put(tx, person, Outgoing("export", filename), NOON))

    async def undelivered(self) -> list[str]:
        return await self.database.read(lambda tx: [each for (each,) in tx.execute("SELECT reason FROM undelivered")])

    async def put_all(self, **texts: tuple[str, ...]) -> None:
        for address, each in texts.items():
            await self.put(address.removeprefix("to_"), *each)

    def reply(self, *replies: Reply | Exception, method: str = "sendMessage") -> None:
        self.request.replies[method].extend(replies)

    async def run_until(self, reached: Callable[[], bool]) -> None:
        task: asyncio.Task[object] = asyncio.create_task(self.sender.run())
        await self.time.until(lambda: reached() or task.done())
        await stop(task)

    async def unsent(self) -> list[str]:
        return await self.database.read(
            lambda tx: [text for (text,) in tx.execute("SELECT text FROM outbox ORDER BY id")]
        )

    def sent_to(self, address: str) -> list[object]:
        return [call.parameters["text"] for call in self.request.calls if call.parameters["chat_id"] == int(address)]

    def times(self) -> list[float]:
        return [call.at_s for call in self.request.calls]


@pytest.fixture
def bench(database: CountedDatabase) -> Bench:
    return Bench(database)


async def test_what_was_sent_is_marked_as_sent(bench: Bench) -> None:
    await bench.put("1", "a", "b")
    await bench.run_until(lambda: len(bench.request.calls) == 2)

    assert bench.sent_to("1") == ["a", "b"]
    assert await bench.unsent() == []


async def test_it_goes_when_it_is_woken_and_not_later(bench: Bench) -> None:
    task: asyncio.Task[object] = asyncio.create_task(bench.sender.run())
    await bench.put("1", "a")
    bench.wake.set()
    await bench.time.until(lambda: bool(bench.request.calls))
    await stop(task)

    assert bench.times() == [0.0]


async def test_a_chat_is_in_order_even_when_a_message_has_to_wait(bench: Bench) -> None:
    await bench.put("1", "a", "b", "c")
    bench.reply(refused(500, "Internal Server Error"), refused(502, "Bad Gateway"))
    await bench.run_until(lambda: len(bench.request.calls) == 5)

    assert bench.sent_to("1") == ["a", "a", "a", "b", "c"]
    assert await bench.unsent() == []


async def test_waiting_for_one_chat_does_not_hold_up_another(bench: Bench) -> None:
    await bench.put("1", "a")
    await bench.put("2", "b")
    bench.reply(TooManyRequestsError(60))
    await bench.run_until(lambda: len(bench.request.calls) == 3)

    assert [call.parameters["text"] for call in bench.request.calls] == ["a", "b", "a"]
    assert bench.times()[1] < 1
    assert 60 <= bench.times()[2] < 63


async def test_much_to_one_chat_does_not_silence_another(bench: Bench) -> None:
    await bench.put("1", *[str(number) for number in range(2 * READ_AHEAD)])
    await bench.put("2", "b")
    await bench.run_until(lambda: bool(bench.sent_to("2")))

    assert max(bench.times()) == 0.0


async def test_flood_control_in_two_chats_at_once_holds_all(bench: Bench) -> None:
    await bench.put_all(to_1=("a",), to_2=("b",))
    bench.reply(TooManyRequestsError(60), TooManyRequestsError(60))
    task: asyncio.Task[object] = asyncio.create_task(bench.sender.run())
    await bench.time.until(lambda: len(bench.request.calls) == 2)
    await bench.put("3", "c")
    await bench.time.until(lambda: len(bench.request.calls) == 5)
    await stop(task)

    assert min(bench.times()[2:]) >= 60


async def test_flood_control_in_one_chat_twice_holds_only_that_one(bench: Bench) -> None:
    await bench.put("1", "a")
    bench.reply(TooManyRequestsError(1), TooManyRequestsError(60))
    task: asyncio.Task[object] = asyncio.create_task(bench.sender.run())
    await bench.time.until(lambda: len(bench.request.calls) == 2)
    await bench.put("3", "c")
    await bench.time.until(lambda: len(bench.request.calls) == 3)
    await stop(task)

    assert bench.sent_to("3") == ["c"]
    assert bench.times()[2] < 60


async def test_flood_control_in_two_chats_some_time_apart_holds_only_those(bench: Bench) -> None:
    await bench.put("1", "a")
    bench.reply(TooManyRequestsError(60), TooManyRequestsError(60))
    task: asyncio.Task[object] = asyncio.create_task(bench.sender.run())
    await bench.time.until(lambda: bench.time.now_s >= 2)
    await bench.put("2", "b")
    await bench.time.until(lambda: len(bench.request.calls) == 2)
    await bench.put("3", "c")
    await bench.time.until(lambda: len(bench.request.calls) == 3)
    await stop(task)

    assert bench.sent_to("3") == ["c"]
    assert bench.times()[2] < 60


async def test_a_message_sent_while_the_outbox_is_read_is_not_sent_again(bench: Bench) -> None:
    await bench.put("1", "a")
    bench.request.released.clear()
    task: asyncio.Task[object] = asyncio.create_task(bench.sender.run())
    await bench.time.until(lambda: bench.request.in_flight == 1)
    reads, writes = bench.database.reads, bench.database.writes
    bench.database.read_released = asyncio.Event()
    bench.wake.set()
    await bench.time.until(lambda: bench.database.reads > reads)  # it has found the message that is under way
    bench.request.released.set()
    await bench.time.until(lambda: bench.database.writes > writes)  # which is now marked as sent
    bench.database.read_released.set()
    await bench.time.until(lambda: bench.time.now_s > 3)
    await stop(task)

    assert bench.sent_to("1") == ["a"]


async def test_one_person_gets_one_a_second_after_a_short_burst(bench: Bench) -> None:
    texts = [str(number) for number in range(3 * BURST)]
    await bench.put("1", *texts)
    await bench.run_until(lambda: len(bench.request.calls) == len(texts))

    times = bench.times()
    assert bench.sent_to("1") == texts
    assert times[:BURST] == [0.0] * BURST
    assert times[-1] == 2 * BURST_S
    assert all(late - early >= BURST_S for early, late in zip(times, times[BURST:], strict=False))


async def test_all_together_keep_the_overall_pace(database: CountedDatabase) -> None:
    bench = Bench(database)
    bench.sender = OutboxSender(
        client_over(bench.request),
        database,
        bench.wake,
        no_export,
        pacing=Pacing(per_second=10),
        pause=bench.time.pause,
        clock=bench.time,
        now=bench.now,
    )
    for number in range(1, 41):
        await bench.put(str(number), "x")
    await bench.run_until(lambda: len(bench.request.calls) == 40)

    times = bench.times()
    assert all(late - early >= 1.0 for early, late in zip(times, times[10:], strict=False))


async def test_different_chats_go_side_by_side_but_not_too_many(bench: Bench) -> None:
    for number in range(1, 28):
        await bench.put(str(number), "x")
    await bench.run_until(lambda: len(bench.request.calls) == 27)

    assert 1 < bench.request.most_in_flight <= 16


async def test_who_blocked_the_bot_hears_nothing_more(bench: Bench) -> None:
    person = await bench.put("1", "a", "b", "c")
    await bench.put("2", "d")
    bench.reply(refused(403, "Forbidden: bot was blocked by the user"))
    await bench.run_until(lambda: len(bench.request.calls) == 2 and bench.time.now_s > 5)

    found = await bench.database.read(lambda tx: respondents.find(tx, person))
    assert found is not None
    assert found.blocked
    assert bench.sent_to("1") == ["a"]
    assert await bench.unsent() == []


async def test_what_telegram_refuses_is_given_up_and_the_next_goes(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    await bench.put("1", "my words", "b")
    bench.reply(refused(400, "Bad Request: my words are bad"))
    await bench.run_until(lambda: len(bench.request.calls) == 2)

    assert await bench.unsent() == []
    assert "Outbox row 1 is given up" in caplog.text
    assert "my words" not in caplog.text


async def test_an_export_that_cannot_be_made_is_given_up_with_words(
    database: CountedDatabase, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    exporter = Exporter(tmp_path)
    exporter.trouble.append(ExportError("An Excel sheet holds 1 response and there are more. Use .csv."))
    bench = Bench(database, exporter)
    await bench.put_export("1", "themes.xlsx")
    await bench.run_until(lambda: len(bench.request.calls) == 1)

    (said,) = bench.sent_to("1")
    assert "themes.xlsx" in str(said)
    assert "Use .csv." in str(said)
    assert (await bench.undelivered())[0].startswith("ExportError")
    assert "Use .csv." not in caplog.text


async def test_an_export_that_does_not_arrive_is_tried_three_times_and_then_told(
    database: CountedDatabase, tmp_path: Path
) -> None:
    bench = Bench(database, exporter := Exporter(tmp_path))
    await bench.put_export("1", "themes.csv")
    bench.reply(*[refused(500, "Internal Server Error")] * 9, method="sendDocument")
    await bench.run_until(lambda: bool(bench.request.of("sendMessage")) and bench.time.now_s > 60)

    assert exporter.made == MOST_EXPORT_TRIES
    assert words.EXPORT_NOT_SENT in str(bench.request.of("sendMessage")[0].parameters["text"])
    assert await bench.undelivered() == ["not delivered in 3 tries"]


async def test_an_export_waits_for_a_busy_database(database: CountedDatabase, tmp_path: Path) -> None:
    bench = Bench(database, exporter := Exporter(tmp_path))
    exporter.trouble.append(BusyError("busy"))
    await bench.put_export("1", "themes.csv")
    await bench.run_until(lambda: bool(bench.request.of("sendDocument")))

    assert exporter.made == 2


async def test_an_export_for_somebody_who_was_removed_while_it_was_made_is_not_sent(
    database: CountedDatabase, tmp_path: Path
) -> None:
    exporter = Exporter(tmp_path)

    async def make_while_removed(name: str) -> Path:
        path = await exporter(name)
        await database.write(lambda tx: tx.execute("DELETE FROM outbox WHERE kind = 'export'") and None)
        return path

    bench = Bench(database, make_while_removed)
    await bench.put_export("1", "themes.csv")
    await bench.put("1", "next")
    await bench.run_until(lambda: bool(bench.sent_to("1")))

    assert bench.sent_to("1") == ["next"]
    assert bench.request.of("sendDocument") == []
    assert not (tmp_path / "themes.csv").exists()


async def test_a_message_is_given_up_after_so_many_tries(bench: Bench) -> None:
    await bench.put("1", "a", "b")

    def nearly(tx: Transaction) -> None:
        for _ in range(MOST_TRIES - 2):
            outbox.retry(tx, outbox.waiting(tx, NOON, 1)[0].id, NOON)

    await bench.database.write(nearly)
    bench.reply(refused(502, "Bad Gateway"), refused(502, "Bad Gateway"))
    await bench.run_until(lambda: len(bench.request.calls) == 3)

    assert bench.sent_to("1") == ["a", "a", "b"]
    assert await bench.undelivered() == [f"not delivered in {MOST_TRIES} tries"]


def test_so_many_tries_take_about_a_day() -> None:
    longest_s = sum(min(MOST_BACKOFF_S, 2.0**tries) for tries in range(MOST_TRIES))
    assert 22 < 0.75 * longest_s / 3600 < 26  # half of each pause is left to chance


async def test_a_refused_token_ends_the_sender_and_loses_nothing(bench: Bench) -> None:
    await bench.put("1", "a")
    bench.reply(refused(401, "Unauthorized"))

    with pytest.raises(ExceptionGroup) as caught:
        await bench.run_until(lambda: False)

    assert caught.group_contains(TokenRefusedError)
    assert await bench.unsent() == ["a"]


async def test_stopping_lets_a_message_under_way_be_marked_as_sent(bench: Bench) -> None:
    await bench.put("1", "a", "b")
    task: asyncio.Task[object] = asyncio.create_task(bench.sender.run())
    bench.request.released.clear()
    await bench.time.until(lambda: bench.request.in_flight == 1)
    task.cancel()
    await asyncio.sleep(0)
    bench.request.released.set()
    await stop(task)

    assert bench.sent_to("1") == ["a"]
    assert await bench.unsent() == ["b"]


async def test_a_message_deleted_before_its_turn_does_not_go_out(bench: Bench) -> None:
    texts = [str(number) for number in range(BURST + 3)]
    person = await bench.put("1", *texts)
    task: asyncio.Task[object] = asyncio.create_task(bench.sender.run())
    await bench.time.until(lambda: len(bench.request.calls) == BURST)
    await bench.database.write(lambda tx: respondents.forget(tx, person))
    await bench.time.until(lambda: bench.time.now_s > 3 * BURST_S)
    await stop(task)

    assert bench.sent_to("1") == texts[:BURST]


async def test_an_edit_finds_the_message_that_was_just_sent(bench: Bench) -> None:
    person = await bench.put("1")
    conversation = ConversationId("c1")

    def work(tx: Transaction) -> None:
        script = scripts.store(tx, SCRIPT, "", None, NOON)
        conversations.begin(tx, conversation, person, script, "telegram", Conversation(EN), None, False, NOON)
        outbox.put(tx, person, Outgoing("message", "Why?", conversation=conversation, revision=3), NOON)
        outbox.put(tx, person, Outgoing("edit", "Why? Done", conversation=conversation, revision=3), NOON)
        outbox.put(tx, person, Outgoing("edit", "never sent", conversation=conversation, revision=2), NOON)

    await bench.database.write(work)
    bench.reply(ok({"message_id": 77, "date": 0, "chat": {"id": 1, "type": "private"}}))
    await bench.run_until(lambda: len(bench.request.calls) == 2 and bench.time.now_s > 2)

    assert [call.method for call in bench.request.calls] == ["sendMessage", "editMessageText"]
    assert bench.request.calls[1].parameters["message_id"] == 77
    assert await bench.unsent() == []


async def test_messages_of_other_channels_are_left_alone(bench: Bench) -> None:
    def work(tx: Transaction) -> None:
        person = respondents.meet(tx, "terminal", "tty", "r9", NOON).id
        outbox.put(tx, person, Outgoing("message", "a"), NOON)

    await bench.database.write(work)
    await bench.run_until(lambda: bench.time.now_s > 3)

    assert bench.request.calls == []
    assert await bench.unsent() == ["a"]


async def test_it_gives_a_sign_of_life(bench: Bench) -> None:
    await bench.run_until(lambda: bench.time.now_s > 65)

    assert len(bench.beats) == 3


async def test_through_every_kind_of_trouble_all_arrive_in_order(database: CountedDatabase) -> None:
    faults = Faults(seed=3, errors_before=0.1, errors_after=0.05, cuts_before=0.05, cuts_after=0.05, throttled=0.05)
    time = Time()
    async with FakeBotApi() as api, asyncio.timeout(60):
        client = make_client(SecretStr(api.token), api.url)
        async with connected(client):
            bench = Bench(database)
            people = [Person(api, f"P{number}") for number in range(8)]
            for person in people:
                person.say("/start")
                await bench.put(str(person.id), *[f"{person.id} {number}" for number in range(12)])
            api.faults = faults
            wake = asyncio.Event()
            sender = OutboxSender(
                client, database, wake, no_export, pause=time.pause, clock=time, now=lambda: NOON + since(time)
            )
            task: asyncio.Task[object] = asyncio.create_task(sender.run())
            while await bench.unsent():
                target = time.now_s + 1
                await time.until(lambda target=target: time.now_s >= target, within_s=1e9)  # type: ignore[misc]
            await stop(task)
            assert api.injected.total() > 5

    got: dict[int, list[str]] = defaultdict(list)
    for person in people:
        for message in person.screen().messages:
            if message.sender.is_bot and message.body.text not in got[person.id]:
                got[person.id].append(message.body.text)
    assert got == {person.id: [f"{person.id} {number}" for number in range(12)] for person in people}


def since(time: Time) -> timedelta:
    return timedelta(seconds=time())
