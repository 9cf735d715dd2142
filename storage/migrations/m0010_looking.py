"""Add words that became no response and wait for the second look."""

import sqlite3

from storage.migrations.statements import run


def m0010_looking(tx: sqlite3.Connection) -> None:
    """Add words that became no response and wait for the second look."""
    run(
        tx,
        """
        CREATE TABLE unseen_words (
            id INTEGER PRIMARY KEY,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            language TEXT NOT NULL,
            written_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX unseen_words_by_respondent ON unseen_words (respondent_id)",
    )
