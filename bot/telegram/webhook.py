"""The webhook: Telegram posts each update, and is told that it arrived only when it has been handled.

Where handling fails Telegram is told so, and sends the update again. Its calls come side by side, so a lock per chat
keeps one chat's updates in order.
"""

import asyncio
import hmac
import json
import logging
import socket
from collections import Counter
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import BadRequest

from bot.telegram.client import ALLOWED_UPDATES, Client, Pause, until_reached
from bot.telegram.errors import WebhookError, place
from bot.telegram.intake import Handle, answer, take
from bot.telegram.updates import Received, received

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, no secret
MOST_BYTES = 1_000_000
"""Of one update: the longest message with its reply stays far below."""
MOST_TRIES = 3
"""Of one update; then it is accepted unhandled: Telegram slows a webhook down that keeps failing, for everybody."""
MOST_REMEMBERED = 1000
"""Updates whose failures are counted."""
CLOSING_S = 5

log = logging.getLogger(__name__)


class ChatLocks:
    """A lock per chat, in the order of asking; who is idle has none."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def holding(self, chat: str) -> AsyncIterator[None]:
        """Run the block alone among those of the same chat."""
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._users[chat] += 1
        try:
            async with lock:
                yield
        finally:
            self._users[chat] -= 1
            if not self._users[chat]:
                del self._users[chat], self._locks[chat]


class Webhook:
    """Answers Telegram's calls; the parameters are those of `polling.Poller`."""

    def __init__(
        self,
        client: Client,
        handle: Handle,
        wake: asyncio.Event,
        secret: SecretStr,
        *,
        username: str = "",
        fatal: tuple[type[Exception], ...] = (),
    ) -> None:
        self._client, self._handle, self._wake, self._username = client, handle, wake, username
        self._secret = secret.get_secret_value().encode()
        self._fatal = fatal
        self._locks = ChatLocks()
        self._failures: Counter[int] = Counter()

    async def receive(self, request: Request) -> Response:
        """Handle one call: 403 not from Telegram, 413 too long, 400 no update, 500 failed, 200 handled."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return _status(HTTPStatus.FORBIDDEN)
        body = await _body(request)
        if body is None:
            return _status(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        update = received(_json(body), self._username, self._client)
        return _status(HTTPStatus.BAD_REQUEST) if update is None else await self._take(update)

    async def _take(self, update: Received) -> Response:
        chat = update.delivery.sender.address if update.delivery else f"update {update.update_id}"
        notice = None
        try:
            async with self._locks.holding(chat):
                notice = await take(update, self._handle)
        except Exception as error:  # noqa: BLE001 - the edge: a failure is told to Telegram, which sends again
            if self._comes_again(update, error):
                return _status(HTTPStatus.INTERNAL_SERVER_ERROR)
        self._failures.pop(update.update_id, None)
        self._wake.set()
        reply = _status(HTTPStatus.OK)
        reply.background = BackgroundTask(answer, self._client, update, notice)
        return reply

    def _comes_again(self, update: Received, error: Exception) -> bool:
        """Return whether Telegram shall send the update again: always, if it is not the update's own fault."""
        self._failures[update.update_id] += 1
        tries = self._failures[update.update_id]
        log.warning("Update %s failed, try %d: %s", update.update_id, tries, place(error))
        if len(self._failures) > MOST_REMEMBERED:
            del self._failures[min(self._failures)]
        if isinstance(error, self._fatal) or tries < MOST_TRIES:
            return True
        log.error("Update %s is given up after %d tries", update.update_id, tries)
        return False


def webhook_app(webhook: Webhook, path: str) -> Starlette:
    """Return the web application: the webhook at `path`, and `GET /health`."""
    return Starlette(routes=[Route(path, webhook.receive, methods=["POST"]), Route("/health", _health)])


async def serve_webhook(
    webhook: Webhook,
    client: Client,
    secret: SecretStr,
    *,
    public_url: str,
    path: str = "/telegram",
    host: str = "127.0.0.1",
    port: int = 8080,
    pause: Pause = asyncio.sleep,
) -> None:
    """Serve the webhook until cancelled, and tell Telegram where it is; calls under way are finished first.

    `public_url` is where the reverse proxy that holds the certificate can be reached, without the path.
    Raises WebhookError where nothing can listen there, or Telegram does not take the address.
    """
    with _listening(host, port) as listener:
        server = _Server(_config(webhook_app(webhook, path)))
        serving = asyncio.ensure_future(server.serve([listener]))
        try:
            await _announce(client, public_url.rstrip("/") + path, secret, pause)
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            await serving


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise WebhookError(f"cannot listen on {host}:{port}: {error.strerror}. Is another program there?") from error


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=CLOSING_S)


async def _announce(client: Client, url: str, secret: SecretStr, pause: Pause) -> None:
    async def announce() -> None:
        await client.set_webhook(url, secret_token=secret.get_secret_value(), allowed_updates=ALLOWED_UPDATES)

    try:
        await until_reached(announce, pause)
    except BadRequest as error:
        raise WebhookError(f"Telegram does not take the webhook address {url}: {error.message}") from None


class _Server(uvicorn.Server):
    """Uvicorn, but for signals: the program that it is a part of handles them."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


async def _health(request: Request) -> Response:
    return PlainTextResponse("ok")


async def _body(request: Request) -> bytes | None:
    """Return the body, None where it is longer than an update can be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _json(body: bytes) -> object:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value


def _status(status: HTTPStatus) -> Response:
    return PlainTextResponse(status.phrase, status)
