"""Add alerts, uploads, failed sendings, heartbeats, and the note that deleted bytes are still in the file."""

import sqlite3

from storage.migrations.statements import run


def m0007_operations(tx: sqlite3.Connection) -> None:
    """Add alerts, uploads, failed sendings, heartbeats, and the note that deleted bytes are still in the file."""
    run(
        tx,
        """
        CREATE TABLE alerts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
            flags TEXT NOT NULL CHECK (json_valid(flags)),
            raised_at TEXT NOT NULL,
            acknowledged_at TEXT,
            acknowledged_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT
        """,
        "CREATE INDEX alerts_open ON alerts (id) WHERE acknowledged_at IS NULL",
        "CREATE INDEX alerts_by_respondent ON alerts (respondent_id)",
        """
        CREATE TABLE uploads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            file_id TEXT NOT NULL,
            filename TEXT NOT NULL,
            size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
            added_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE undelivered (
            id INTEGER PRIMARY KEY,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            reason TEXT NOT NULL,
            gave_up_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX undelivered_by_respondent ON undelivered (respondent_id)",
        "CREATE TABLE heartbeats (name TEXT NOT NULL PRIMARY KEY, beat_at TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE purge_due (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT",
    )
