"""A worker that tags, over a town's database file."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from bot.tagging import TaggingWorker
from nlp.encoder import Encoder, HashingEncoder
from storage.database import Database
from tests.bot.town import Town


@asynccontextmanager
async def worker(town: Town, path: Path, encoder: Encoder | None = None) -> AsyncIterator[TaggingWorker]:
    database = await Database.open(path)
    try:
        yield TaggingWorker(database, lambda: encoder or HashingEncoder(), "AU", now=lambda: town.now)
    finally:
        await database.close()


async def tagged(worker: TaggingWorker) -> int:
    """Tag all that waits, and return how many replies it was."""
    count = 0
    with ThreadPoolExecutor(1) as thread:
        while done := await worker.tag_batch(thread):
            count += done
    return count
