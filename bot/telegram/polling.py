"""Long polling: fetches updates, and acknowledges them only when they have been handled.

Asking for the updates after a number tells Telegram to forget those up to it; so the next question is asked when
all of a batch is committed. A crash before means that they come again, and the desk knows them by their ids.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NoReturn

from telegram.error import Conflict, InvalidToken
from telegram.error import TelegramError as BotApiError

from bot.telegram.backoff import backoff_s
from bot.telegram.client import DEAF_AFTER_S, MOST_BACKOFF_S, Client, Pause, until_reached
from bot.telegram.errors import DeafError, TokenRefusedError, place
from bot.telegram.intake import Handle, answer, take
from bot.telegram.pulse import Beat, Pulse, no_beat, utc_now
from bot.telegram.transport import TooManyRequestsError
from bot.telegram.updates import Received, received

LONG_POLL_S = 30
"""How long Telegram waits for news before it answers with none; routers forget a quiet connection after a minute."""
APART_S = 0.03
"""Between two polls: under load it gathers some updates into one batch, and nobody notices the delay."""
MOST_TRIES = 3
"""Of handling one update; then it is given up, so that one broken update cannot deafen the bot."""

log = logging.getLogger(__name__)


class Poller:
    """Fetches updates until it is cancelled, or cannot go on.

    `handle` takes each; `wake` is set after every batch, for the sender; `fatal` are the kinds of errors of `handle`
    that end the poller rather than lose an update (the database's); `beat` records, at most every half minute, that
    a poll has succeeded. `clock` counts seconds and never jumps; `now` is the time of day.
    """

    def __init__(
        self,
        client: Client,
        handle: Handle,
        wake: asyncio.Event,
        *,
        username: str = "",
        fatal: tuple[type[Exception], ...] = (),
        deaf_after_s: float = DEAF_AFTER_S,
        beat: Beat = no_beat,
        pause: Pause = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._client, self._handle, self._wake, self._username = client, handle, wake, username
        self._fatal, self._deaf_after_s, self._pulse = fatal, deaf_after_s, Pulse(beat, clock)
        self._pause, self._clock, self._now = pause, clock, now
        self._offset: int | None = None
        self._failures = 0
        self._heard_at_s = clock()

    async def run(self) -> NoReturn:
        """Poll for ever.

        Raises an exception group of TokenRefusedError, DeafError or one of the `fatal` errors.
        """
        self._heard_at_s = self._clock()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch())
            await until_reached(self._client.delete_webhook, self._pause)  # while one is set, polling is refused
            while True:
                await self._once(group)
                await self._pause(APART_S)

    async def _watch(self) -> None:
        """Raise DeafError when the last success is too long ago, whatever the reason: a stuck handler is one too."""
        while True:
            await self._pause(self._deaf_after_s / 10)
            silent_s = self._clock() - self._heard_at_s
            if silent_s > self._deaf_after_s:
                log.error("No poll has succeeded for %.0f seconds", silent_s)
                raise DeafError(silent_s)

    async def _once(self, group: asyncio.TaskGroup) -> None:
        try:
            raws = await self._client.raw_updates(self._offset, LONG_POLL_S)
        except InvalidToken:
            raise TokenRefusedError from None
        except BotApiError as error:
            await self._after_failure(error)
            return
        await self._note_success()
        await self._batch([received(raw, self._username, self._client) for raw in raws], group)

    async def _after_failure(self, error: BotApiError) -> None:
        if isinstance(error, Conflict):
            log.error("Another copy of this bot is running with the same token, or a webhook is set: stop one of them")
        else:
            log.warning("Polling failed (%s); trying again", place(error))
        floor_s = error.after_s if isinstance(error, TooManyRequestsError) else 0.0
        await self._pause(max(floor_s, backoff_s(self._failures, MOST_BACKOFF_S)))
        self._failures += 1

    async def _note_success(self) -> None:
        self._failures, self._heard_at_s = 0, self._clock()
        await self._pulse.beat(self._now())

    async def _batch(self, updates: Iterable[Received | None], group: asyncio.TaskGroup) -> None:
        known = [update for update in updates if update is not None]
        async with asyncio.TaskGroup() as lanes:
            for lane in _by_chat(known):
                lanes.create_task(self._lane(lane, group))
        if known:
            self._offset = max(update.update_id for update in known) + 1
            self._wake.set()

    async def _lane(self, lane: list[Received], group: asyncio.TaskGroup) -> None:
        for update in lane:
            notice = await self._persistently(update)
            if update.query_id is not None:
                group.create_task(answer(self._client, update, notice))

    async def _persistently(self, update: Received) -> str | None:
        """Return the notice for a tap; None too where the update is given up, so that it cannot deafen the bot."""
        for tries in range(1, MOST_TRIES + 1):
            if tries > 1:
                await self._pause(backoff_s(tries, most_s=2.0))
            try:
                return await take(update, self._handle)
            except self._fatal:
                raise
            except Exception as error:  # noqa: BLE001 - the edge: one broken update must not stop all the others
                log.warning("Update %s failed, try %d of %d: %s", update.update_id, tries, MOST_TRIES, place(error))
        log.error("Update %s is given up after %d tries", update.update_id, MOST_TRIES)
        return None


def _by_chat(updates: list[Received]) -> list[list[Received]]:
    """Return the updates of each chat in order; those that mean nothing to us stand alone."""
    lanes: dict[str, list[Received]] = {}
    for update in updates:
        key = update.delivery.sender.address if update.delivery else f"update {update.update_id}"
        lanes.setdefault(key, []).append(update)
    return list(lanes.values())
