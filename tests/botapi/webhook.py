"""Delivering updates to the bot's webhook: in order within a line, lines side by side, again until it takes them.

Telegram keeps one line a chat for messages and one a person for taps, and so does this.
"""

import asyncio
import contextlib
import json

import aiohttp

from tests.botapi.account import Hook
from tests.botapi.api import BotApi
from tests.botapi.params import Params
from tests.botapi.updates import Update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MOST_ANSWER_S = 60.0


class Delivery:
    """Delivers while `run` runs. `retry_s` is the wait after a failure, doubled each time up to `most_retry_s`."""

    def __init__(self, api: BotApi, retry_s: float = 0.05, most_retry_s: float = 1.0) -> None:
        self._api = api
        self._retry_s = retry_s
        self._most_retry_s = most_retry_s
        self._busy: set[str] = set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            updates = self._api.account.updates
            while True:
                for update in self._due():
                    self._busy.add(update.line)
                    group.create_task(self._deliver(session, update))
                await updates.changed.wait()

    def _due(self) -> list[Update]:
        """Return the first update of each line that is not busy, as many as may be delivered at once."""
        account = self._api.account
        if not account.hook.url:
            return []
        first: dict[str, Update] = {}
        for update in account.updates.pending():
            if update.line not in self._busy:
                first.setdefault(update.line, update)
        return list(first.values())[: max(account.hook.most_at_once - len(self._busy), 0)]

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        updates, wait_s = self._api.account.updates, self._retry_s
        try:
            while (hook := self._api.account.hook).url and update in updates.pending():
                if await self._offer(session, hook, update):
                    updates.remove(update)
                    return await self._offer_again(session, hook, update)
                await asyncio.sleep(wait_s)
                wait_s = min(wait_s * 2, self._most_retry_s)
        finally:
            self._busy.discard(update.line)
            updates.changed.send()

    async def _offer_again(self, session: aiohttp.ClientSession, hook: Hook, update: Update) -> None:
        if update.again:
            await self._offer(session, hook, update)

    async def _offer(self, session: aiohttp.ClientSession, hook: Hook, update: Update) -> bool:
        """Return whether the bot took the update; an answer that names a method is carried out."""
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        timeout = aiohttp.ClientTimeout(total=MOST_ANSWER_S)
        try:
            async with session.post(hook.url, json=update.as_json(), headers=headers, timeout=timeout) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return self._failed(hook, f"Connection failed: {type(error).__name__}")
        if not 200 <= answer.status < 300:
            return self._failed(hook, f"Wrong response from the webhook: {answer.status} {answer.reason}")
        await self._carry_out(body)
        return True

    def _failed(self, hook: Hook, why: str) -> bool:
        hook.last_error, hook.last_error_at = why, self._api.account.clock()
        return False

    async def _carry_out(self, body: bytes) -> None:
        with contextlib.suppress(ValueError):
            call = json.loads(body or b"null")
            if isinstance(call, dict) and isinstance(method := call.pop("method", None), str):
                await self._api.call(self._api.account.token, method, Params(call))
