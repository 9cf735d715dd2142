import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrations.applying import apply_next
from tests.bot.town import BUSES, PARKS, Town
from tests.storage.fresh import measure_nothing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tuckshop.sqlite3"


@pytest.fixture
def town(path: Path) -> Iterator[Town]:
    """A town with two question sets on its menu; `storage.database.Database` can open the same file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        while apply_next(connection):
            pass
        measure_nothing(connection)
        town = Town(connection)
        town.offer(BUSES, PARKS)
        yield town
