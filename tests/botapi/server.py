"""A strict fake of api.telegram.org over loopback HTTP, for a bot in another process.

It refuses what Telegram refuses, in Telegram's words, keeps each chat, and can misbehave on purpose. Start it, point a
bot at `api.url`, and let people talk:

    async with FakeBotApi() as api:
        settings = {"TUCKSHOP_TELEGRAM_API": api.url, "TUCKSHOP_TELEGRAM_TOKEN": api.token}
        async with Process(api, ["tuckshop", "serve"], settings) as bot:
            await bot.ready()                      # it polls, or has set its webhook
            ada = Person(api, "Ada")
            ada.say("/start")
            await ada.heard()                      # the bot has answered; raises Unheard with the transcript
            ada.tap("Getting around")              # newest button of that label
            await ada.until(lambda screen: "How do you get to school" in screen.text)
            await bot.restart()                    # SIGKILL, start, ready; or bot.kill(), bot.start(), bot.ready()
    print(api.transcript(ada.id))                  # who said, tapped and edited what
    assert api.unanswered() == []
    assert api.refusals == []                      # after kills: [r for r in api.refusals if not r.repeat]

What there is: `people` (Person), `random_person` (RandomPerson), `finisher` (Finisher), `crowd` (run_crowd,
finish_crowd), `process` (Process). `FakeBotApi(faults=Faults(seed=1, duplicates=.05, errors_after=.02))` injects
faults, counted in `api.injected` and apart from `api.refusals`; `api.faults = Faults()` ends them.
`limits=Limits(Rate(30, 1), Rate(1, 1), Rate(20, 60))` answers 429 as Telegram does. `clock` may be a virtual one.
`api.reply_s` holds the seconds from each message or tap to its first answer. For python-telegram-bot:
`Bot(api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")`.

Where it knowingly differs: webhooks may be plain HTTP on loopback; message ids count from 1 in each private chat (in
Telegram one account's private chats share a count), so that a bot that forgets the chat is found out; a tap is answered
once at most.
"""

import asyncio
import contextlib
import json
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.botapi.api import Answer, BotApi
from tests.botapi.params import Params, Upload
from tests.botapi.webhook import Delivery

MOST_BODY_BYTES = 64 * 1024 * 1024
STOP_S = 0.2


class FakeBotApi(BotApi):
    """`BotApi` on a free port of this machine, between `async with` and its end."""

    _runner: web.AppRunner
    _deliveries: asyncio.Task[None]
    port: int = 0

    @property
    def url(self) -> str:
        """The address to give to the bot in place of https://api.telegram.org."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The one token that is accepted."""
        return self.account.token

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MOST_BODY_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._on_call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._on_download)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=STOP_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._deliveries = asyncio.create_task(Delivery(self).run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._deliveries.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._deliveries
        await self._runner.cleanup()

    async def _on_call(self, request: web.Request) -> web.StreamResponse:
        if delay_s := self.delay_s():
            await asyncio.sleep(delay_s)
        try:
            params = await _params(request)
        except (ValueError, UnicodeDecodeError):
            return _response(Answer(400, _error(400, "Bad Request: can't parse request body")))
        answer = await self.call(request.match_info["token"], request.match_info["method"], params)
        if answer.cut and request.transport is not None:
            request.transport.abort()
        return _response(answer)

    async def _on_download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _response(Answer(401, _error(401, "Unauthorized")))
        for stored in self.world.files.values():
            if stored.path == request.match_info["path"]:
                return web.Response(body=stored.content, content_type="application/octet-stream")
        return _response(Answer(404, _error(404, "Not Found")))


def _error(status: int, description: str) -> dict[str, object]:
    return {"ok": False, "error_code": status, "description": description}


def _response(answer: Answer) -> web.Response:
    if answer.body is None:
        page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
        return web.Response(status=answer.status or 502, text=page, content_type="text/html")
    text = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(status=answer.status, text=text, content_type="application/json")


async def _params(request: web.Request) -> Params:
    values: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json()
        if not isinstance(body, dict):
            raise ValueError("a JSON body must be an object")
        return Params(values | body)
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params(values, uploads)
