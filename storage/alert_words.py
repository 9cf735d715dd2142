"""The words behind an alert: kept while it is open, for a lead to read, and the replies that it holds back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.ids import AlertId, RespondentId, ResponseId
from storage.moment import from_text, to_text


@dataclass(frozen=True, slots=True)
class Words:
    """What was written, in full, and when."""

    text: str
    written_at: datetime


def add(tx: Transaction, alert_id: AlertId, text: str, response_ids: Sequence[ResponseId], now: datetime) -> None:
    """Keep words with an alert, and with the responses that they became, if any."""
    for response_id in response_ids or (None,):
        tx.execute(
            """
            INSERT INTO alert_words (alert_id, response_id, text, written_at)
            VALUES (:alert_id, :response_id, :text, :now)
            """,
            {"alert_id": alert_id, "response_id": response_id, "text": text, "now": to_text(now)},
        )


def words(tx: Transaction, alert_id: AlertId) -> tuple[Words, ...]:
    """Return the words of an open alert in the order in which they came; none of one that is closed."""
    rows = tx.execute(
        "SELECT text, written_at FROM alert_words WHERE alert_id = :id AND text IS NOT NULL ORDER BY id",
        {"id": alert_id},
    )
    return tuple(Words(text, from_text(at)) for text, at in rows)


def kept_of(tx: Transaction, respondent_id: RespondentId) -> tuple[str, ...]:
    """Return the words of that person that are kept with an alert and are no response."""
    rows = tx.execute(
        """
        SELECT text FROM alert_words JOIN alerts ON alerts.id = alert_id
        WHERE respondent_id = :id AND response_id IS NULL AND text IS NOT NULL ORDER BY alert_words.id
        """,
        {"id": respondent_id},
    )
    return tuple(text for (text,) in rows)


def forget(tx: Transaction, alert_id: AlertId) -> None:
    """Delete an alert's words; which replies they became stays known. `Database.purge` must follow."""
    tx.execute("UPDATE alert_words SET text = NULL WHERE alert_id = :id", {"id": alert_id})
    tx.execute("INSERT INTO purge_due DEFAULT VALUES")


def held_back(tx: Transaction, alert_id: AlertId) -> int:
    """Return how many replies an alert keeps out of review and export."""
    row = tx.execute(
        """
        SELECT count(DISTINCT responses.id) FROM alert_words JOIN responses ON responses.id = response_id
        WHERE alert_id = :id AND flags <> '[]'
        """,
        {"id": alert_id},
    ).fetchone()
    return int(row[0])


def release(tx: Transaction, alert_id: AlertId) -> int:
    """Let the replies be tagged, reviewed (redacted) and exported, and return how many."""
    changed = tx.execute(
        """
        UPDATE responses SET flags = '[]'
        WHERE flags <> '[]' AND id IN (SELECT response_id FROM alert_words WHERE alert_id = :id)
        """,
        {"id": alert_id},
    )
    return changed.rowcount
