"""Writes the tagged themes to a file, in a thread of its own, a batch of rows at a time: no chat waits for it."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from nlp.codebook import from_json, text_in
from storage import codebooks, export, rows
from storage.database import Database, Transaction
from storage.export import ThemeRow
from storage.ids import ResponseId
from storage.rows import Row

BATCH_ROWS = 2000


async def export_to(database: Database, path: Path, *, pilot: bool = False) -> int:
    """Write every response to the file, by its ending, and return how many; with `pilot`, those of test runs instead.

    Raises ExportError.
    """
    active = await database.read(codebooks.active)
    themes = _themes(active[1]) if active else []
    loop = asyncio.get_running_loop()
    return await asyncio.to_thread(export.write, path, _rows(database, loop, pilot=pilot), themes)


def _rows(database: Database, loop: asyncio.AbstractEventLoop, *, pilot: bool) -> Iterator[Row]:
    """Yield the rows, in a thread that is not the loop's."""
    after = ResponseId(0)
    while True:
        reading = database.read(partial(_batch, after, pilot=pilot))
        found = asyncio.run_coroutine_threadsafe(reading, loop).result()
        if not found:
            return
        yield from found
        after = found[-1].response_id


def _batch(after: ResponseId, tx: Transaction, *, pilot: bool) -> tuple[Row, ...]:
    return rows.batch(tx, after, BATCH_ROWS, pilot=pilot)


def _themes(content: str) -> list[ThemeRow]:
    return [
        ThemeRow(theme.id, text_in(theme.name, "en"), text_in(theme.definition, "en"), theme.parent or "")
        for theme in from_json(content).themes
    ]
