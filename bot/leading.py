"""What a lead does about an alert: take it, read the words, write to the person, hand it over, close it.

Each step is recorded with who took it and when; the words are shown after a tap only, and deleted on closing.
"""

from bot import alert_cards, alerting
from bot import member_phrases as words
from bot.tokens import AlertAction, AlertButton
from bot.visit import Visit
from storage import alert_words, alerts
from storage.alerts import Alert, Outcome
from storage.ids import AlertId

MOST_CARDS = 10
"""At once: each is a message, and a chat takes one a second."""


def show_open(visit: Visit) -> None:
    """Send a card for each open alert, the oldest first."""
    waiting = alerts.open_alerts(visit.tx)
    for alert in waiting[:MOST_CARDS]:
        _send_card(visit, alert)
    if not waiting:
        visit.send(words.ALERTS_NONE)
    elif len(waiting) > MOST_CARDS:
        visit.send(words.ALERTS_MORE.format(count=len(waiting) - MOST_CARDS))


def show(visit: Visit, alert_id: AlertId) -> None:
    """Send the card of an alert, open or closed."""
    alert = alerts.find(visit.tx, alert_id)
    if alert is None:
        visit.send(words.ALERT_GONE.format(id=alert_id))
    else:
        _send_card(visit, alert)


def _send_card(visit: Visit, alert: Alert) -> None:
    lead = visit.respondent.id
    visit.send(alert_cards.text(visit.tx, alert, lead), *alert_cards.rows(visit.tx, alert, lead))


def tapped(visit: Visit, button: AlertButton) -> None:
    """Take a lead's tap on a card."""
    alert = alerts.find(visit.tx, AlertId(button.alert))
    if alert is None:
        visit.notice = words.ALERT_GONE.format(id=button.alert)
    elif button.action == "read":
        _read(visit, alert)
    elif button.action == "close" and alert.taken_by == visit.respondent.id and not alert.outcome:
        visit.replace(alert_cards.text(visit.tx, alert, visit.respondent.id), *alert_cards.closing_rows(alert))
    elif button.action == "write" and alert.taken_by == visit.respondent.id:
        visit.send(words.REACH_HOW.format(id=alert.id))
    elif button.action == "back" or _done(visit, alert, button.action):
        _refresh(visit, alert.id)
    else:
        visit.notice = words.ALERT_CHANGED_MEANWHILE


def _done(visit: Visit, alert: Alert, action: AlertAction) -> bool:
    """Take the step; False where that is not possible any more."""
    tx, lead, now = visit.tx, visit.respondent.id, visit.now
    match action:
        case "take" | "over":
            return alerts.acknowledge(tx, alert.id, lead, now, over=action == "over")
        case "hand":
            handed = alerts.hand_over(tx, alert.id, lead, now)
            if handed:
                alerting.tell_leads(tx, alert.id, words.ALERT_HANDED, now, but=lead)
            return handed
        case "release":
            return _release(visit, alert)
        case "contacted" | "passed" | "false":
            return alert.taken_by == lead and _close(visit, alert, alert_cards.OUTCOMES[action])
        case _:
            return False


def _read(visit: Visit, alert: Alert) -> None:
    """Show the words to this lead, and record it; of a closed alert there are none left."""
    said = alert_words.words(visit.tx, alert.id)
    if not said:
        visit.notice = words.READ_NONE
        return
    alerts.note(visit.tx, alert.id, "read", visit.respondent.id, visit.now)
    lines = [words.READ_LINE.format(at=alert_cards.time(one.written_at), text=one.text) for one in said]
    visit.send("\n\n".join((words.READ_HEAD.format(id=alert.id), *lines)), quotes=alert.respondent)


def _release(visit: Visit, alert: Alert) -> bool:
    released = alert_words.release(visit.tx, alert.id)
    if released:
        alerts.note(visit.tx, alert.id, "released", visit.respondent.id, visit.now)
    return released > 0


def _close(visit: Visit, alert: Alert, outcome: Outcome) -> bool:
    """Close it and delete its words; a false alarm lets the replies go to review."""
    closed = alerts.close(visit.tx, alert.id, visit.respondent.id, outcome, visit.now)
    if closed and outcome == "false alarm":
        _release(visit, alert)
    if closed:
        alert_words.forget(visit.tx, alert.id)
    return closed


def _refresh(visit: Visit, alert_id: AlertId) -> None:
    """Show the card as it is now in the place of the one that was tapped."""
    alert = alerts.find(visit.tx, alert_id)
    if alert is not None:
        visit.replace(
            alert_cards.text(visit.tx, alert, visit.respondent.id),
            *alert_cards.rows(visit.tx, alert, visit.respondent.id),
        )
