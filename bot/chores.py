"""What has to be done now and then: reminders, alerts that wait, files from members, and wiping what was deleted."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot import alerting, conversing, menu, pushing, retaining, roles
from bot import member_phrases as words
from bot.pushing import Pushed
from bot.telegram.errors import place
from bot.visit import House, Visit
from dialogues import conversation as talk
from dialogues.reading import read
from storage import alerts, conversations, inbox, respondents, retention, uploads
from storage.database import Database, Transaction
from storage.errors import FATAL, StorageError
from storage.ids import ConversationId, UploadId
from storage.raw_words import Redact
from storage.uploads import Upload

EVERY_S = 1.0
REMINDERS_AT_ONCE = 50
FORGET_UNDECIDED_AFTER = timedelta(days=3)
"""Who wrote to the bot and began no dialogue is forgotten then: there is no reason to know their chat."""
FORGET_EVERY = timedelta(hours=1)
"""How often to look for those: it takes a look at everybody."""
MOST_TRIES = 3
"""Of fetching and checking one file, a second apart; the next file waits meanwhile."""
PURGE_EVERY = timedelta(seconds=5)
"""Wiping writes the whole file anew, so it is done for many deletions together."""
PURGE_SHARE = 20
"""A large file takes long to write: wiping takes no more than one part in so many of the time."""
MOST_PURGE_BACKOFF = timedelta(hours=1)
"""Between tries where wiping fails, as with too little room on the disk for the second copy that it needs."""
RETAIN_EVERY = timedelta(hours=1)
"""How often to look whether a day has passed since the retention clock ran."""
KEEP_INBOX = timedelta(days=3)
"""Telegram repeats an update for a day at most. After a week without any it starts at a random number, which must not
be taken for one handled before: so those are forgotten well within the week."""

log = logging.getLogger(__name__)

Fetch = Callable[[str, int], Awaitable[bytes]]
"""Returns the content of a file by the channel's id of it, of at most so many bytes; raises the errors below."""


class UnfetchedError(Exception):
    """A file could not be fetched."""


class TooLargeError(Exception):
    """A file is larger than announced, and than we take."""


class Chores:
    """Does the chores until cancelled; `wake` is set when there is something to send.

    What fails is noted and left for later, or given up. Only where nothing can be stored at all, the program ends.
    """

    def __init__(
        self,
        database: Database,
        house: House,
        wake: asyncio.Event,
        fetch: Fetch,
        redact: Redact,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._house, self._wake, self._fetch = database, house, wake, fetch
        self._redact = redact
        self._now, self._clock = now, clock
        self._tries: Counter[UploadId] = Counter()
        self._forget_at: datetime | None = None
        self._retain_at: datetime | None = None
        self._purge_at: datetime | None = None
        self._purge_failures = 0

    async def run(self) -> None:
        """Do every chore, again and again."""
        while True:
            await self.once()
            await asyncio.sleep(EVERY_S)

    async def once(self) -> None:
        """Do every chore that is due. Raises UnusableError and BusyError."""
        await self._take_uploads()
        await self._remind()
        await self._escalate()
        await self._forget_undecided()
        await self._retain()
        await self._purge()

    # --- files

    async def _take_uploads(self) -> None:
        while (upload := await self._database.read(uploads.next_upload)) is not None:
            try:
                await self._take(upload)
            except FATAL:
                raise
            except Exception as error:  # noqa: BLE001 - the edge: one broken file must not end the bot
                self._tries[upload.id] += 1
                log.warning("Upload %s failed, try %d: %s", upload.id, self._tries[upload.id], place(error))
                if self._tries[upload.id] < MOST_TRIES:
                    return
                failed = words.UPLOAD_FAILED.format(filename=upload.filename)
                await self._database.write(partial(self._answer, upload, failed, self._now()))
            del self._tries[upload.id]
            self._wake.set()

    async def _take(self, upload: Upload) -> None:
        pushed = await self._pushed(upload)
        await self._database.write(partial(self._answer, upload, pushed, self._now()))

    async def _pushed(self, upload: Upload) -> Pushed | str:
        """Return the file with what the check says of it, or what to tell of one that could not be had."""
        try:
            source = await self._fetch(upload.file_id, self._house.upload_bytes)
        except UnfetchedError:
            log.warning("Upload %s could not be fetched", upload.id)
            return words.UPLOAD_FAILED.format(filename=upload.filename)
        except TooLargeError:
            most = self._house.upload_bytes // 1024
            return words.UPLOAD_TOO_LARGE.format(filename=upload.filename, size=f"more than {most}", most=most)
        report = await asyncio.to_thread(read, source)
        return Pushed(upload.filename, source, report)

    def _answer(self, upload: Upload, pushed: Pushed | str, now: datetime, tx: Transaction) -> None:
        uploads.finish(tx, upload.id)
        person = respondents.find(tx, upload.respondent)
        if person is None or not roles.may(person.role, "push"):
            return
        visit = Visit(self._house, tx, person, now)
        if isinstance(pushed, str):
            visit.send(pushed)
        else:
            pushing.received(visit, pushed)

    # --- reminders

    async def _remind(self) -> None:
        now = self._now()
        due = await self._database.read(lambda tx: conversations.due(tx, now, REMINDERS_AT_ONCE))
        for conversation_id in due:
            try:
                await self._database.write(partial(self._time_out, conversation_id, now))
            except FATAL:
                raise
            except Exception as error:  # noqa: BLE001 - the edge: one broken conversation must not end the bot
                log.error("Conversation %s cannot be reminded: %s", conversation_id, place(error))  # noqa: TRY400
                await self._database.write(partial(_leave_in_peace, conversation_id))
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

    # --- alerts

    async def _escalate(self) -> None:
        """Tell leads and staff of alerts that nobody has taken."""
        now = self._now()
        waited = timedelta(minutes=self._house.deployment.escalation_minutes)
        if await self._database.read(lambda tx: alerts.overdue(tx, now - waited)):
            told = await self._database.write(lambda tx: alerting.escalate(tx, waited, now))
            log.warning("%d alerts wait for a lead", told)
            self._wake.set()

    # --- forgetting

    async def _forget_undecided(self) -> None:
        now = self._now()
        if self._forget_at is not None and now < self._forget_at:
            return
        self._forget_at, before = now + FORGET_EVERY, now - FORGET_UNDECIDED_AFTER
        for respondent_id in await self._database.read(lambda tx: respondents.undecided(tx, before)):
            await self._database.write(
                partial(respondents.forget_undecided, respondent_id=respondent_id, met_before=before)
            )

    # --- retention

    async def _retain(self) -> None:
        """Run the retention clock where it has not run for a day; what fails is tried again an hour later."""
        now = self._now()
        if self._retain_at is not None and now < self._retain_at:
            return
        self._retain_at = now + RETAIN_EVERY
        last = await self._database.read(retention.last_run)
        if not retaining.is_due(last[0] if last else None, now):
            return
        try:
            counts = await retaining.retain(self._database, self._house.deployment, self._redact, "program", now)
        except FATAL:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: people are heard all the same
            log.error("The retention clock did not run: %s", place(error))  # noqa: TRY400
        else:
            log.info("Kept long enough, and gone: %d", sum(counts.values()))

    # --- wiping

    async def _purge(self) -> None:
        now = self._now()
        if self._purge_at is not None and now < self._purge_at:
            return
        self._purge_at = now + PURGE_EVERY
        if await self._database.purge_due():
            self._purge_at = now + await self._wipe()
        await self._database.write(lambda tx: inbox.forget_before(tx, now - KEEP_INBOX))

    async def _wipe(self) -> timedelta:
        """Wipe what was deleted, and return how long to wait before the next time."""
        started_s = self._clock()
        try:
            await self._database.purge()
        except StorageError as error:
            log.warning("Deleted bytes could not be wiped yet; trying again: %s", place(error))
            self._purge_failures += 1
            pause = min(MOST_PURGE_BACKOFF, PURGE_EVERY * 2.0 ** min(self._purge_failures, 10))
        else:
            self._purge_failures, pause = 0, PURGE_EVERY
        took = timedelta(seconds=self._clock() - started_s)
        return max(pause, took * PURGE_SHARE)


def _leave_in_peace(conversation_id: ConversationId, tx: Transaction) -> None:
    conversations.set_reminder(tx, conversation_id, None)
