"""What runs, what waits and what is wrong, in counts: nothing here tells of one person."""

from dataclasses import dataclass
from datetime import datetime

from storage import outbox, review, tagging
from storage.database import Transaction
from storage.moment import from_text
from storage.review import Quality


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of the whole database; trials are not counted. `conversations` by ending, "running" those without."""

    at: datetime
    respondents: int
    members: int
    conversations: dict[str, int]
    responses: int
    untagged: int
    not_taggable: int
    not_looked_at: int
    review_decided: int
    review_waiting: int
    quality: Quality
    unsent: int
    oldest_unsent: datetime | None
    undelivered: int
    alerts_open: int
    heartbeats: dict[str, datetime]


def status(tx: Transaction, now: datetime) -> Status:
    """Return how things stand at that moment."""
    decided, waiting = review.progress(tx)
    return Status(
        at=now,
        respondents=_count(tx, "SELECT count(*) FROM contacts WHERE leaving = 0"),
        members=_count(tx, "SELECT count(*) FROM respondents WHERE role IS NOT NULL"),
        conversations=_conversations(tx),
        responses=_count(
            tx,
            """
            SELECT count(*) FROM responses JOIN conversations ON conversations.id = conversation_id WHERE trial = 0
            """,
        ),
        untagged=tagging.count_untagged(tx),
        not_taggable=_count(tx, "SELECT count(*) FROM tagging_failures"),
        not_looked_at=_count(
            tx,
            """
            SELECT (SELECT count(*) FROM responses WHERE flags = '["not looked at"]')
                + (SELECT count(*) FROM unseen_words)
            """,
        ),
        review_decided=decided,
        review_waiting=waiting,
        quality=review.quality(tx),
        unsent=_count(tx, "SELECT count(*) FROM outbox JOIN contacts USING (respondent_id) WHERE blocked_at IS NULL"),
        oldest_unsent=outbox.oldest_unsent(tx),
        undelivered=_count(tx, "SELECT count(*) FROM undelivered"),
        alerts_open=_count(tx, "SELECT count(*) FROM alerts WHERE closed_at IS NULL"),
        heartbeats=_heartbeats(tx),
    )


def _count(tx: Transaction, sql: str) -> int:
    return int(tx.execute(sql).fetchone()[0])


def _conversations(tx: Transaction) -> dict[str, int]:
    rows = tx.execute(
        "SELECT coalesce(ending, 'running'), count(*) FROM conversations WHERE trial = 0 GROUP BY 1 ORDER BY 1"
    )
    return {str(ending): int(count) for ending, count in rows}


def _heartbeats(tx: Transaction) -> dict[str, datetime]:
    rows = tx.execute("SELECT name, beat_at FROM heartbeats ORDER BY name")
    return {str(name): from_text(beat_at) for name, beat_at in rows}
