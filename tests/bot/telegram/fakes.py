"""Stand-ins: a request that records calls and answers as told, and a clock that only tests move."""

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import SecretStr
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.telegram.client import Client
from storage.database import Database, Transaction

T = TypeVar("T")

TOKEN = "12345:not-a-real-token"  # noqa: S105 - opens nothing
BOT = {"id": 12345, "is_bot": True, "first_name": "Tuckshop", "username": "tuckshop_bot"}
TICKS = 50
"""Turns of the event loop in which everything that waits for nothing gets done."""


@dataclass(frozen=True)
class Call:
    method: str
    parameters: dict[str, object]
    at_s: float


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes


def ok(result: object) -> Reply:
    return Reply(200, json.dumps({"ok": True, "result": result}).encode())


def refused(status: int, description: str) -> Reply:
    return Reply(status, json.dumps({"ok": False, "error_code": status, "description": description}).encode())


def message(message_id: int, chat_id: int = 1) -> dict[str, object]:
    return {"message_id": message_id, "date": 0, "chat": {"id": chat_id, "type": "private"}, "text": "."}


class RecordingRequest(BaseRequest):
    """Answers each method from its queue, then with something fitting; getUpdates then never answers again."""

    def __init__(self, clock: Callable[[], float] = lambda: 0.0) -> None:
        self.calls: list[Call] = []
        self.replies: dict[str, deque[Reply | Exception]] = defaultdict(deque)
        self.open = False
        self.released = asyncio.Event()
        self.released.set()
        self.in_flight = self.most_in_flight = 0
        self._clock = clock
        self._message_id = 100

    def of(self, *methods: str) -> list[Call]:
        return [call for call in self.calls if call.method in methods]

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        self.open = True

    async def shutdown(self) -> None:
        self.open = False

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        self.calls.append(Call(name, dict(request_data.parameters) if request_data else {}, self._clock()))
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            await asyncio.sleep(0)
            await self.released.wait()
            reply = self.replies[name].popleft() if self.replies[name] else await self._usual(name)
        finally:
            self.in_flight -= 1
        if isinstance(reply, Exception):
            raise reply
        return reply.status, reply.body

    async def _usual(self, name: str) -> Reply:
        match name:
            case "getUpdates":
                await asyncio.Event().wait()
            case "getMe":
                return ok(BOT)
            case "sendMessage" | "editMessageText" | "sendDocument":
                self._message_id += 1
                return ok(message(self._message_id))
            case _:
                pass
        return ok(True)


def client_over(request: RecordingRequest) -> Client:
    return Client(SecretStr(TOKEN).get_secret_value(), request=request, get_updates_request=request)


class CountedDatabase(Database):
    """A real database that knows how much work is in its thread; `read_released` holds back what was read."""

    hops = reads = writes = 0
    read_released: asyncio.Event | None = None

    async def write(self, work: Callable[[Transaction], T]) -> T:
        self.hops += 1
        try:
            return await super().write(work)
        finally:
            self.hops -= 1
            self.writes += 1

    async def read(self, work: Callable[[Transaction], T]) -> T:
        self.hops += 1
        try:
            found = await super().read(work)
        finally:
            self.hops -= 1
            self.reads += 1
        if self.read_released is not None:
            await self.read_released.wait()
        return found


class Time:
    """Seconds that pass when everybody waits, and only in `until`; `busy` says whether a thread is at work."""

    def __init__(self, busy: Callable[[], bool] = lambda: False) -> None:
        self._busy = busy
        self.now_s = 0.0
        self.pauses: list[float] = []
        self._sleepers: dict[asyncio.Future[None], float] = {}

    def __call__(self) -> float:
        return self.now_s

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        sleeper = asyncio.get_running_loop().create_future()
        self._sleepers[sleeper] = self.now_s + seconds
        try:
            await sleeper
        finally:
            del self._sleepers[sleeper]

    async def until(self, reached: Callable[[], bool], *, within_s: float = 3600.0) -> None:
        while not reached():
            quiet = True
            for _ in range(TICKS):
                await asyncio.sleep(0)
                quiet = quiet and not self._busy()
            waiting = {sleeper: due_s for sleeper, due_s in self._sleepers.items() if not sleeper.done()}
            if reached() or not quiet or not waiting:
                continue
            sleeper, due_s = min(waiting.items(), key=lambda item: item[1])
            assert due_s <= within_s, "it did not happen in time"
            self.now_s = max(self.now_s, due_s)
            sleeper.set_result(None)


async def stop(task: asyncio.Task[object]) -> None:
    """Cancel and wait; what ended it before comes out."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
