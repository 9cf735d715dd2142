"""Add responses.

`taggable` marks own words in a conversation that counts. `codebook_version` is that of the tags, NULL while there
are none. `decided` says that a person's decision stands; a review without it was reopened by an amendment.
"""

import sqlite3

from storage.migrations.statements import run


def m0003_responses(tx: sqlite3.Connection) -> None:
    """Add responses."""
    run(
        tx,
        """
        CREATE TABLE responses (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            question TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'refused', 'dont_know')),
            value TEXT CHECK (value IS NULL OR json_valid(value)),
            text TEXT,
            wording TEXT NOT NULL,
            language TEXT NOT NULL,
            asked_at TEXT NOT NULL,
            responded_at TEXT NOT NULL,
            amended_at TEXT,
            revision INTEGER NOT NULL DEFAULT 0,
            message_id INTEGER,
            flags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(flags)),
            taggable INTEGER NOT NULL CHECK (taggable IN (0, 1)),
            codebook_version TEXT,
            decided INTEGER NOT NULL DEFAULT 0 CHECK (decided IN (0, 1)),
            UNIQUE (conversation_id, question)
        ) STRICT
        """,
        """
        CREATE INDEX responses_to_tag ON responses (codebook_version)
        WHERE taggable = 1 AND flags = '[]'
        """,
        """
        CREATE INDEX responses_decided ON responses (id) WHERE taggable = 1 AND flags = '[]' AND decided = 1
        """,
        """
        CREATE INDEX responses_to_review ON responses (id)
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0
        """,
    )
