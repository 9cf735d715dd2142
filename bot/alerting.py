"""Raises alerts, and tells who has to know of them: the leads, and where none of them looks, staff.

Leads get a card, never the words. Staff hear that an alert waits, and no more. Ambassadors hear nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import alert_cards
from bot import member_phrases as words
from bot.visit import Visit
from storage import alert_words, alerts, members, outbox
from storage.alerts import Alert
from storage.conversations import Stored
from storage.database import Transaction
from storage.ids import AlertId, MemberId, ResponseId
from storage.outbox import Outgoing

WANTS_CONTACT = "asked for contact"
"""Stands among the flags where no words raised them: somebody asked for a person to get in touch."""


# --- what raises an alert


def raise_alert(
    visit: Visit, flags: Sequence[str], said: str, stored: Stored | None, kept: Sequence[ResponseId]
) -> None:
    """Add words to the visitor's open alert, or raise one, and tell who has to know."""
    before = alerts.open_of(visit.tx, visit.respondent.id)
    conversation = None if stored is None else stored.id
    alert_id = alerts.raise_alert(visit.tx, conversation, visit.respondent.id, flags, visit.now)
    alert_words.add(visit.tx, alert_id, said, kept, visit.now)
    if before is None:
        tell_leads(visit.tx, alert_id, words.ALERT, visit.now)
    else:
        alerts.note(visit.tx, alert_id, "more words", None, visit.now)
        _tell_more(visit, before, flags)


def _tell_more(visit: Visit, before: Alert, flags: Sequence[str]) -> None:
    """Tell the lead who has the alert; where it still waits, the leads have heard of it, but not of other flags."""
    if before.taken_by is not None:
        tell(visit.tx, before.taken_by, before.id, words.ALERT_MORE, visit.now)
    elif not set(flags) <= set(before.flags):
        tell_leads(visit.tx, before.id, words.ALERT_MORE, visit.now)


def note_change(visit: Visit, flags: Sequence[str], said: str, stored: Stored, response_id: ResponseId) -> None:
    """Show the leads new words in the place of flagged ones: the reply stays held back until one of them looks."""
    alert_id = alerts.raise_alert(visit.tx, stored.id, visit.respondent.id, flags, visit.now)
    alert_words.add(visit.tx, alert_id, said, (response_id,), visit.now)
    alerts.note(visit.tx, alert_id, "changed words", None, visit.now)
    alert = alerts.find(visit.tx, alert_id)
    if alert is None or alert.taken_by is None:
        tell_leads(visit.tx, alert_id, words.ALERT_CHANGED, visit.now)
    else:
        tell(visit.tx, alert.taken_by, alert_id, words.ALERT_CHANGED, visit.now)


def want_contact(visit: Visit) -> bool:
    """Tell the leads that the visitor would like somebody to get in touch; False if they did so before."""
    before = alerts.open_of(visit.tx, visit.respondent.id)
    flags = before.flags if before else (WANTS_CONTACT,)
    alert_id = alerts.raise_alert(visit.tx, None, visit.respondent.id, flags, visit.now)
    if not alerts.want_contact(visit.tx, alert_id, visit.now):
        return False
    if before is not None and before.taken_by is not None:
        tell(visit.tx, before.taken_by, alert_id, words.ALERT_WANTED, visit.now)
    else:
        tell_leads(visit.tx, alert_id, words.ALERT_WANTED, visit.now)
    return True


def tell_of_deletion(tx: Transaction, alert: Alert, now: datetime) -> None:
    """Tell the lead who has the alert, or all, that its person had everything deleted."""
    text = words.ALERT_DELETED.format(id=alert.id)
    for lead in [alert.taken_by] if alert.taken_by else [lead.id for lead in members.members(tx, "lead")]:
        outbox.put(tx, lead, Outgoing("message", text, members_only=True), now)


# --- who is told


def tell_leads(tx: Transaction, alert_id: AlertId, head: str, now: datetime, but: MemberId | None = None) -> None:
    """Send the card to every lead but that one, below those words."""
    alerts.told(tx, alert_id, now)
    for lead in members.members(tx, "lead"):
        if lead.id != but:
            tell(tx, lead.id, alert_id, head, now)


def tell(tx: Transaction, lead: MemberId, alert_id: AlertId, head: str, now: datetime) -> None:
    """Send the card to that lead, below those words."""
    alert = alerts.find(tx, alert_id)
    if alert is not None:
        text = f"{head.format(id=alert_id)}\n\n{alert_cards.text(tx, alert, lead)}"
        rows = tuple(alert_cards.rows(tx, alert, lead))
        outbox.put(tx, lead, Outgoing("message", text, rows, members_only=True), now)


def escalate(tx: Transaction, waited: timedelta, now: datetime) -> int:
    """Tell leads and staff of the alerts that have waited so long since the leads last heard; return how many."""
    late = alerts.overdue(tx, now - waited)
    for alert in late:
        alerts.note(tx, alert.id, "escalated", None, now)
        tell_leads(tx, alert.id, words.ALERT_WAITS, now)
    if late:
        text = words.ALERT_STAFF.format(since=alert_cards.time(min(alert.raised_at for alert in late)))
        for person in members.members(tx, "staff"):
            outbox.put(tx, person.id, Outgoing("message", text, members_only=True), now)
    return len(late)
