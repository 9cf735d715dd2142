"""Tags stored replies in the background, in a thread of its own: the chat never waits for it.

New words first, then what another machine has tagged: after a review or with another codebook, from stored vectors.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.machine import Lessons, Machine, lessons, make_machine, stored_tags, tagged_again
from bot.ranking import rank
from bot.telegram.backoff import backoff_s
from bot.telegram.errors import place
from nlp.acceptance import PRECISION
from nlp.coder import MachineCoder, Outcome, Reply, TaggedReply
from nlp.encoder import Encoder
from storage import tagging, teaching
from storage.database import Database, Transaction
from storage.errors import FATAL
from storage.tagging import Outdated, Tagged, Untagged

BATCH_REPLIES = 64
BATCH_AGAIN = 500
"""How many are tagged again at once: the one writer is held for some milliseconds."""
LEARN_EVERY = timedelta(seconds=10)
"""Reviews that come in a row are learned from together, and so is the order of review made anew."""
MOST_BACKOFF_S = 300.0
IDLE_S = 2.0
"""How long to wait before looking for untagged replies again, where nobody says that there are some."""

log = logging.getLogger(__name__)


class TaggingWorker:
    """Tags what `storage.tagging` says is untagged, batch by batch; for one task. `wake` may cut its idling short."""

    def __init__(
        self,
        database: Database,
        encoder: Callable[[], Encoder],
        region: str,
        *,
        precision: float = PRECISION,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database, self._make_encoder, self._region, self._now = database, encoder, region, now
        self._precision = precision
        self._coder: tuple[MachineCoder, Encoder] | None = None
        self._machine: Machine | None = None
        self._learn_at: datetime | None = None
        self._rank_at: datetime | None = None
        self._unranked = True
        self._failures = 0
        self._pause = pause
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Tag until cancelled. The models are loaded with the first reply. Raises UnusableError and BusyError.

        What else fails, as where the models cannot be loaded, is noted and tried again after a growing pause.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="tagging") as thread:
            while True:
                self.wake.clear()
                try:
                    done = await self.tag_batch(thread)
                except FATAL:
                    raise
                except Exception as error:  # noqa: BLE001 - the edge: people are heard, tagged or not
                    await self._after_failure(error)
                else:
                    self._failures = 0
                    await self._idle(IDLE_S if not done else 0)

    async def _idle(self, at_most_s: float) -> None:
        # not wait_for: in Python 3.11 it loses a cancellation that comes together with the waking
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most_s):
                await self.wake.wait()

    async def _after_failure(self, error: Exception) -> None:
        log.error("No replies could be tagged, try %d: %s", self._failures + 1, place(error))
        await self._pause(backoff_s(self._failures, MOST_BACKOFF_S))
        self._failures += 1

    async def tag_batch(self, thread: ThreadPoolExecutor) -> int:
        """Tag one batch and return how many replies it had; 0 when none waits or there is no codebook."""
        state = await self._database.read(teaching.state)
        if state is None:
            return 0
        batch = await self._database.read(lambda tx: tagging.untagged(tx, BATCH_REPLIES))
        if not batch and not await self._database.read(tagging.any_tagged):
            return 0  # the models are not loaded for nobody
        machine = await self._current(thread, state)
        if batch:
            await self._tag(thread, machine, batch)
        done = len(batch) or await self._tag_again(thread, machine)
        if done:
            self._unranked = True
        elif self._unranked and (self._rank_at is None or self._now() >= self._rank_at):
            await self._rank(thread, machine)
        return done

    async def _current(self, thread: ThreadPoolExecutor, state: teaching.State) -> Machine:
        """Return the machine for this state; for a while yet the one before, where only reviews have come in since."""
        machine, now = self._machine, self._now()
        if machine is not None and (machine.state == state or self._may_wait(machine, state, now)):
            return machine
        in_thread = asyncio.get_running_loop().run_in_executor
        coder, encoder = await in_thread(thread, self._loaded)
        told: Lessons = await self._database.read(lambda tx: lessons(tx, state, encoder.name))
        machine = await in_thread(thread, make_machine, told, coder, encoder, self._precision)
        stored = machine.stored
        await self._database.write(lambda tx: tagging.note(tx, stored, now))
        self._machine, self._learn_at = machine, now + LEARN_EVERY
        log.info("Tagging by codebook %s with %d reviews", stored.codebook_version, stored.reviews)
        return machine

    def _may_wait(self, machine: Machine, state: teaching.State, now: datetime) -> bool:
        same = machine.state.codebook_version == state.codebook_version
        return same and self._learn_at is not None and now < self._learn_at

    def _loaded(self) -> tuple[MachineCoder, Encoder]:
        if self._coder is None:
            encoder = self._make_encoder()
            self._coder = (MachineCoder(encoder, region=self._region), encoder)
        return self._coder

    async def _tag(self, thread: ThreadPoolExecutor, machine: Machine, batch: Sequence[Untagged]) -> None:
        outcomes = await asyncio.get_running_loop().run_in_executor(thread, _outcomes, machine, batch)
        now = self._now()
        await self._database.write(lambda tx: _store(tx, machine, batch, outcomes, now))
        log.info("Tagged %d replies", len(batch))

    async def _tag_again(self, thread: ThreadPoolExecutor, machine: Machine) -> int:
        """Tag a batch of what another machine has tagged: by arithmetic, where its encoder was the same."""
        version, encoder = machine.stored.version, machine.stored.encoder
        batch = await self._database.read(lambda tx: tagging.outdated(tx, version, BATCH_AGAIN))
        known = [reply for reply in batch if reply.encoder == encoder]
        if known:
            again = asyncio.get_running_loop().run_in_executor(thread, tagged_again, machine, known)
            tagged: Sequence[Tagged] = await again
            await self._database.write(lambda tx: tagging.retag(tx, machine.stored, tagged))
        foreign = [_as_untagged(reply) for reply in batch if reply.encoder != encoder]
        for start in range(0, len(foreign), BATCH_REPLIES):
            await self._tag(thread, machine, foreign[start : start + BATCH_REPLIES])
        return len(batch)

    async def _rank(self, thread: ThreadPoolExecutor, machine: Machine) -> None:
        """Put what waits for review in order anew, since there are other replies or other tags."""
        await rank(self._database, partial(asyncio.get_running_loop().run_in_executor, thread), machine)
        self._unranked, self._rank_at = False, self._now() + LEARN_EVERY


def _as_untagged(reply: Outdated) -> Untagged:
    """Return a reply that another encoder has read, to be read anew; its words without names are enough for that."""
    return Untagged(reply.response_id, reply.redacted, reply.language, reply.revision)


def _outcomes(machine: Machine, batch: Sequence[Untagged]) -> list[Outcome]:
    replies = [Reply(str(reply.response_id), reply.text, reply.language) for reply in batch]
    return list(machine.coder.tag(replies, machine.codebook, machine.background, machine.model))


def _store(
    tx: Transaction, machine: Machine, batch: Sequence[Untagged], outcomes: Sequence[Outcome], now: datetime
) -> None:
    for reply, outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome, TaggedReply):
            tagged = Tagged(reply.response_id, reply.revision, stored_tags(outcome.tags))
            tagging.store(tx, machine.stored, tagged, outcome.redacted, outcome.vectors.tobytes(), now)
        else:
            tagging.failed(tx, reply.response_id, outcome.problem, now, revision=reply.revision)
