"""Alerts to the safeguarding lead: that words raised flags, in which conversation; never the words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.ids import AlertId, ConversationId, MemberId, RespondentId
from storage.moment import from_text, to_text


@dataclass(frozen=True, slots=True)
class Alert:
    """Words of that person raised these flags; `conversation` is None where they were written outside one."""

    id: AlertId
    respondent: RespondentId
    conversation: ConversationId | None
    flags: tuple[str, ...]
    raised_at: datetime


def raise_alert(
    tx: Transaction,
    conversation_id: ConversationId | None,
    respondent_id: RespondentId,
    flags: Sequence[str],
    now: datetime,
) -> AlertId:
    """Note that words raised flags."""
    row = tx.execute(
        """
        INSERT INTO alerts (respondent_id, conversation_id, flags, raised_at)
        VALUES (:respondent_id, :conversation_id, :flags, :now)
        RETURNING id
        """,
        {
            "respondent_id": respondent_id,
            "conversation_id": conversation_id,
            "flags": json.dumps(list(flags)),
            "now": to_text(now),
        },
    ).fetchone()
    return AlertId(row[0])


def open_alerts(tx: Transaction) -> tuple[Alert, ...]:
    """Return the alerts that nobody has acknowledged, oldest first."""
    rows = tx.execute(
        """
        SELECT id, respondent_id, conversation_id, flags, raised_at FROM alerts
        WHERE acknowledged_at IS NULL ORDER BY id
        """
    )
    return tuple(
        Alert(
            AlertId(alert_id),
            RespondentId(respondent_id),
            None if conversation_id is None else ConversationId(conversation_id),
            tuple(json.loads(flags)),
            from_text(raised_at),
        )
        for alert_id, respondent_id, conversation_id, flags, raised_at in rows
    )


def acknowledge(tx: Transaction, alert_id: AlertId, member_id: MemberId, now: datetime) -> bool:
    """Note who takes care of it; False if someone did before, or there is no such alert."""
    changed = tx.execute(
        """
        UPDATE alerts SET acknowledged_at = :now, acknowledged_by = :member_id
        WHERE id = :id AND acknowledged_at IS NULL
        """,
        {"id": alert_id, "member_id": member_id, "now": to_text(now)},
    )
    return changed.rowcount == 1
