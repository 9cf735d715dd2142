"""Keep what tagged a response apart from its vectors: tagging again writes tags and a name, and no vector.

A tagger is an encoder, a codebook, and what reviews had taught by then. From `accepted_from` on, its tags may stand
without a person; NULL where that was not shown.
"""

import sqlite3

from storage.migrations.statements import run


def m0015_taggers(tx: sqlite3.Connection) -> None:
    """Add taggers; tags of before have none, and are made anew."""
    run(
        tx,
        """
        CREATE TABLE taggers (
            version TEXT NOT NULL PRIMARY KEY,
            encoder TEXT NOT NULL,
            codebook_version TEXT NOT NULL,
            model TEXT NOT NULL,
            reviews INTEGER NOT NULL CHECK (reviews >= 0),
            accepted_from REAL CHECK (accepted_from BETWEEN 0 AND 1),
            made_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "ALTER TABLE responses ADD COLUMN tagger TEXT NOT NULL DEFAULT ''",
        """
        CREATE INDEX responses_to_tag_again ON responses (tagger)
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL
        """,
        "ALTER TABLE taggings DROP COLUMN model",
    )
