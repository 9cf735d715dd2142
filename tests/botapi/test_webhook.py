from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from tests.botapi.client import Client
from tests.botapi.faults import Faults
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi
from tests.botapi.signals import Signal
from tests.botapi.webhook import SECRET_HEADER
from tests.botapi.world import Json

SECRET = "told-to-telegram-only"  # noqa: S105 - opens nothing


@dataclass
class Receiver:
    url: str = ""
    statuses: list[int] = field(default_factory=list)
    answer: Json | None = None
    got: list[tuple[str, int, str | None]] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    async def on_update(self, request: web.Request) -> web.Response:
        update = await request.json()
        message = update["message"]
        self.got.append((message["text"], update["update_id"], request.headers.get(SECRET_HEADER)))
        self.changed.send()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.answer, status=status) if self.answer else web.Response(status=status)

    async def texts(self, count: int) -> list[str]:
        assert await self.changed.until(lambda: len(self.got) >= count, 5), self.got
        return [text for text, *_ in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.on_update)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_come_with_the_secret(client: Client, api: FakeBotApi, receiver: Receiver) -> None:
    ada = Person(api, "Ada")
    ada.say("before")
    await client.call("setWebhook", url=receiver.url, secret_token=SECRET)
    await receiver.texts(1)
    ada.say("after")
    assert await receiver.texts(2) == ["before", "after"]
    assert [secret for *_, secret in receiver.got] == [SECRET, SECRET]


async def test_a_chats_updates_come_in_order_and_again_until_taken(
    client: Client, api: FakeBotApi, receiver: Receiver
) -> None:
    receiver.statuses = [500, 503, 200]
    ada = Person(api, "Ada")
    ada.say("one")
    ada.say("two")
    await client.call("setWebhook", url=receiver.url)
    assert await receiver.texts(4) == ["one", "one", "one", "two"]
    info = (await client.call("getWebhookInfo")).record
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_one_chat_that_is_not_taken_does_not_hold_up_another(
    client: Client, api: FakeBotApi, receiver: Receiver
) -> None:
    receiver.statuses = [500]
    for name in ("Ada", "Ben"):
        Person(api, name).say(name)
    await client.call("setWebhook", url=receiver.url)
    assert sorted((await receiver.texts(3))[:2]) == ["Ada", "Ben"]


async def test_the_answer_may_carry_a_call(client: Client, api: FakeBotApi, receiver: Receiver) -> None:
    ada = Person(api, "Ada")
    receiver.answer = {"method": "sendMessage", "chat_id": ada.id, "text": "Hello"}
    await client.call("setWebhook", url=receiver.url)
    ada.say("hi")
    await ada.heard()
    assert ada.screen().text == "Hello"


async def test_duplicates_come_by_webhook_too(client: Client, api: FakeBotApi, receiver: Receiver) -> None:
    api.faults = Faults(duplicates=1)
    await client.call("setWebhook", url=receiver.url)
    Person(api, "Ada").say("hi")
    await receiver.texts(2)
    assert receiver.got[0] == receiver.got[1]
