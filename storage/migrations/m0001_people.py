"""Add respondents, their contacts (the one place for an address), consents and invitations."""

import sqlite3

from storage.migrations.statements import run


def m0001_people(tx: sqlite3.Connection) -> None:
    """Add respondents, their contacts (the one place for an address), consents and invitations."""
    run(
        tx,
        """
        CREATE TABLE respondents (
            id TEXT NOT NULL PRIMARY KEY,
            joined_at TEXT NOT NULL,
            language TEXT,
            site TEXT,
            role TEXT CHECK (role IN ('ambassador', 'staff', 'lead')),
            role_changed_at TEXT
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX respondents_by_role ON respondents (role) WHERE role IS NOT NULL",
        """
        CREATE TABLE contacts (
            respondent_id TEXT NOT NULL PRIMARY KEY REFERENCES respondents (id) ON DELETE CASCADE,
            channel TEXT NOT NULL,
            address TEXT NOT NULL,
            leaving INTEGER NOT NULL DEFAULT 0 CHECK (leaving IN (0, 1)),
            blocked_at TEXT,
            album TEXT,
            UNIQUE (channel, address, leaving)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE consents (
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            agreed_at TEXT NOT NULL,
            PRIMARY KEY (respondent_id, key)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE invitations (
            token_hash TEXT NOT NULL PRIMARY KEY,
            role TEXT NOT NULL CHECK (role IN ('ambassador', 'staff', 'lead')),
            created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            redeemed_at TEXT,
            redeemed_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT, WITHOUT ROWID
        """,
    )
