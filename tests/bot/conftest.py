import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrations.applying import apply_next
from tests.bot.town import BUSES, PARKS, Town


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
        _measure_nothing(connection)
        town = Town(connection)
        town.offer(BUSES, PARKS)
        yield town


def _measure_nothing(connection: sqlite3.Connection) -> None:
    """Have no reply drawn to measure the machine with: chance has no place in a test."""
    connection.execute("DROP TRIGGER responses_are_drawn")
    connection.execute(
        """
        CREATE TRIGGER responses_are_drawn AFTER INSERT ON responses BEGIN
            UPDATE responses SET draw = 0.5 WHERE id = NEW.id;
        END
        """
    )
