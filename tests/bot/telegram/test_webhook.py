import asyncio
import json
import socket
from collections.abc import Awaitable, Callable

import httpx
import pytest
from pydantic import SecretStr

from bot.incoming import Delivery, Tap, Words
from bot.telegram.client import connected, make_client
from bot.telegram.errors import WebhookError
from bot.telegram.webhook import MOST_BYTES, SECRET_HEADER, ChatLocks, Webhook, serve_webhook, webhook_app
from tests.bot.telegram.fakes import RecordingRequest, client_over, refused, stop
from tests.bot.telegram.test_polling import said, tapped
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi

SECRET = "s3cret-of-the-webhook"  # noqa: S105 - opens nothing


class BusyError(Exception):
    pass


class Desk:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.fail_with: list[Exception] = []

    async def __call__(self, delivery: Delivery) -> str | None:
        if self.fail_with:
            raise self.fail_with.pop()
        if isinstance(delivery.incoming, Words):
            self.texts.append(delivery.incoming.text)
        return "noted" if isinstance(delivery.incoming, Tap) else None


class Bench:
    def __init__(self, handle: Callable[[Delivery], Awaitable[str | None]] | None = None) -> None:
        self.request, self.desk, self.wake = RecordingRequest(), Desk(), asyncio.Event()
        webhook = Webhook(
            client_over(self.request), handle or self.desk, self.wake, SecretStr(SECRET), fatal=(BusyError,)
        )
        self.transport = httpx.ASGITransport(webhook_app(webhook, "/hook"))

    async def post(self, body: object, secret: str = SECRET) -> int:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with httpx.AsyncClient(transport=self.transport, base_url="http://hook") as http:
            headers = [(SECRET_HEADER.encode(), secret.encode())] if secret else []
            return (await http.post("/hook", content=content, headers=headers)).status_code


async def test_an_update_is_handled_before_it_is_acknowledged() -> None:
    bench = Bench()

    assert await bench.post(said(7, "a")) == 200
    assert bench.desk.texts == ["a"]
    assert bench.wake.is_set()


async def test_a_tap_is_answered() -> None:
    bench = Bench()
    await bench.post(tapped(7, "t"))

    (answer,) = bench.request.of("answerCallbackQuery")
    assert answer.parameters["text"] == "noted"


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "sécret"])
async def test_who_does_not_know_the_secret_is_refused(secret: str) -> None:
    bench = Bench()

    assert await bench.post(said(7, "a"), secret) == 403
    assert bench.desk.texts == []


async def test_what_is_too_long_is_refused() -> None:
    assert await Bench().post(b" " * (MOST_BYTES + 1)) == 413


@pytest.mark.parametrize("body", [b"{", b"", b"\xff", b"[]", b"{}", b"[" * 100_000])
async def test_what_is_no_update_is_refused(body: bytes) -> None:
    assert await Bench().post(body) == 400


async def test_an_update_that_means_nothing_is_accepted() -> None:
    assert await Bench().post({"update_id": 7, "something_new": {}}) == 200


async def test_a_failure_makes_telegram_send_again_but_not_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.desk.fail_with = [ValueError("my words") for _ in range(3)]

    assert [await bench.post(said(7, "a")) for _ in range(3)] == [500, 500, 200]
    assert bench.desk.texts == []
    assert "Update 7 is given up" in caplog.text
    assert "my words" not in caplog.text


async def test_a_busy_database_loses_no_update_however_long() -> None:
    bench = Bench()
    bench.desk.fail_with = [BusyError() for _ in range(9)]

    assert [await bench.post(said(7, "a")) for _ in range(10)] == [500] * 9 + [200]
    assert bench.desk.texts == ["a"]


async def test_one_chat_is_in_order_and_others_do_not_wait() -> None:
    order: list[int | None] = []
    release = asyncio.Event()

    async def desk(delivery: Delivery) -> None:
        if delivery.update_id == 1:
            await release.wait()
        order.append(delivery.update_id)
        if delivery.update_id == 3:
            release.set()

    bench = Bench(desk)
    await asyncio.gather(bench.post(said(1, "a", 1)), bench.post(said(2, "b", 1)), bench.post(said(3, "c", 2)))

    assert order == [3, 1, 2]


async def test_a_chat_that_is_idle_has_no_lock() -> None:
    locks = ChatLocks()
    async with locks.holding("1"):
        assert len(locks) == 1

    assert len(locks) == 0


async def test_a_lock_outlives_who_gives_up_waiting() -> None:
    locks = ChatLocks()

    async def wait() -> None:
        async with locks.holding("1"):
            pass

    async with locks.holding("1"):
        waiting: asyncio.Task[object] = asyncio.create_task(wait())
        await asyncio.sleep(0)
        await stop(waiting)
        assert len(locks) == 1
    assert len(locks) == 0


async def test_health_is_told_to_anyone() -> None:
    async with httpx.AsyncClient(transport=Bench().transport, base_url="http://hook") as http:
        assert (await http.get("/health")).status_code == 200


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


async def test_telegram_is_told_where_it_is_and_reaches_it() -> None:
    desk, port, wake = Desk(), free_port(), asyncio.Event()
    async with FakeBotApi() as api:
        client = make_client(SecretStr(api.token), api.url)
        async with connected(client):
            webhook = Webhook(client, desk, wake, SecretStr(SECRET))
            url = f"http://127.0.0.1:{port}"
            serving: asyncio.Task[object] = asyncio.create_task(
                serve_webhook(webhook, client, SecretStr(SECRET), public_url=url, port=port)
            )
            ada = Person(api, "Ada")
            ada.say("hello")
            await asyncio.wait_for(wake.wait(), 10)
            await stop(serving)

    assert desk.texts == ["hello"]


async def test_a_port_that_is_taken_is_said() -> None:
    client = client_over(RecordingRequest())
    webhook = Webhook(client, Desk(), asyncio.Event(), SecretStr(SECRET))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        serving = serve_webhook(webhook, client, SecretStr(SECRET), public_url="https://x", port=taken.getsockname()[1])
        with pytest.raises(WebhookError, match="cannot listen on"):
            await serving


async def test_an_address_that_telegram_does_not_take_is_said() -> None:
    request = RecordingRequest()
    request.replies["setWebhook"].append(refused(400, "Bad Request: bad webhook: HTTPS url must be provided"))
    client = client_over(request)
    webhook = Webhook(client, Desk(), asyncio.Event(), SecretStr(SECRET))
    with pytest.raises(WebhookError, match="https url must be provided"):
        await serve_webhook(webhook, client, SecretStr(SECRET), public_url="http://x", port=free_port())
