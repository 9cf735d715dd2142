"""Add what happens to an alert: its steps, its words while it is open, and which lead writes with the person."""

import sqlite3

from storage.migrations.statements import run


def m0008_helping(tx: sqlite3.Connection) -> None:
    """Add what happens to an alert: its steps, the words that raised it while it is open, and who writes with whom.

    An alert that somebody took before there were steps stays open, and theirs.
    """
    run(
        tx,
        "ALTER TABLE alerts ADD COLUMN told_at TEXT",
        "UPDATE alerts SET told_at = raised_at",
        "ALTER TABLE alerts ADD COLUMN contact_wanted_at TEXT",
        "ALTER TABLE alerts ADD COLUMN talking_with TEXT REFERENCES respondents (id) ON DELETE SET NULL",
        "ALTER TABLE alerts ADD COLUMN closed_at TEXT",
        "ALTER TABLE alerts ADD COLUMN outcome TEXT CHECK (outcome IN ('contacted', 'passed on', 'false alarm'))",
        "DROP INDEX alerts_open",
        "CREATE INDEX alerts_open ON alerts (id) WHERE closed_at IS NULL",
        """
        CREATE TABLE alert_words (
            id INTEGER PRIMARY KEY,
            alert_id INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
            response_id INTEGER REFERENCES responses (id) ON DELETE SET NULL,
            text TEXT,
            written_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX alert_words_by_alert ON alert_words (alert_id)",
        "CREATE INDEX alert_words_by_response ON alert_words (response_id)",
        """
        CREATE TABLE alert_steps (
            id INTEGER PRIMARY KEY,
            alert_id INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
            member_id TEXT REFERENCES respondents (id) ON DELETE SET NULL,
            step TEXT NOT NULL,
            taken_at TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX alert_steps_by_alert ON alert_steps (alert_id)",
        "CREATE INDEX alert_steps_by_member ON alert_steps (member_id)",
        "CREATE INDEX responses_not_looked_at ON responses (id) WHERE flags = '[\"not looked at\"]'",
    )
