"""Add script versions, their releases, and the conversations pinned to them."""

import sqlite3

from storage.migrations.statements import run


def m0002_conversations(tx: sqlite3.Connection) -> None:
    """Add script versions, their releases, and the conversations pinned to them."""
    run(
        tx,
        """
        CREATE TABLE scripts (
            hash TEXT NOT NULL PRIMARY KEY,
            dialogue TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            source TEXT NOT NULL,
            stored_at TEXT NOT NULL,
            stored_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT
        """,
        """
        CREATE TABLE releases (
            id INTEGER PRIMARY KEY,
            script_hash TEXT NOT NULL REFERENCES scripts (hash),
            released_at TEXT NOT NULL,
            released_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT
        """,
        """
        CREATE TABLE conversations (
            id TEXT NOT NULL PRIMARY KEY,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            script_hash TEXT NOT NULL REFERENCES scripts (hash),
            channel TEXT NOT NULL,
            site TEXT,
            trial INTEGER NOT NULL CHECK (trial IN (0, 1)),
            phase TEXT NOT NULL CHECK (phase IN ('asking', 'paused', 'ended')),
            ending TEXT CHECK (ending IN ('complete', 'declined', 'break_off')),
            state TEXT NOT NULL CHECK (json_valid(state)),
            started_at TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            remind_at TEXT,
            CHECK ((phase = 'ended') = (ending IS NOT NULL))
        ) STRICT
        """,
        "CREATE UNIQUE INDEX one_current_conversation ON conversations (respondent_id) WHERE phase <> 'ended'",
        "CREATE INDEX conversations_by_respondent ON conversations (respondent_id, started_at)",
        "CREATE INDEX conversations_to_remind ON conversations (remind_at) WHERE remind_at IS NOT NULL",
    )
