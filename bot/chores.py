"""What has to be done now and then: reminders, files that members sent, and wiping what was deleted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot import conversing, menu, pushing, roles
from bot import member_phrases as words
from bot.pushing import Pushed
from bot.visit import House, Visit
from dialogues import conversation as talk
from dialogues.reading import read
from storage import conversations, inbox, respondents, uploads
from storage.database import Database, Transaction
from storage.errors import BusyError
from storage.ids import ConversationId
from storage.uploads import Upload

EVERY_S = 1.0
REMINDERS_AT_ONCE = 50
PURGE_EVERY = timedelta(seconds=30)
"""Wiping writes the whole file anew, so it is done for many deletions together."""
KEEP_INBOX = timedelta(days=14)
"""Telegram repeats an update for a day at most, and starts its numbers anew after a week without any."""

log = logging.getLogger(__name__)

Fetch = Callable[[str, int], Awaitable[bytes]]
"""Returns the content of a file by the channel's id of it, of at most so many bytes."""


class UnfetchedError(Exception):
    """A file could not be fetched."""


class Chores:
    """Does the chores until cancelled; `wake` is set when there is something to send."""

    def __init__(
        self,
        database: Database,
        house: House,
        wake: asyncio.Event,
        fetch: Fetch,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database, self._house, self._wake, self._fetch, self._now = database, house, wake, fetch, now
        self._purged_at: datetime | None = None

    async def run(self) -> None:
        """Do every chore, again and again."""
        while True:
            await self.once()
            await asyncio.sleep(EVERY_S)

    async def once(self) -> None:
        """Do every chore that is due."""
        await self._take_uploads()
        await self._remind()
        await self._purge()

    async def _take_uploads(self) -> None:
        while (upload := await self._database.read(uploads.next_upload)) is not None:
            pushed = await self._pushed(upload)
            await self._database.write(partial(self._answer, upload, pushed, self._now()))
            self._wake.set()

    async def _pushed(self, upload: Upload) -> Pushed | None:
        try:
            source = await self._fetch(upload.file_id, self._house.upload_bytes)
        except UnfetchedError:
            log.warning("Upload %s could not be fetched", upload.id)
            return None
        report = await asyncio.to_thread(read, source)
        return Pushed(upload.filename, source, report)

    def _answer(self, upload: Upload, pushed: Pushed | None, now: datetime, tx: Transaction) -> None:
        uploads.finish(tx, upload.id)
        person = respondents.find(tx, upload.respondent)
        if person is None or not roles.may(person.role, "push"):
            return
        visit = Visit(self._house, tx, person, now)
        if pushed is None:
            visit.send(words.UPLOAD_FAILED.format(filename=upload.filename))
        else:
            pushing.received(visit, pushed)

    async def _remind(self) -> None:
        now = self._now()
        due = await self._database.read(lambda tx: conversations.due(tx, now, REMINDERS_AT_ONCE))
        for conversation_id in due:
            await self._database.write(partial(self._time_out, conversation_id, now))
            self._wake.set()

    def _time_out(self, conversation_id: ConversationId, now: datetime, tx: Transaction) -> None:
        try:
            stored = conversations.load(tx, conversation_id)
        except KeyError:
            return
        person = respondents.find(tx, stored.respondent)
        if person is None or conversation_id not in conversations.due(tx, now, REMINDERS_AT_ONCE):
            return
        visit = Visit(self._house, tx, person, now)
        conversations.set_reminder(tx, conversation_id, None)
        menu.show_after(visit, stored, ended=conversing.happen(visit, stored, talk.TimedOut()))

    async def _purge(self) -> None:
        now = self._now()
        if self._purged_at is not None and now < self._purged_at + PURGE_EVERY:
            return
        self._purged_at = now
        if await self._database.purge_due():
            try:
                await self._database.purge()
            except BusyError:
                log.info("Deleted bytes could not be wiped yet; trying again")
        await self._database.write(lambda tx: inbox.forget_before(tx, now - KEEP_INBOX))
