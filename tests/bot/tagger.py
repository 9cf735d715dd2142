"""A worker that tags, over a town's database file."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from bot.tagging import TaggingWorker
from nlp.encoder import Encoder, HashingEncoder
from storage.database import Database
from tests.bot.town import Town


@asynccontextmanager
async def worker(
    town: Town,
    path: Path,
    encoder: Encoder | None = None,
    make_encoder: Callable[[], Encoder] | None = None,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[TaggingWorker]:
    database, make = await Database.open(path), make_encoder or (lambda: encoder or HashingEncoder())
    try:
        yield TaggingWorker(database, make, "AU", now=lambda: town.now, pause=pause)
    finally:
        await database.close()


async def tagged(worker: TaggingWorker) -> int:
    """Tag all that waits, and return how many replies it was."""
    count = 0
    with ThreadPoolExecutor(1) as thread:
        while done := await worker.tag_batch(thread):
            count += done
    return count
