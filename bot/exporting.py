"""Writes the tagged themes to a file, in a thread of its own, a batch of rows at a time: no chat waits for it."""

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from nlp.codebook import from_json, text_in
from storage import codebooks, export, rows
from storage.database import Database
from storage.disguises import Disguises, disguises
from storage.export import ThemeRow
from storage.rows import Row


async def export_to(database: Database, path: Path, smallest: int, *, pilot: bool = False) -> int:
    """Write every response to the file, by its ending, and return how many; with `pilot`, those of test runs instead.

    What fewer than `smallest` people have in common is not told of them. Raises ExportError.
    """
    active = await database.read(codebooks.active)
    themes = _themes(active[1]) if active else []
    told = await database.read(lambda tx: disguises(tx, smallest, pilot=pilot))
    loop = asyncio.get_running_loop()
    return await asyncio.to_thread(export.write, path, _rows(database, loop, told), themes)


def _rows(database: Database, loop: asyncio.AbstractEventLoop, told: Disguises) -> Iterator[Row]:
    """Yield the rows, in a thread that is not the loop's."""
    for some in rows.batches(told):
        reading = database.read(partial(rows.batch, some=some, disguises=told))
        yield from asyncio.run_coroutine_threadsafe(reading, loop).result()


def _themes(content: str) -> list[ThemeRow]:
    return [
        ThemeRow(theme.id, text_in(theme.name, "en"), text_in(theme.definition, "en"), theme.parent or "")
        for theme in from_json(content).themes
    ]
