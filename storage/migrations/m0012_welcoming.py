"""Add what the introduction leaves: the wording shown and agreed to, the age group, and what was but a test run."""

import sqlite3

from storage.migrations.statements import run


def m0012_welcoming(tx: sqlite3.Connection) -> None:
    """Add the wording shown and agreed to, the age group of people and conversations, and what was but a test run."""
    run(
        tx,
        "ALTER TABLE respondents ADD COLUMN introduced TEXT",
        "ALTER TABLE respondents ADD COLUMN band TEXT",
        "ALTER TABLE consents ADD COLUMN wording TEXT",
        "ALTER TABLE conversations ADD COLUMN band TEXT",
        "ALTER TABLE conversations ADD COLUMN pilot INTEGER NOT NULL DEFAULT 0 CHECK (pilot IN (0, 1))",
    )
