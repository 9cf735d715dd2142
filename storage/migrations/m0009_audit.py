"""Add the audit log, which can only grow, the members' numbers in it, and what in the outbox is for members alone."""

import sqlite3

from storage.migrations.statements import run


def m0009_audit(tx: sqlite3.Connection) -> None:
    """Add the audit log, the members' numbers in it, and what in the outbox is for members alone.

    The trigger on inserting refuses gaps, and REPLACE, which would delete without a trigger's noticing.
    """
    run(
        tx,
        """
        CREATE TABLE audit (
            seq INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            deed TEXT NOT NULL,
            about TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
        ) STRICT
        """,
        """
        CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
        BEGIN SELECT RAISE(ABORT, 'the audit log only grows at its end'); END
        """,
        """
        CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END
        """,
        """
        CREATE TRIGGER audit_keeps BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END
        """,
        """
        CREATE TABLE member_numbers (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            respondent_id TEXT NOT NULL UNIQUE REFERENCES respondents (id) ON DELETE CASCADE
        ) STRICT
        """,
        """
        INSERT INTO member_numbers (respondent_id)
        SELECT id FROM respondents WHERE role IS NOT NULL ORDER BY role_changed_at, id
        """,
        "ALTER TABLE outbox ADD COLUMN members_only INTEGER NOT NULL DEFAULT 0 CHECK (members_only IN (0, 1))",
    )
