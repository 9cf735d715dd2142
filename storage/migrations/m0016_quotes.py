"""Note whose words an unsent message to somebody else holds, so that it goes with that person."""

import sqlite3

from storage.migrations.statements import run


def m0016_quotes(tx: sqlite3.Connection) -> None:
    """Add the column."""
    run(
        tx,
        "ALTER TABLE outbox ADD COLUMN quotes TEXT REFERENCES respondents (id) ON DELETE CASCADE",
        "CREATE INDEX outbox_by_quoted ON outbox (quotes) WHERE quotes IS NOT NULL",
    )
