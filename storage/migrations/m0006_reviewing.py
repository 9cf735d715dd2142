"""Add claims (who is looking at a response, with what is selected so far), passes, and decisions."""

import sqlite3

from storage.migrations.statements import run


def m0006_reviewing(tx: sqlite3.Connection) -> None:
    """Add claims (who is looking at a response, with what is selected so far), passes, and decisions."""
    run(
        tx,
        """
        CREATE TABLE claims (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            member_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            claimed_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX claims_by_member ON claims (member_id)",
        """
        CREATE TABLE claim_themes (
            response_id INTEGER NOT NULL REFERENCES claims (response_id) ON DELETE CASCADE,
            theme TEXT NOT NULL,
            PRIMARY KEY (response_id, theme)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE passes (
            member_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            response_id INTEGER NOT NULL REFERENCES responses (id) ON DELETE CASCADE,
            passed_at TEXT NOT NULL,
            PRIMARY KEY (member_id, response_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX passes_by_response ON passes (response_id)",
        """
        CREATE TABLE reviews (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            member_id TEXT REFERENCES respondents (id) ON DELETE SET NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('themes', 'none')),
            decided_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX reviews_by_member ON reviews (member_id)",
        """
        CREATE TABLE review_themes (
            response_id INTEGER NOT NULL REFERENCES reviews (response_id) ON DELETE CASCADE,
            theme TEXT NOT NULL,
            PRIMARY KEY (response_id, theme)
        ) STRICT, WITHOUT ROWID
        """,
    )
