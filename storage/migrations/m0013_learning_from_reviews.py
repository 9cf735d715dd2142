"""Add the order of review, and what the machine had said of a reply before a person decided."""

import sqlite3

from storage.migrations.statements import run


def m0013_learning_from_reviews(tx: sqlite3.Connection) -> None:
    """Add the order of review, and what the machine had said of a reply before a person decided.

    `draw` is a random number from 0 to 1 that nobody sees or chooses: it says which replies are reviewed to measure
    with. `drawn` is why a reply was shown, NULL where it just came first.
    """
    run(
        tx,
        "ALTER TABLE responses ADD COLUMN draw REAL NOT NULL DEFAULT 0",
        "UPDATE responses SET draw = (random() & 9007199254740991) / 9007199254740992.0",
        """
        CREATE TRIGGER responses_are_drawn AFTER INSERT ON responses BEGIN
            UPDATE responses SET draw = (random() & 9007199254740991) / 9007199254740992.0 WHERE id = NEW.id;
        END
        """,
        """
        CREATE INDEX responses_by_draw ON responses (draw)
        WHERE taggable = 1 AND flags = '[]' AND codebook_version IS NOT NULL AND decided = 0
        """,
        """
        CREATE TABLE review_queue (
            response_id INTEGER PRIMARY KEY REFERENCES responses (id) ON DELETE CASCADE,
            place INTEGER NOT NULL UNIQUE,
            reason TEXT NOT NULL CHECK (reason IN ('cover', 'doubt', 'random'))
        ) STRICT
        """,
        "ALTER TABLE claims ADD COLUMN drawn TEXT CHECK (drawn IN ('cover', 'doubt', 'random'))",
        "ALTER TABLE reviews ADD COLUMN drawn TEXT CHECK (drawn IN ('cover', 'doubt', 'random'))",
        "ALTER TABLE reviews ADD COLUMN model TEXT",
        "ALTER TABLE reviews ADD COLUMN codebook_version TEXT",
        """
        CREATE TABLE review_tags (
            response_id INTEGER NOT NULL REFERENCES reviews (response_id) ON DELETE CASCADE,
            theme TEXT NOT NULL,
            confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
            PRIMARY KEY (response_id, theme)
        ) STRICT, WITHOUT ROWID
        """,
    )
