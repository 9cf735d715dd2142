import pytest
from pydantic import SecretStr

from bot.telegram.client import connected, make_client
from bot.telegram.errors import FileTooLargeError
from bot.telegram.files import fetch
from tests.bot.telegram.fakes import RecordingRequest, client_over
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi


async def sent_file(api: FakeBotApi, content: bytes, most_bytes: int) -> bytes:
    client = make_client(SecretStr(api.token), api.url)
    async with connected(client):
        document = Person(api, "Ada").send_document("bus fares.yaml", content).attachment["document"]
        assert isinstance(document, dict)
        return await fetch(client, str(document["file_id"]), most_bytes)


async def test_a_file_is_fetched_whole() -> None:
    async with FakeBotApi() as api:
        assert await sent_file(api, b"title: Bus\n" * 50, 1000) == b"title: Bus\n" * 50


async def test_a_file_that_is_too_large_is_not_fetched() -> None:
    async with FakeBotApi() as api:
        with pytest.raises(FileTooLargeError, match="1,000 bytes"):
            await sent_file(api, b"x" * 1001, 1000)


async def test_a_request_that_reads_without_limit_is_not_used() -> None:
    with pytest.raises(TypeError, match="AiohttpRequest"):
        await fetch(client_over(RecordingRequest()), "f", 1)
