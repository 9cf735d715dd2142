"""Complaints: what people write to the team about the bot itself; kept until some time after somebody took care."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import audit
from storage.database import Transaction
from storage.ids import ComplaintId, MemberId, RespondentId
from storage.moment import from_text, to_text

LISTENS_FOR = timedelta(minutes=30)
"""After that, what somebody types is no complaint any more."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Somebody's words, in full. Whose they are, members do not see."""

    id: ComplaintId
    respondent: RespondentId
    text: str
    written_at: datetime


def listen(tx: Transaction, respondent_id: RespondentId, now: datetime) -> None:
    """Take the person's next words for a complaint, for `LISTENS_FOR`."""
    tx.execute(
        "UPDATE contacts SET complains_until = :until WHERE respondent_id = :id",
        {"id": respondent_id, "until": to_text(now + LISTENS_FOR)},
    )


def stop_listening(tx: Transaction, respondent_id: RespondentId) -> None:
    """Take the person's next words for what they are."""
    tx.execute(
        "UPDATE contacts SET complains_until = NULL WHERE respondent_id = :id AND complains_until IS NOT NULL",
        {"id": respondent_id},
    )


def listens(tx: Transaction, respondent_id: RespondentId, now: datetime) -> bool:
    """Return whether the person's next words are a complaint."""
    row = tx.execute(
        "SELECT 1 FROM contacts WHERE respondent_id = :id AND complains_until > :now",
        {"id": respondent_id, "now": to_text(now)},
    ).fetchone()
    return row is not None


def write(tx: Transaction, respondent_id: RespondentId, text: str, now: datetime) -> ComplaintId:
    """Keep a complaint, and return its number."""
    row = tx.execute(
        "INSERT INTO complaints (respondent_id, text, written_at) VALUES (:id, :text, :now) RETURNING id",
        {"id": respondent_id, "text": text, "now": to_text(now)},
    ).fetchone()
    return ComplaintId(row[0])


def waiting(tx: Transaction) -> tuple[Complaint, ...]:
    """Return the complaints that nobody has taken care of, oldest first."""
    rows = tx.execute("SELECT id, respondent_id, text, written_at FROM complaints WHERE handled_at IS NULL ORDER BY id")
    return tuple(
        Complaint(ComplaintId(number), RespondentId(whose), text, from_text(at)) for number, whose, text, at in rows
    )


def waiting_from(tx: Transaction, respondent_id: RespondentId) -> int:
    """Return how many complaints of the person nobody has taken care of."""
    row = tx.execute(
        "SELECT count(*) FROM complaints WHERE respondent_id = :id AND handled_at IS NULL", {"id": respondent_id}
    ).fetchone()
    return int(row[0])


def handle(tx: Transaction, complaint_id: ComplaintId, member_id: MemberId, now: datetime) -> bool:
    """Note that the member took care of it; False where there is none of that number that waits."""
    changed = tx.execute(
        "UPDATE complaints SET handled_at = :now, handled_by = :by WHERE id = :id AND handled_at IS NULL",
        {"id": complaint_id, "by": member_id, "now": to_text(now)},
    )
    if changed.rowcount == 1:
        audit.record(tx, member_id, "handled", f"complaint {complaint_id}", now)
    return changed.rowcount == 1


def written_by(tx: Transaction, respondent_id: RespondentId) -> tuple[str, ...]:
    """Return the person's own complaints, oldest first."""
    rows = tx.execute("SELECT text FROM complaints WHERE respondent_id = :id ORDER BY id", {"id": respondent_id})
    return tuple(text for (text,) in rows)
