"""Which updates of a channel have been handled, so that a second delivery changes nothing."""

from datetime import datetime

from storage.database import Transaction
from storage.moment import to_text


def is_new(tx: Transaction, channel: str, update_id: int, now: datetime) -> bool:
    """Note the update, and return whether this is the first time."""
    noted = tx.execute(
        """
        INSERT INTO inbox (channel, update_id, received_at) VALUES (:channel, :update_id, :now)
        ON CONFLICT DO NOTHING
        """,
        {"channel": channel, "update_id": update_id, "now": to_text(now)},
    )
    return noted.rowcount == 1


def forget_before(tx: Transaction, when: datetime) -> int:
    """Forget the updates noted before `when`, and return how many: no channel delivers that late."""
    return tx.execute("DELETE FROM inbox WHERE received_at < :when", {"when": to_text(when)}).rowcount
