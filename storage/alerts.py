"""Alerts: that a young person's words raised flags, who takes care of it, and each step, by whom and when.

A person has one open alert at most: what they write next belongs to it. The words themselves are in `alert_words`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from storage import audit
from storage.audit import Actor
from storage.database import Transaction
from storage.ids import AlertId, ConversationId, MemberId, RespondentId
from storage.moment import from_text, to_text

Outcome: TypeAlias = Literal["contacted", "passed on", "false alarm"]
"""How an alert was closed: a lead was in touch, somebody else takes care now, or there was nothing to worry about."""
Step: TypeAlias = Literal[
    "raised",
    "more words",
    "changed words",
    "contact wanted",
    "carried on",
    "acknowledged",
    "handed over",
    "read",
    "wrote",
    "heard back",
    "escalated",
    "released",
    "closed",
]


@dataclass(frozen=True, slots=True)
class Alert:
    """Words of that person raised these flags. `taken_by` is the lead who takes care of it, None while it waits.

    `told_at` is when the leads last heard that it waits; `talking_with` the lead whom the person's words go to.
    """

    id: AlertId
    respondent: RespondentId
    flags: tuple[str, ...]
    raised_at: datetime
    told_at: datetime
    taken_by: MemberId | None
    contact_wanted: bool
    talking_with: MemberId | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step, by a member or None for the person or the program."""

    step: Step
    member: MemberId | None
    at: datetime


_COLUMNS = """
    SELECT alerts.id, respondent_id, flags, raised_at, told_at, leads.id, contact_wanted_at IS NOT NULL, talkers.id,
        outcome
    FROM alerts
    LEFT JOIN respondents AS leads ON leads.id = acknowledged_by AND leads.role = 'lead'
    LEFT JOIN respondents AS talkers ON talkers.id = talking_with AND talkers.role = 'lead'
"""


def raise_alert(
    tx: Transaction,
    conversation_id: ConversationId | None,
    respondent_id: RespondentId,
    flags: Sequence[str],
    now: datetime,
) -> AlertId:
    """Add flags to the person's open alert, or raise one."""
    current = open_of(tx, respondent_id)
    if current is not None:
        merged = sorted({*current.flags, *flags})
        tx.execute("UPDATE alerts SET flags = :flags WHERE id = :id", {"id": current.id, "flags": json.dumps(merged)})
        return current.id
    row = tx.execute(
        """
        INSERT INTO alerts (respondent_id, conversation_id, flags, raised_at, told_at)
        VALUES (:respondent_id, :conversation_id, :flags, :now, :now)
        RETURNING id
        """,
        {
            "respondent_id": respondent_id,
            "conversation_id": conversation_id,
            "flags": json.dumps(list(flags)),
            "now": to_text(now),
        },
    ).fetchone()
    note(tx, AlertId(row[0]), "raised", None, now)
    return AlertId(row[0])


def find(tx: Transaction, alert_id: AlertId) -> Alert | None:
    """Return the alert, open or closed; None where there is none of that id."""
    row = tx.execute(f"{_COLUMNS} WHERE alerts.id = :id", {"id": alert_id}).fetchone()
    return None if row is None else _alert(row)


def open_of(tx: Transaction, respondent_id: RespondentId) -> Alert | None:
    """Return the person's open alert, if any."""
    row = tx.execute(
        f"{_COLUMNS} WHERE respondent_id = :id AND closed_at IS NULL ORDER BY alerts.id DESC LIMIT 1",
        {"id": respondent_id},
    ).fetchone()
    return None if row is None else _alert(row)


def open_alerts(tx: Transaction) -> tuple[Alert, ...]:
    """Return the alerts that nobody has closed, oldest first."""
    return tuple(_alert(row) for row in tx.execute(f"{_COLUMNS} WHERE closed_at IS NULL ORDER BY alerts.id"))


def overdue(tx: Transaction, told_before: datetime) -> tuple[Alert, ...]:
    """Return the open alerts that no lead has taken and that the leads last heard of before that time."""
    rows = tx.execute(
        f"{_COLUMNS} WHERE closed_at IS NULL AND leads.id IS NULL AND told_at <= :before ORDER BY alerts.id",
        {"before": to_text(told_before)},
    )
    return tuple(_alert(row) for row in rows)


def note(tx: Transaction, alert_id: AlertId, step: Step, member_id: MemberId | None, now: datetime) -> None:
    """Record a step; one that a member took, and that an alert was passed up, in the audit log too."""
    actor: Actor | None = "program" if step == "escalated" else member_id
    if actor is not None:
        audit.record(tx, actor, step, f"alert {alert_id}", now)
    tx.execute(
        "INSERT INTO alert_steps (alert_id, member_id, step, taken_at) VALUES (:id, :member_id, :step, :now)",
        {"id": alert_id, "member_id": member_id, "step": step, "now": to_text(now)},
    )


def steps(tx: Transaction, alert_id: AlertId) -> tuple[Taken, ...]:
    """Return what was done about an alert, in order."""
    rows = tx.execute(
        "SELECT step, member_id, taken_at FROM alert_steps WHERE alert_id = :id ORDER BY id", {"id": alert_id}
    )
    return tuple(Taken(step, None if who is None else RespondentId(who), from_text(at)) for step, who, at in rows)


def acknowledge(tx: Transaction, alert_id: AlertId, member_id: MemberId, now: datetime, *, over: bool = False) -> bool:
    """Note who takes care of it; False where it is closed or theirs, or another lead's and not to be taken `over`."""
    alert = find(tx, alert_id)
    if alert is None or alert.outcome or alert.taken_by == member_id or (alert.taken_by and not over):
        return False
    tx.execute(
        "UPDATE alerts SET acknowledged_at = :now, acknowledged_by = :member_id, talking_with = NULL WHERE id = :id",
        {"id": alert_id, "member_id": member_id, "now": to_text(now)},
    )
    note(tx, alert_id, "acknowledged", member_id, now)
    return True


def hand_over(tx: Transaction, alert_id: AlertId, member_id: MemberId, now: datetime) -> bool:
    """Let an alert wait for another lead; False unless it is that member's."""
    changed = tx.execute(
        """
        UPDATE alerts SET acknowledged_at = NULL, acknowledged_by = NULL, talking_with = NULL, told_at = :now
        WHERE id = :id AND acknowledged_by = :member_id AND closed_at IS NULL
        """,
        {"id": alert_id, "member_id": member_id, "now": to_text(now)},
    )
    if changed.rowcount == 1:
        note(tx, alert_id, "handed over", member_id, now)
    return changed.rowcount == 1


def told(tx: Transaction, alert_id: AlertId, now: datetime) -> None:
    """Note that the leads heard that it waits."""
    tx.execute("UPDATE alerts SET told_at = :now WHERE id = :id", {"id": alert_id, "now": to_text(now)})


def want_contact(tx: Transaction, alert_id: AlertId, now: datetime) -> bool:
    """Note that the person would like someone to get in touch; False if they said so before."""
    changed = tx.execute(
        "UPDATE alerts SET contact_wanted_at = :now WHERE id = :id AND contact_wanted_at IS NULL",
        {"id": alert_id, "now": to_text(now)},
    )
    if changed.rowcount == 1:
        note(tx, alert_id, "contact wanted", None, now)
    return changed.rowcount == 1


def talk(tx: Transaction, alert_id: AlertId, member_id: MemberId) -> None:
    """Have what the person types go to that lead, until `hang_up`."""
    tx.execute("UPDATE alerts SET talking_with = :member WHERE id = :id", {"id": alert_id, "member": member_id})


def hang_up(tx: Transaction, respondent_id: RespondentId) -> None:
    """Have what the person types go to the bot again."""
    tx.execute(
        "UPDATE alerts SET talking_with = NULL WHERE respondent_id = :id AND talking_with IS NOT NULL",
        {"id": respondent_id},
    )


def close(tx: Transaction, alert_id: AlertId, member_id: MemberId, outcome: Outcome, now: datetime) -> bool:
    """Close an alert; False where it is closed. What the person writes next raises another."""
    changed = tx.execute(
        """
        UPDATE alerts SET closed_at = :now, outcome = :outcome, talking_with = NULL
        WHERE id = :id AND closed_at IS NULL
        """,
        {"id": alert_id, "outcome": outcome, "now": to_text(now)},
    )
    if changed.rowcount == 1:
        note(tx, alert_id, "closed", member_id, now)
    return changed.rowcount == 1


def _alert(row: tuple[int, str, str, str, str, str | None, int, str | None, Outcome | None]) -> Alert:
    alert_id, respondent_id, flags, raised_at, told_at, lead, wanted, talker, outcome = row
    return Alert(
        AlertId(alert_id),
        RespondentId(respondent_id),
        tuple(json.loads(flags)),
        from_text(raised_at),
        from_text(told_at),
        None if lead is None else RespondentId(lead),
        bool(wanted),
        None if talker is None else RespondentId(talker),
        outcome,
    )
