"""Signs of life: each part of the program notes regularly that it is alive."""

from datetime import datetime

from storage.database import Transaction
from storage.moment import to_text


def beat(tx: Transaction, name: str, now: datetime) -> None:
    """Note that the part of that name is alive."""
    tx.execute(
        """
        INSERT INTO heartbeats (name, beat_at) VALUES (:name, :now)
        ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at
        """,
        {"name": name, "now": to_text(now)},
    )
