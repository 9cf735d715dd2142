"""Tags stored replies in the background, in a thread of its own: the chat never waits for it.

First what was never tagged or has the tags of another codebook, then what another encoder has read.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import numpy as np

from bot.telegram.backoff import backoff_s
from bot.telegram.errors import place
from nlp.codebook import Codebook, from_json
from nlp.coder import MachineCoder, Outcome, Reply, TaggedReply
from nlp.encoder import Encoder
from nlp.reading import background_of
from storage import codebooks, tagging
from storage.database import Database, Transaction
from storage.errors import FATAL
from storage.tagging import MachineTag, Untagged

BATCH_REPLIES = 64
MOST_BACKOFF_S = 300.0
IDLE_S = 2.0
"""How long to wait before looking for untagged replies again, where nobody says that there are some."""

log = logging.getLogger(__name__)


class TaggingWorker:
    """Tags what waits for it, batch by batch; for one task. `wake` may cut its idling short."""

    def __init__(
        self,
        database: Database,
        encoder: Callable[[], Encoder],
        region: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database, self._make_encoder, self._region, self._now = database, encoder, region, now
        self._loaded: Encoder | None = None
        self._coder: MachineCoder | None = None
        self._failures = 0
        self._pause = pause
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Tag until cancelled. Raises UnusableError and BusyError.

        The encoder is made at once, since only it knows its full name; the other models with the first reply.
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
        active = await self._database.read(codebooks.active)
        if active is None:
            return 0
        version, content = active
        loop = asyncio.get_running_loop()
        encoder = await loop.run_in_executor(thread, self._encoder)
        batch = await self._database.read(lambda tx: _waiting(tx, version, encoder.name))
        if batch:
            outcomes = await loop.run_in_executor(thread, self._tag, batch, from_json(content), encoder)
            now = self._now()
            await self._database.write(lambda tx: _store(tx, batch, outcomes, encoder.name, version, now))
            log.info("Tagged %d replies", len(batch))
        return len(batch)

    def _encoder(self) -> Encoder:
        """Return the encoder, loaded in the worker's thread."""
        self._loaded = self._loaded or self._make_encoder()
        return self._loaded

    def _tag(self, batch: Sequence[Untagged], codebook: Codebook, encoder: Encoder) -> list[Outcome]:
        """Tag in the worker's thread. No background is taken from the batch: a reply's tags never depend on others'."""
        self._coder = self._coder or MachineCoder(encoder, region=self._region)
        replies = [Reply(str(reply.response_id), reply.text, reply.language) for reply in batch]
        background = background_of(np.zeros((0, encoder.dimensions), dtype=np.float32))
        return list(self._coder.tag(replies, codebook, background))


def _waiting(tx: Transaction, version: str, encoder: str) -> tuple[Untagged, ...]:
    return tagging.untagged(tx, version, BATCH_REPLIES) or tagging.read_by_others(tx, encoder, BATCH_REPLIES)


def _store(
    tx: Transaction, batch: Sequence[Untagged], outcomes: Sequence[Outcome], encoder: str, version: str, now: datetime
) -> None:
    for reply, outcome in zip(batch, outcomes, strict=True):
        if not isinstance(outcome, TaggedReply):
            tagging.failed(tx, reply.response_id, outcome.problem, now, revision=reply.revision)
            continue
        tags = [MachineTag(tag.theme, tag.confidence, tag.start, tag.end, tag.why) for tag in outcome.tags]
        tagging.store(
            tx,
            reply.response_id,
            outcome.redacted,
            outcome.vectors.astype(np.float32).tobytes(),
            encoder,
            outcome.model_version,
            version,
            tags,
            now,
            revision=reply.revision,
        )
