"""The retention clock: what was kept long enough goes, and a record of each run says how many of what.

Raw words are `raw_words`. Here: contacts of who was not here for long, so that what they said leads to nobody;
conversations with all that came of them; people of whom nothing is left; and what only the program needed for a while.

Members keep their contact while they have a role, and who has an open alert keeps all until it is closed.
`Database.purge` must follow: it leaves no byte of what went.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from storage.database import Transaction
from storage.moment import from_text, to_text

Counts: TypeAlias = Mapping[str, int]
"""How many of each kind went, or would go."""

FAILURES = timedelta(days=30)
"""So long it stays known that a message could not be sent, and an invitation after it ran out."""
CLAIMS = timedelta(days=1)
"""A claim holds for half an hour: whoever claimed has gone by then."""

_NO_OPEN_ALERT = "NOT EXISTS (SELECT 1 FROM alerts WHERE respondent_id = {id} AND closed_at IS NULL)"
_RULES = {
    "contacts": f"""
        DELETE FROM contacts WHERE seen_on < :contact_day AND leaving = 0
            AND respondent_id NOT IN (SELECT id FROM respondents WHERE role IS NOT NULL)
            AND {_NO_OPEN_ALERT.format(id="contacts.respondent_id")}
        """,  # noqa: S608 - a constant
    "conversations": f"""
        DELETE FROM conversations
        WHERE changed_at < :response_at AND {_NO_OPEN_ALERT.format(id="conversations.respondent_id")}
        """,  # noqa: S608 - a constant
    "alerts": "DELETE FROM alerts WHERE closed_at < :response_at",
    "words of closed alerts": """
        UPDATE alert_words SET text = NULL
        WHERE text IS NOT NULL AND alert_id IN (SELECT id FROM alerts WHERE closed_at IS NOT NULL)
        """,
    "words not looked at": "DELETE FROM unseen_words WHERE written_at < :raw_at",
    "complaints": "DELETE FROM complaints WHERE handled_at < :raw_at OR written_at < :response_at",
    "people": f"""
        DELETE FROM respondents
        WHERE role IS NULL
            AND id NOT IN (SELECT respondent_id FROM contacts)
            AND id NOT IN (SELECT respondent_id FROM conversations)
            AND {_NO_OPEN_ALERT.format(id="respondents.id")}
        """,  # noqa: S608 - a constant
    "uploads": "DELETE FROM uploads WHERE added_at < :failure_at",
    "undelivered": "DELETE FROM undelivered WHERE gave_up_at < :failure_at",
    "invitations": "DELETE FROM invitations WHERE expires_at < :failure_at",
    "claims": "DELETE FROM claims WHERE claimed_at < :claim_at",
}
"""What goes, in this order: people last of what holds them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """For how many days what is kept.

    Raw words from when they were given, contacts from when the person last wrote, responses from when something last
    happened in their conversation.
    """

    raw_text_days: int
    contact_days: int
    response_days: int


def sweep(tx: Transaction, terms: Terms, now: datetime) -> Counts:
    """Delete what was kept long enough, and return how many of each kind; what goes with it is not counted."""
    moments = {
        "raw_at": to_text(now - timedelta(days=terms.raw_text_days)),
        "contact_day": (now - timedelta(days=terms.contact_days)).date().isoformat(),
        "response_at": to_text(now - timedelta(days=terms.response_days)),
        "failure_at": to_text(now - FAILURES),
        "claim_at": to_text(now - CLAIMS),
    }
    return {kind: tx.execute(sql, moments).rowcount for kind, sql in _RULES.items()}


def note(tx: Transaction, counts: Counts, now: datetime) -> None:
    """Record a run; where something went, a purge is due."""
    tx.execute(
        "INSERT INTO retentions (ran_at, counts) VALUES (:now, :counts)",
        {"now": to_text(now), "counts": json.dumps(dict(counts))},
    )
    if any(counts.values()):
        tx.execute("INSERT INTO purge_due DEFAULT VALUES")


def last_run(tx: Transaction) -> tuple[datetime, Counts] | None:
    """Return when the clock last ran and what went, None where it never did."""
    row = tx.execute("SELECT ran_at, counts FROM retentions ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else (from_text(row[0]), json.loads(row[1]))
