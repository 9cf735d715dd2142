"""Add what came in, what waits to go out, and what the channel called the questions that went out."""

import sqlite3

from storage.migrations.statements import run


def m0004_messages(tx: sqlite3.Connection) -> None:
    """Add what came in, what waits to go out, and what the channel called the questions that went out."""
    run(
        tx,
        """
        CREATE TABLE inbox (
            channel TEXT NOT NULL,
            update_id INTEGER NOT NULL,
            received_at TEXT NOT NULL,
            PRIMARY KEY (channel, update_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX inbox_by_time ON inbox (received_at)",
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES contacts (respondent_id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('message', 'edit', 'export')),
            text TEXT NOT NULL,
            buttons TEXT NOT NULL CHECK (json_valid(buttons)),
            conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
            revision INTEGER,
            edits INTEGER,
            created_at TEXT NOT NULL,
            retry_at TEXT,
            attempts INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        "CREATE INDEX outbox_by_respondent ON outbox (respondent_id)",
        "CREATE INDEX outbox_by_conversation ON outbox (conversation_id)",
        """
        CREATE TABLE messages (
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            message_id INTEGER NOT NULL,
            PRIMARY KEY (conversation_id, revision)
        ) STRICT, WITHOUT ROWID
        """,
    )
