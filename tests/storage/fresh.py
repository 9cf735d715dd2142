"""A new database in memory for each example of a property test, with the real schema and rules."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from storage.database import Transaction
from storage.migrations.applying import apply_next


@contextmanager
def fresh() -> Iterator[Transaction]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        while apply_next(connection):
            pass
        measure_nothing(connection)
        yield connection


def measure_nothing(connection: sqlite3.Connection) -> None:
    """Have no reply drawn to measure the machine with: chance has no place in a test."""
    connection.execute("DROP TRIGGER responses_are_drawn")
    connection.execute(
        """
        CREATE TRIGGER responses_are_drawn AFTER INSERT ON responses BEGIN
            UPDATE responses SET draw = 0.5 WHERE id = NEW.id;
        END
        """
    )
