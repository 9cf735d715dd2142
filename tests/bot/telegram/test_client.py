import asyncio
import logging

import pytest
from pydantic import SecretStr
from telegram.error import NetworkError

from bot.telegram.client import TALKATIVE_LOGGERS, connected, make_client
from bot.telegram.errors import TokenRefusedError, UnreachableError
from tests.bot.telegram.fakes import TOKEN, RecordingRequest, Time, client_over, refused
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi


async def test_it_says_who_the_bot_is_and_closes() -> None:
    request = RecordingRequest()
    async with connected(client_over(request)) as username:
        assert username == "tuckshop_bot"
        assert request.open

    assert not request.open


async def test_a_refused_token_is_said_without_the_token() -> None:
    request = RecordingRequest()
    request.replies["getMe"].append(refused(401, "Unauthorized"))

    with pytest.raises(TokenRefusedError) as caught:
        async with connected(client_over(request)):
            pass

    assert TOKEN not in str(caught.value)
    assert caught.value.__suppress_context__


async def test_an_empty_token_is_refused_at_once() -> None:
    with pytest.raises(TokenRefusedError):
        make_client(SecretStr(""))


async def test_it_waits_for_the_network(caplog: pytest.LogCaptureFixture) -> None:
    request, waits = RecordingRequest(), []
    request.replies["getMe"].extend([NetworkError(f"https://x/bot{TOKEN}"), NetworkError("again")])

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    async with connected(client_over(request), pause) as username:
        assert username == "tuckshop_bot"

    assert len(waits) == 2
    assert waits[0] <= 1 < 2.01 > waits[1]
    assert TOKEN not in caplog.text


async def test_it_does_not_wait_for_the_network_for_ever() -> None:
    request = RecordingRequest()
    request.replies["getMe"].append(NetworkError(f"https://x/bot{TOKEN}"))

    async def pause(_: float) -> None:
        await asyncio.Event().wait()

    with pytest.raises(UnreachableError) as caught:
        async with connected(client_over(request), pause, deaf_after_s=0.01):
            pass

    assert TOKEN not in str(caught.value)
    assert caught.value.__suppress_context__
    assert not request.open


async def test_updates_come_as_they_are() -> None:
    async with FakeBotApi() as api, connected(make_client(SecretStr(api.token), api.url)) as username:
        ada = Person(api, "Ada")
        ada.say("hello")
        client = make_client(SecretStr(api.token), api.url)
        async with client:
            (update,) = await client.raw_updates(None, 1)

    assert username == "tuckshop_bot"
    assert isinstance(update, dict)
    assert update["message"]["text"] == "hello"


async def test_loggers_that_would_tell_a_token_are_quiet() -> None:
    async with connected(client_over(RecordingRequest()), Time().pause):
        assert {logging.getLogger(name).level for name in TALKATIVE_LOGGERS} == {logging.WARNING}
