"""Find the vectors that another encoder made."""

import sqlite3

from storage.migrations.statements import run


def m0014_encoders(tx: sqlite3.Connection) -> None:
    """Index taggings by encoder: its name stands behind the vectors, which would have to be read to get there."""
    run(tx, "CREATE INDEX taggings_by_encoder ON taggings (encoder)")
