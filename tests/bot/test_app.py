"""The whole program in this process, on the fake Bot API: where it connects, and what it writes into its log."""

import asyncio
import logging
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import bot_name, opened, serve, stock
from bot.invitations import invite
from bot.library import ORDER
from bot.settings import Settings, SettingsError
from bot.telegram.errors import UnreachableError
from storage import codebooks, scripts
from storage.errors import UnusableError
from tests.bot.town import BUSES, DEPLOYMENT_FILE
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi

NAME, SESAME = "Zebulon", "sesame-open-sesame"
WISH = "the number nine tram near Xanadu should run later, says Zebulon"
WORRYING = "my uncle hits me and i want to kill myself"

FAKES_LOGGERS = ("aiohttp.access", "aiohttp.server", "aiohttp.web")
_connections: list[list[object]] = []
"""Where the sockets of this process connect, for each watch that is kept."""


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        for seen in _connections:
            seen.append(arguments[1])
    elif event == "socket.getaddrinfo":
        for seen in _connections:
            seen.append(arguments[0])


sys.addaudithook(_watch)  # Python's own way to be told of every connection; it cannot be taken back, so it has a switch


@contextmanager
def watched() -> Iterator[list[object]]:
    """Give the addresses that are connected to, or looked up, meanwhile."""
    seen: list[object] = []
    _connections.append(seen)
    try:
        yield seen
    finally:
        _connections.remove(seen)


def settings_for(api: FakeBotApi, database: Path) -> Settings:
    return Settings(
        database=database,
        telegram_token=SecretStr(api.token),
        telegram_api=api.url,
        messages_per_second=1000,
        log_level="DEBUG",
    )


@asynccontextmanager
async def served(api: FakeBotApi, database: Path) -> AsyncIterator[None]:
    """Run the program until the end of the block; whatever ends it before comes out."""
    listening = asyncio.Event()
    running = asyncio.create_task(serve(settings_for(api, database), lambda *_: listening.set()))
    started = asyncio.create_task(listening.wait())
    await asyncio.wait({running, started}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        started.cancel()
        running.cancel()
        await running


async def everything(database: Path) -> FakeBotApi:
    """Let a person answer, worry and delete, a member push a file, review and export; return what they did it on."""
    async with opened(database) as store:
        start = await store.write(lambda tx: invite(tx, "lead", SESAME, datetime.now(UTC)))
    reviewed = asyncio.Event()
    async with FakeBotApi() as api, served(api, database), asyncio.TaskGroup() as people:
        people.create_task(consulted(Person(api, NAME, username="zebulon_x"), reviewed))
        people.create_task(at_work(Person(api, "Lea"), start, reviewed))
    return api


async def consulted(zeb: Person, reviewed: asyncio.Event) -> None:
    await act(zeb, "/start xanadu", "Do you want to take part?")
    await act(zeb, "[I'm in]", "How old are you?")
    await act(zeb, "[16–17]", "What's on today")
    await act(zeb, "[Getting around · 2 min]", "1 of ")
    await act(zeb, "[On foot or by wheelchair]", "how many minutes")
    await act(zeb, "/skip", "What makes getting around hard")
    await act(zeb, "/skip", "How safe do you feel")
    await act(zeb, "/skip", "Last one")
    await act(zeb, WISH, "There's more on the menu")
    await act(zeb, WORRYING, "Thank you for telling me")
    await act(zeb, "/delete", "Delete everything")
    await reviewed.wait()
    await act(zeb, "[Yes, delete it all]", "everything you gave me was deleted")


async def at_work(lea: Person, start: str, reviewed: asyncio.Event) -> None:
    await act(lea, f"/start {start}", "Welcome! You are now the safeguarding lead")
    lea.send_document("xanadu.yaml", BUSES.encode())
    await lea.until(lambda screen: "looks good" in screen.text)
    await act(lea, "[Make it live]", "is live now")
    async with asyncio.timeout(60):
        while "Tap the themes" not in lea.screen().text:
            await act(lea, "/review", "")
    await act(lea, "[Confirm]", "Nothing to review right now")
    reviewed.set()
    await act(lea, "/export csv", "")
    await lea.until(lambda screen: any(message.attachment for message in screen.messages))


async def act(person: Person, line: str, then: str) -> None:
    """Type a line, or tap what stands in brackets, and wait until the newest message says `then`."""
    if line.startswith("["):
        person.tap(line[1:-1])
    else:
        person.say(line)
    await person.heard()
    await person.until(lambda screen: then in screen.text)


@dataclass(frozen=True)
class Lived:
    """What was seen of a run: where it connected, what it logged and left behind, and the other side."""

    addresses: list[object]
    logged: str
    api: FakeBotApi
    left_behind: list[str]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Run the program once, with every logger at its most talkative."""
    records: list[str] = []
    handler, root = _Noting(records), logging.getLogger()
    level, temporary = root.level, tmp_path_factory.mktemp("temporary")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with watched() as seen:
            api = asyncio.run(everything(tmp_path_factory.mktemp("lived") / "tuckshop.sqlite3"))
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        monkeypatch.undo()
    return Lived(seen, "\n".join(records), api, [path.name for path in temporary.iterdir()])


class _Noting(logging.Handler):
    """Keeps all that a log could show; the fake's own web server logs here too, and is no part of the program."""

    def __init__(self, records: list[str]) -> None:
        super().__init__()
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        if record.name not in FAKES_LOGGERS:
            self._records.append(f"{record.name} {record.getMessage()} {record.args} {record.exc_info}")


def test_the_program_connects_to_telegrams_address_only(lived: Lived) -> None:
    assert {str(address) for address in lived.addresses} == {str(("127.0.0.1", lived.api.port))}


def test_all_of_it_was_answered_and_nothing_refused(lived: Lived) -> None:
    assert lived.api.refusals == []
    assert lived.api.unanswered() == []


def test_logs_hold_no_words_names_places_or_token(lived: Lived) -> None:
    assert "bot." in lived.logged
    token = lived.api.token
    private = (NAME, "Xanadu", "zebulon_x", "number nine", "uncle", SESAME, token, token.partition(":")[2])
    assert [
        line for line in lived.logged.splitlines() if any(word.casefold() in line.casefold() for word in private)
    ] == []


def test_no_export_is_left_behind(lived: Lived) -> None:
    assert lived.left_behind == []


async def test_a_new_database_holds_the_shipped_sets_and_codebook_and_an_old_one_stays_as_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path / "tuckshop.sqlite3") as database:
        assert [live.dialogue for live in await database.read(scripts.live)] == list(ORDER)
        version = (await database.read(codebooks.active) or ("", ""))[0]
        releases = await database.read(lambda tx: tx.execute("SELECT count(*) FROM releases").fetchone())
        await database.write(stock)
        assert releases == await database.read(lambda tx: tx.execute("SELECT count(*) FROM releases").fetchone())
        assert version == (await database.read(codebooks.active) or ("", ""))[0]


async def test_a_database_that_is_only_looked_at_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "tuckshop.sqlite3"
    with pytest.raises(UnusableError, match="there is no database. Set TUCKSHOP_DATABASE".replace(".", "[.]")):
        async with opened(path, create=False):
            pass
    with pytest.raises(UnusableError):
        async with opened(path, create=False):
            pass
    async with opened(path):
        pass
    async with opened(path, create=False) as database:
        assert await database.read(scripts.live)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (Settings(telegram_token=None), "TUCKSHOP_TELEGRAM_TOKEN"),
        (Settings(telegram_token=SecretStr("1:x"), webhook_url="https://x.example"), "TUCKSHOP_WEBHOOK_SECRET"),
    ],
)
async def test_what_is_missing_is_named(settings: Settings, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        await serve(settings, print)


async def nowhere(tmp_path: Path, **changed: object) -> Settings:
    """Return settings with which Telegram cannot be reached, and is soon given up."""
    async with FakeBotApi() as api_gone:
        pass
    return settings_for(api_gone, tmp_path / "x.sqlite3").model_copy(update={"deaf_after_seconds": 0.05} | changed)


async def test_nothing_goes_live_before_a_lead_has_joined_and_telegram_need_not_be_there_to_say_so(
    tmp_path: Path,
) -> None:
    path = tmp_path / "deployment.yaml"
    path.write_text(DEPLOYMENT_FILE, encoding="utf-8")
    with pytest.raises(SettingsError, match="No lead has joined"):
        await serve(await nowhere(tmp_path, deployment=path), print)


async def test_a_bot_that_cannot_reach_telegram_ends_and_says_what_to_check(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="Check the network, TUCKSHOP_TELEGRAM_API and TUCKSHOP_TELEGRAM_TOKEN"):
        await serve(await nowhere(tmp_path), print)


async def test_the_bots_name_is_told_where_telegram_can_be_reached(tmp_path: Path) -> None:
    async with FakeBotApi() as api:
        assert await bot_name(settings_for(api, tmp_path / "x")) == api.world.bot.username
        api_gone = settings_for(api, tmp_path / "x")
    assert await bot_name(api_gone) is None
    assert await bot_name(Settings(telegram_token=None)) is None
