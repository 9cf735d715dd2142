"""What is done with each update, however it arrives: hand it to the desk, then answer the tap.

The desk commits before it returns, so whoever called `take` may tell Telegram that the update has arrived.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram.error import TelegramError as BotApiError

from bot.incoming import Delivery
from bot.telegram.client import Client
from bot.telegram.errors import place
from bot.telegram.updates import Received

Handle: TypeAlias = Callable[[Delivery], Awaitable[str | None]]
"""Takes one delivery, commits what follows from it, and returns what to show whoever tapped (None or "": nothing)."""

MOST_NOTICE_CHARS = 200
"""Telegram's limit for the text of answerCallbackQuery."""

log = logging.getLogger(__name__)


async def take(update: Received, handle: Handle) -> str | None:
    """Hand the update over and return the notice for a tap. Raises whatever `handle` raises."""
    return await handle(update.delivery) if update.delivery else None


async def answer(client: Client, update: Received, notice: str | None) -> None:
    """Let the tapped button stop spinning, and show the notice. At best: an old tap can no longer be answered."""
    if update.query_id is None:
        return
    try:
        await client.answer_callback_query(update.query_id, (notice or "")[:MOST_NOTICE_CHARS] or None)
    except BotApiError as error:
        log.warning("The tap of update %s could not be answered: %s", update.update_id, place(error))
