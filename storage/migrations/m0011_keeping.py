"""Add what keeping needs: the file of /mydata in the outbox, when people were last here, complaints, and proof."""

import sqlite3

from storage.migrations.statements import run


def m0011_keeping(tx: sqlite3.Connection) -> None:
    """Add a kind to the outbox, the day that a person was last here, complaints, receipts and runs of the clock.

    The outbox is made anew, since a CHECK cannot be changed; nothing refers to its rows.
    """
    _add_a_kind(tx)
    _add_columns(tx)
    _add_tables(tx)


def _add_a_kind(tx: sqlite3.Connection) -> None:
    run(
        tx,
        "ALTER TABLE outbox RENAME TO old_outbox",
        "DROP INDEX outbox_by_respondent",
        "DROP INDEX outbox_by_conversation",
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES contacts (respondent_id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('message', 'edit', 'export', 'mydata')),
            text TEXT NOT NULL,
            buttons TEXT NOT NULL CHECK (json_valid(buttons)),
            conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
            revision INTEGER,
            edits INTEGER,
            created_at TEXT NOT NULL,
            retry_at TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            members_only INTEGER NOT NULL DEFAULT 0 CHECK (members_only IN (0, 1))
        ) STRICT
        """,
        """
        INSERT INTO outbox (id, respondent_id, kind, text, buttons, conversation_id, revision, edits, created_at,
            retry_at, attempts, members_only)
        SELECT id, respondent_id, kind, text, buttons, conversation_id, revision, edits, created_at,
            retry_at, attempts, members_only
        FROM old_outbox
        """,
        "DROP TABLE old_outbox",
        "CREATE INDEX outbox_by_respondent ON outbox (respondent_id)",
        "CREATE INDEX outbox_by_conversation ON outbox (conversation_id)",
    )


def _add_columns(tx: sqlite3.Connection) -> None:
    run(
        tx,
        "ALTER TABLE contacts ADD COLUMN seen_on TEXT",
        """
        UPDATE contacts SET seen_on = (
            SELECT substr(max(joined_at, coalesce(max(changed_at), '')), 1, 10)
            FROM respondents LEFT JOIN conversations ON conversations.respondent_id = respondents.id
            WHERE respondents.id = contacts.respondent_id
        )
        """,
        "ALTER TABLE contacts ADD COLUMN complains_until TEXT",
        "ALTER TABLE responses ADD COLUMN redacted_at TEXT",
    )


def _add_tables(tx: sqlite3.Connection) -> None:
    run(
        tx,
        """
        CREATE TABLE complaints (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL REFERENCES respondents (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            written_at TEXT NOT NULL,
            handled_at TEXT,
            handled_by TEXT REFERENCES respondents (id) ON DELETE SET NULL
        ) STRICT
        """,
        "CREATE INDEX complaints_by_respondent ON complaints (respondent_id)",
        """
        CREATE TABLE deletions (
            receipt TEXT NOT NULL PRIMARY KEY,
            deleted_on TEXT NOT NULL,
            wiped INTEGER NOT NULL DEFAULT 0 CHECK (wiped IN (0, 1))
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE retentions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            ran_at TEXT NOT NULL,
            counts TEXT NOT NULL CHECK (json_valid(counts))
        ) STRICT
        """,
    )
