"""Add codebooks and what the machine made of responses."""

import sqlite3

from storage.migrations.statements import run


def m0005_tagging(tx: sqlite3.Connection) -> None:
    """Add codebooks and what the machine made of responses."""
    run(
        tx,
        """
        CREATE TABLE codebooks (
            version TEXT NOT NULL PRIMARY KEY,
            codebook TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            stored_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE activations (
            id INTEGER PRIMARY KEY,
            version TEXT NOT NULL REFERENCES codebooks (version),
            activated_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE taggings (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            redacted TEXT NOT NULL,
            vector BLOB NOT NULL,
            encoder TEXT NOT NULL,
            model TEXT NOT NULL,
            tagged_at TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE tags (
            response_id INTEGER NOT NULL REFERENCES taggings (response_id) ON DELETE CASCADE,
            theme TEXT NOT NULL,
            confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
            start_chars INTEGER NOT NULL CHECK (start_chars >= 0),
            end_chars INTEGER NOT NULL CHECK (end_chars >= start_chars),
            why TEXT NOT NULL,
            PRIMARY KEY (response_id, theme)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE tagging_failures (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            reason TEXT NOT NULL,
            failed_at TEXT NOT NULL
        ) STRICT
        """,
    )
