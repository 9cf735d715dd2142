"""Receipts of deletions: that everything of somebody was deleted on a day, and whether its bytes are gone.

Nothing in a receipt leads to whom it was given, and the day is all that it says of the time.
"""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Deletion:
    """Everything of somebody was deleted that day (in UTC); `wiped` once no byte of it is left in the files."""

    receipt: str
    deleted_on: date
    wiped: bool


def record(tx: Transaction, receipt: str, now: datetime) -> None:
    """Note a deletion; `respondents.forget` belongs into the same transaction."""
    tx.execute(
        "INSERT INTO deletions (receipt, deleted_on) VALUES (:receipt, :today)",
        {"receipt": receipt, "today": now.date().isoformat()},
    )


def find(tx: Transaction, receipt: str) -> Deletion | None:
    """Return the deletion that the receipt was given for, None for any other number."""
    row = tx.execute(
        "SELECT receipt, deleted_on, wiped FROM deletions WHERE receipt = :receipt", {"receipt": receipt}
    ).fetchone()
    return None if row is None else Deletion(row[0], date.fromisoformat(row[1]), bool(row[2]))
