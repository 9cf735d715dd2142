"""The schema, as numbered steps from an empty file. A step is never edited once released: a change is a new step.

Each is applied in one transaction with its record. Rules live here, as far as SQL can say them: types (STRICT), NOT
NULL, CHECK, and foreign keys that delete with a person all that the person gave. Ids are AUTOINCREMENT where a button
may carry them: a number that was deleted must never come to mean something else.
"""

import sqlite3
from collections.abc import Callable, Iterable

from storage.migrations.m0001_people import m0001_people
from storage.migrations.m0002_conversations import m0002_conversations
from storage.migrations.m0003_responses import m0003_responses
from storage.migrations.m0004_messages import m0004_messages
from storage.migrations.m0005_tagging import m0005_tagging
from storage.migrations.m0006_reviewing import m0006_reviewing
from storage.migrations.m0007_operations import m0007_operations
from storage.migrations.m0008_helping import m0008_helping
from storage.migrations.m0009_audit import m0009_audit
from storage.migrations.m0010_looking import m0010_looking
from storage.migrations.m0011_keeping import m0011_keeping
from storage.migrations.m0012_welcoming import m0012_welcoming
from storage.migrations.m0013_learning_from_reviews import m0013_learning_from_reviews
from storage.migrations.m0014_encoders import m0014_encoders
from storage.migrations.m0015_taggers import m0015_taggers
from storage.migrations.m0016_quotes import m0016_quotes

Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Migration, ...] = (
    m0001_people,
    m0002_conversations,
    m0003_responses,
    m0004_messages,
    m0005_tagging,
    m0006_reviewing,
    m0007_operations,
    m0008_helping,
    m0009_audit,
    m0010_looking,
    m0011_keeping,
    m0012_welcoming,
    m0013_learning_from_reviews,
    m0014_encoders,
    m0015_taggers,
    m0016_quotes,
)


def applied(tx: sqlite3.Connection) -> int | None:
    """Return how many migrations the file has had: 0 if it is empty, None if its tables are not ours."""
    if not tx.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        return 0
    if not tx.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'migrations'").fetchone()[0]:
        return None
    return int(tx.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()[0])


def apply_next(tx: sqlite3.Connection, migrations: Iterable[Migration] = MIGRATIONS) -> bool:
    """Apply the first migration that the file has not had, with its record; False if there is none.

    The record's time is the one time that the database takes from its own clock.
    """
    number = applied(tx) or 0
    for migration in list(migrations)[number : number + 1]:
        tx.execute(
            "CREATE TABLE IF NOT EXISTS migrations"
            " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
        )
        migration(tx)
        tx.execute(
            "INSERT INTO migrations (number, name, applied_at)"
            " VALUES (:number, :name, strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))",
            {"number": number + 1, "name": migration.__name__},
        )
        return True
    return False
