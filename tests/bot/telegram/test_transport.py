import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.errors import FileTooLargeError
from bot.telegram.transport import AiohttpRequest, TooManyRequestsError

SECRET_PATH = "bot123:SECRET"  # noqa: S105 - opens nothing


class Server:
    """Answers in the ways that matter, and keeps what came."""

    def __init__(self) -> None:
        self.forms: list[dict[str, object]] = []
        self.peers: set[object] = set()
        self.url = ""
        self.is_stuck = asyncio.Event()

    async def form(self, request: web.Request) -> web.Response:
        self.peers.add(request.transport and request.transport.get_extra_info("peername"))
        sent = await request.post()
        self.forms.append(
            {k: (v.filename, v.file.read()) if isinstance(v, web.FileField) else v for k, v in sent.items()}
        )
        return web.json_response({"ok": True, "result": True})

    async def stuck(self, request: web.Request) -> web.Response:
        self.is_stuck.set()
        await asyncio.Event().wait()
        raise AssertionError("never")

    async def cut(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def flood(self, request: web.Request) -> web.Response:
        body = {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 17}}
        return web.json_response(body, status=429)

    async def page(self, request: web.Request) -> web.Response:
        return web.Response(text="<html>my words</html>", status=int(request.match_info["status"]))

    async def endless(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x" * 65536)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made, app = Server(), web.Application()
    for name in ("form", "stuck", "cut", "flood", "endless"):
        app.router.add_route("*", f"/{SECRET_PATH}/{name}", getattr(made, name))
    app.router.add_route("*", f"/{SECRET_PATH}/page/{{status}}", made.page)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/{SECRET_PATH}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(connections=4) as opened:
        yield opened


def data(**fields: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in fields.items()])


async def test_parameters_go_as_a_form(server: Server, request_: AiohttpRequest) -> None:
    answer = await request_.post(f"{server.url}/form", data(text="grüße ☀", chat_id=5, keys=[["a"]]))

    assert answer is True
    assert server.forms == [{"text": "grüße ☀", "chat_id": "5", "keys": '[["a"]]'}]


async def test_a_file_is_uploaded_beside_them(server: Server, request_: AiohttpRequest, tmp_path: Path) -> None:
    path = tmp_path / "themes.csv"
    path.write_bytes(b"a,b\r\n" * 1000)
    with path.open("rb") as content:
        document = InputFile(content, filename="themes.csv", read_file_handle=False)
        await request_.post(f"{server.url}/form", data(chat_id=5, document=document))

    assert server.forms == [{"chat_id": "5", "document": ("themes.csv", b"a,b\r\n" * 1000)}]


async def test_the_connection_is_used_again(server: Server, request_: AiohttpRequest) -> None:
    for _ in range(3):
        await request_.post(f"{server.url}/form", data(text="a"))

    assert len(server.peers) == 1


async def test_no_more_connections_than_allowed(server: Server, request_: AiohttpRequest) -> None:
    await asyncio.gather(*(request_.post(f"{server.url}/form", data(text="a")) for _ in range(20)))

    assert len(server.peers) <= 4


async def test_an_answer_that_does_not_come_is_a_time_out(server: Server, request_: AiohttpRequest) -> None:
    with pytest.raises(TimedOut):
        await request_.post(f"{server.url}/stuck", data(text="a"), read_timeout=0.01)


async def test_no_free_connection_is_a_time_out(server: Server) -> None:
    async with AiohttpRequest(connections=1) as request:
        holder = asyncio.create_task(request.post(f"{server.url}/stuck", data(text="a")))
        await server.is_stuck.wait()
        with pytest.raises(TimedOut):
            await request.post(f"{server.url}/form", data(text="a"), pool_timeout=0.01, connect_timeout=0.01)
        holder.cancel()
        await asyncio.gather(holder, return_exceptions=True)


@pytest.mark.parametrize("where", ["cut", "page/502", "page/500"])
async def test_what_breaks_under_way_is_a_network_error_without_the_address(
    server: Server, request_: AiohttpRequest, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NetworkError) as caught:
        await request_.post(f"{server.url}/{where}", data(text="a"))

    assert "SECRET" not in f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/SECRET", "ftp://x/SECRET", "http://[/SECRET"])
async def test_an_address_that_leads_nowhere_is_a_network_error(request_: AiohttpRequest, url: str) -> None:
    with pytest.raises(NetworkError) as caught:
        await request_.post(url, data(text="a"))

    assert "SECRET" not in f"{caught.value!r} {caught.value.__cause__!r}"


async def test_flood_control_says_how_long(server: Server, request_: AiohttpRequest) -> None:
    with pytest.raises(TooManyRequestsError) as caught:
        await request_.post(f"{server.url}/flood", data(text="a"))

    assert caught.value.after_s == 17


async def test_flood_control_without_a_time_is_a_second(server: Server, request_: AiohttpRequest) -> None:
    with pytest.raises(TooManyRequestsError) as caught:
        await request_.post(f"{server.url}/page/429", data(text="a"))

    assert caught.value.after_s == 1


async def test_an_answer_that_is_no_json_is_not_logged(
    server: Server, request_: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TelegramError):
        await request_.post(f"{server.url}/page/200", data(text="a"))

    assert caplog.text == ""


async def test_reading_a_file_stops_at_the_limit(server: Server, request_: AiohttpRequest) -> None:
    with pytest.raises(FileTooLargeError, match="100,000 bytes"):
        await request_.download(f"{server.url}/endless", 100_000)


async def test_a_file_that_is_not_there_is_a_network_error(server: Server, request_: AiohttpRequest) -> None:
    with pytest.raises(NetworkError, match="status 404"):
        await request_.download(f"{server.url}/page/404", 100)


async def test_opening_and_closing_twice_is_fine_and_it_opens_again() -> None:
    request = AiohttpRequest()
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    await request.initialize()
    await request.shutdown()


async def test_using_it_unopened_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match="initialize"):
        await AiohttpRequest().download("http://127.0.0.1:1/", 1)


def test_the_read_timeout_is_known_to_the_library() -> None:
    assert AiohttpRequest().read_timeout > 0
