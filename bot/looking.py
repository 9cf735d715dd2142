"""The second look: sentence vectors see hints that no phrase holds, before the next question goes out.

It runs in a thread of its own, so that neither the event loop nor the database waits. Where it cannot be had in time,
phrases decide alone; the words are then held back from everybody until it has seen them, and what it finds in them
brings help late rather than never.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NoReturn, TypeAlias

from bot import conversing, helping
from bot.incoming import Delivery, typed
from bot.telegram.backoff import backoff_s
from bot.telegram.errors import place
from bot.visit import House, Visit
from storage import conversations, looking, respondents
from storage.database import Database, Transaction
from storage.errors import FATAL
from storage.looking import Unseen, UnseenWords

Flags: TypeAlias = Callable[[str, str], tuple[str, ...]]
"""Returns the flags of a text in a language, by phrases and by vectors."""

WITHIN_S = 1.0
"""A look takes some milliseconds; a young person should not wait for one that is stuck."""
LEAST_WORDS = 2
"""One word alone is a phrase or nothing: a vector says little of it."""
AT_ONCE_A_MINUTE = 30
"""Looks at one person's words before the bot answers; nobody types more, and a script must not hold up others."""
BATCH_REPLIES = 32
IDLE_S = 2.0
MOST_BACKOFF_S = 300.0

log = logging.getLogger(__name__)


class SecondLook:
    """Looks at what comes in, and later at what there was no time for.

    `load` loads the model; `wake` is set when there is something to send.
    """

    def __init__(
        self,
        database: Database,
        house: House,
        wake: asyncio.Event,
        load: Callable[[], Flags],
        *,
        within_s: float = WITHIN_S,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database, self._house, self._wake, self._load = database, house, wake, load
        self._within_s, self._now, self._pause = within_s, now, pause
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="second-look")
        self._flags: Flags | None = None
        self._tried_to_load = asyncio.Event()
        self._counted_from = now()
        self._looks: Counter[str] = Counter()

    async def run(self) -> NoReturn:
        """Load the model, then look at what waits, until cancelled. Raises UnusableError and BusyError."""
        failures = 0
        try:
            while True:
                try:
                    waits_s = 0.0 if await self.once() else IDLE_S
                    failures = 0
                except FATAL:
                    raise
                except Exception as error:  # noqa: BLE001 - the edge: people are heard, looked at or not
                    log.error("No second look, try %d: %s", failures + 1, place(error))  # noqa: TRY400
                    waits_s, failures = backoff_s(failures, MOST_BACKOFF_S), failures + 1
                await self._pause(waits_s)
        finally:
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def before(self, delivery: Delivery) -> Delivery:
        """Return what came in with the flags of a second look, None where there was no time for one."""
        text = typed(delivery.incoming)
        if len(text.split()) < LEAST_WORDS:
            return delivery
        if self._is_flooding(delivery.sender.address):
            return replace(delivery, second=None)
        return replace(delivery, second=await self._in_time(text, delivery.sender.language or ""))

    def _is_flooding(self, address: str) -> bool:
        """Count a look at somebody's words, and return whether it has to wait until there is time."""
        now = self._now()
        if now - self._counted_from >= timedelta(minutes=1):
            self._counted_from, self._looks = now, Counter()
        self._looks[address] += 1
        return self._looks[address] > AT_ONCE_A_MINUTE

    async def _in_time(self, text: str, language: str) -> tuple[str, ...] | None:
        try:
            async with asyncio.timeout(self._within_s):
                await self._tried_to_load.wait()
                if self._flags is None:
                    return None
                return await asyncio.get_running_loop().run_in_executor(self._thread, self._flags, text, language)
        except TimeoutError:
            log.warning("A second look took too long")
        except Exception as error:  # noqa: BLE001 - the edge: without it, phrases decide
            log.error("A second look failed: %s", place(error))  # noqa: TRY400
        return None

    async def once(self) -> int:
        """Load the model at first; look at a batch of words that there was no time for, and return how many."""
        look = await self._loaded()
        replies = await self._database.read(lambda tx: looking.waiting(tx, BATCH_REPLIES))
        others = await self._database.read(lambda tx: looking.waiting_words(tx, BATCH_REPLIES))
        waiting: list[Unseen | UnseenWords] = [*replies, *others]
        return sum([await self._look_late(unseen, look) for unseen in waiting])

    async def _loaded(self) -> Flags:
        try:
            if self._flags is None:
                self._flags = await asyncio.get_running_loop().run_in_executor(self._thread, self._load)
        finally:
            self._tried_to_load.set()
        return self._flags

    async def _look_late(self, unseen: Unseen | UnseenWords, look: Flags) -> bool:
        """Look at one message; False where that fails: it stays held back, and holds up no other."""
        loop = asyncio.get_running_loop()
        try:
            flags = await loop.run_in_executor(self._thread, look, unseen.text, unseen.language)
            await self._database.write(partial(_settle, self._house, unseen, flags, self._now()))
        except FATAL:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: one broken message must not hide all the others
            log.error("Words of %s could not be looked at: %s", unseen.respondent, place(error))  # noqa: TRY400
            return False
        if flags:
            self._wake.set()
        return True


def _settle(house: House, unseen: Unseen | UnseenWords, flags: tuple[str, ...], now: datetime, tx: Transaction) -> None:
    """Let innocent words go; where they are not, bring help, late, and pause whatever is being asked by now."""
    if isinstance(unseen, Unseen):
        still_there = looking.settle(tx, unseen.response_id, flags, revision=unseen.revision)
    else:
        still_there = looking.drop(tx, unseen)
    person = respondents.find(tx, unseen.respondent)
    if not still_there or not flags or person is None:
        return
    visit = Visit(house, tx, person, now)
    current = conversations.current(tx, person.id)
    if current is not None:
        conversing.hush(visit, current)
    if isinstance(unseen, Unseen):
        current = conversations.load(tx, unseen.conversation)
    kept = [unseen.response_id] if isinstance(unseen, Unseen) else []
    helping.support_late(visit, flags, unseen.text, current, kept)
