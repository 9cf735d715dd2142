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
        yield connection
