"""Sends what stands in the outbox: at Telegram's pace, each chat in order, different chats side by side.

The outbox is the only memory of what is to be sent. A chat's next message is read when its turn comes, so what was
withdrawn meanwhile (a person deleted everything) does not go out.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NoReturn, assert_never

from telegram import Bot

from bot import member_phrases as words
from bot.mydata_file import mydata
from bot.phrases import bot_phrases
from bot.telegram.backoff import backoff_s
from bot.telegram.client import Pause
from bot.telegram.pacing import Pacing
from bot.telegram.posting import Blocked, Flooded, MakeExport, Outcome, Refused, Sent, Unreached, WithdrawnError, post
from bot.telegram.pulse import Beat, Pulse, no_beat, utc_now
from storage import outbox, respondents
from storage.database import Database, Transaction
from storage.ids import RespondentId
from storage.outbox import Outgoing, Waiting

MOST_IN_FLIGHT = 16
"""Calls at a time: at a tenth of a second each this is far above the pace, and stays so when Telegram is slow."""
READ_AHEAD = 200
"""Chats looked at for those whose turn it is: some may be busy, or have had their share for now."""
IDLE_S = 1.0
"""How often the outbox is looked at unasked, for what is due again."""
MOST_BACKOFF_S = 300.0
MOST_TRIES = 400
"""Of one message: about a day, since the pauses grow to 225 s on average. After that it would only confuse."""
MOST_EXPORT_TRIES = 3
"""Each makes and uploads the whole file anew, and who asked can ask again."""
TOGETHER_S = 1.0
"""Flood control in two chats within this time means all of them."""
CLOSING_S = 5.0
"""For calls under way when the bot is stopped: what is marked as sent is not sent again."""

SETTLING_S = 2.0
"""A call to Telegram takes some 0.1 s; a slower one is not waited for, and the reply is asked for again."""

log = logging.getLogger(__name__)


class OutboxSender:
    """Sends until it is cancelled. `wake` says that there may be something new; `clock` counts seconds."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        wake: asyncio.Event,
        make_export: MakeExport,
        *,
        pacing: Pacing | None = None,
        beat: Beat = no_beat,
        most_in_flight: int = MOST_IN_FLIGHT,
        pause: Pause = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._bot, self._database, self._wake, self._make_export = bot, database, wake, make_export
        self._pacing = pacing or Pacing()
        self._pulse = Pulse(beat, clock)
        self._most_in_flight = most_in_flight
        self._pause, self._clock, self._now = pause, clock, now
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._flood: tuple[str, float] | None = None

    async def run(self) -> NoReturn:
        """Send for ever. Raises an exception group of TokenRefusedError or the database's errors."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                await self._pulse.beat(self._now())
                await self._woken(within_s=await self._start_due(group))

    async def settled(self, address: str) -> None:
        """Wait until what is under way to that chat, if anything, is noted as sent; not longer than `SETTLING_S`.

        Whoever answers a question may be heard before its sending is noted.
        """
        under_way = self._busy.get(address)
        if under_way is not None:
            await asyncio.wait([under_way], timeout=SETTLING_S)

    async def _start_due(self, group: asyncio.TaskGroup) -> float:
        """Start the next message of each chat whose turn it is, and return in how many seconds to look again."""
        now, busy = self._now(), frozenset(self._busy)  # who is done while we read may still be among the rows
        rows = await self._database.read(lambda tx: outbox.waiting(tx, now, READ_AHEAD, "telegram"))
        now_s = self._clock()
        again_s = now_s + IDLE_S
        for row in rows:
            if row.address in busy:
                continue
            if len(self._busy) >= self._most_in_flight:
                break
            paced = None if row.outgoing.kind == "edit" else row.address
            free_at_s = max(self._pacing.all_free_at(now_s), self._pacing.free_at(paced, now_s))
            if free_at_s > now_s:
                again_s = min(again_s, free_at_s)
                continue
            self._pacing.note(paced, now_s)
            self._busy[row.address] = group.create_task(self._deliver(row))
        return again_s - now_s

    async def _woken(self, within_s: float) -> None:
        waits = [asyncio.ensure_future(self._wake.wait()), asyncio.ensure_future(self._pause(within_s))]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _deliver(self, row: Waiting) -> None:
        work = asyncio.ensure_future(self._post(row))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait([work], timeout=CLOSING_S)
            work.cancel()
            raise
        finally:
            self._busy.pop(row.address, None)
            self._wake.set()

    async def _post(self, row: Waiting) -> None:
        outcome = await post(self._bot, row, partial(self._wanted_export, row), self._mydata)
        if isinstance(outcome, Flooded):
            self._note_flood(row, outcome)
        if isinstance(outcome, Flooded | Unreached) and row.attempts + 1 >= _most_tries(row):
            outcome = Refused(f"not delivered in {row.attempts + 1} tries")
        if isinstance(outcome, Refused):
            log.error("Outbox row %s is given up", row.id)
        now = self._now()
        await self._database.write(lambda tx: _settle(tx, row, outcome, now))

    async def _wanted_export(self, row: Waiting, filename: str) -> Path:
        """Return the file, if it is still to be sent: making it took a while. Raises WithdrawnError, ExportError."""
        path = await self._make_export(filename)
        if await self._database.read(lambda tx: outbox.is_waiting(tx, row.id)):
            return path
        await asyncio.to_thread(path.unlink, missing_ok=True)
        raise WithdrawnError

    async def _mydata(self, respondent_id: RespondentId) -> bytes:
        """Return the file of all that is held about the person. Raises ExportError where that is nothing any more."""
        return await self._database.read(lambda tx: mydata(tx, respondent_id))

    def _note_flood(self, row: Waiting, flooded: Flooded) -> None:
        log.warning("Flood control at outbox row %s: %.0f s", row.id, flooded.after_s)
        now_s, before = self._clock(), self._flood
        self._flood = (row.address, now_s)
        if before and before[0] != row.address and now_s - before[1] <= TOGETHER_S:
            self._pacing.hold_all(now_s + flooded.after_s)


def _most_tries(row: Waiting) -> int:
    return MOST_EXPORT_TRIES if row.outgoing.kind in ("export", "mydata") else MOST_TRIES


def _settle(tx: Transaction, row: Waiting, outcome: Outcome, now: datetime) -> None:
    """Write down what became of a message."""
    match outcome:
        case Sent(message_id):
            outbox.sent(tx, row.id, message_id, now)
        case Flooded(after_s):
            outbox.retry(tx, row.id, now + timedelta(seconds=after_s))
        case Unreached():
            outbox.retry(tx, row.id, now + timedelta(seconds=backoff_s(row.attempts, MOST_BACKOFF_S)))
        case Blocked():
            outbox.give_up_all(tx, row.respondent, "blocked", now)
            respondents.mark_blocked(tx, row.respondent, now)
        case Refused(reason, told):
            outbox.give_up(tx, row.id, reason, now)
            _say_what_failed(tx, row, told, now)
        case _:
            assert_never(outcome)


def _say_what_failed(tx: Transaction, row: Waiting, told: str | None, now: datetime) -> None:
    """Say that there will be no file to whoever asked for it, if they are still there."""
    person = respondents.find(tx, row.respondent)
    if person is None:
        return
    if row.outgoing.kind == "export":
        text = words.EXPORT_FAILED.format(filename=row.outgoing.text, reason=told or words.EXPORT_NOT_SENT)
        outbox.put(tx, person.id, Outgoing("message", text), now)
    elif row.outgoing.kind == "mydata":
        outbox.put(tx, person.id, Outgoing("message", bot_phrases(person.language or "en").mydata_failed), now)
