"""The bot's account at Telegram: how to reach it, and who it is.

Knows the token; nobody else does.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from pydantic import SecretStr
from telegram import Bot
from telegram.error import BadRequest, InvalidToken
from telegram.error import TelegramError as BotApiError

from bot.telegram.backoff import backoff_s
from bot.telegram.errors import TokenRefusedError, UnreachableError, place
from bot.telegram.transport import AiohttpRequest

Pause: TypeAlias = Callable[[float], Awaitable[None]]
"""Waits for so many seconds."""

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")
"""What `updates` understands; Telegram keeps the rest."""
MOST_BACKOFF_S = 30.0
DEAF_AFTER_S = 300.0
TALKATIVE_LOGGERS = ("aiohttp", "httpcore", "httpx", "telegram", "uvicorn.access")
"""At INFO or DEBUG they log addresses with the token, or whole messages."""

log = logging.getLogger(__name__)


class Client(Bot):
    """PTB's bot, with updates as they come: PTB's `get_updates` logs all of a batch if it cannot read one of them."""

    async def raw_updates(self, offset: int | None, timeout_s: int) -> list[object]:
        """Return what waits from `offset` on, up to 100 updates, or nothing after `timeout_s` seconds."""
        answer: object = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": timeout_s, "allowed_updates": ALLOWED_UPDATES},
            read_timeout=timeout_s + (self._request[0].read_timeout or 0),
        )
        return answer if isinstance(answer, list) else []


def make_client(token: SecretStr, api: str = "https://api.telegram.org", connections: int = 64) -> Client:
    """Return a client that is not yet connected; `api` is the Bot API's base address."""
    base = api.rstrip("/")
    try:
        return Client(
            token.get_secret_value(),
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=AiohttpRequest(connections),
            get_updates_request=AiohttpRequest(1),
        )
    except InvalidToken:
        raise TokenRefusedError from None


@asynccontextmanager
async def connected(
    client: Client, pause: Pause = asyncio.sleep, *, deaf_after_s: float = DEAF_AFTER_S
) -> AsyncIterator[str]:
    """Connect, though the network may be away for a while, and give the bot's username.

    Raises TokenRefusedError where Telegram does not know the token, UnreachableError after `deaf_after_s` seconds.
    """
    quieten()
    try:
        yield await _introduced(client, pause, deaf_after_s)
    finally:
        await client.shutdown()


async def _introduced(client: Client, pause: Pause, deaf_after_s: float) -> str:
    try:
        async with asyncio.timeout(deaf_after_s):  # a call that hangs counts too
            await until_reached(client.initialize, pause)
    except TimeoutError:
        raise UnreachableError(deaf_after_s) from None
    return client.username


async def until_reached(call: Callable[[], Awaitable[object]], pause: Pause) -> None:
    """Make a call of the Bot API, again and again while the network is away.

    Raises TokenRefusedError, and telegram.error.BadRequest where the call itself is wrong.
    """
    failures = 0
    while True:
        try:
            await call()
        except InvalidToken:
            raise TokenRefusedError from None  # PTB's own text holds the token
        except BadRequest:
            raise
        except BotApiError as error:
            log.warning("Telegram cannot be reached (%s); trying again", place(error))
            await pause(backoff_s(failures, MOST_BACKOFF_S))
            failures += 1
        else:
            return


def quieten() -> None:
    """Set the loggers that would write a token or a person's words to WARNING."""
    for name in TALKATIVE_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
