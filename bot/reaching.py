"""A lead and a young person write to each other through the bot: nobody else reads it, and no word of it is stored.

That something was written is recorded as a step. What the person types goes to the lead until they go on with something
else, or the lead closes the alert.
"""

import re

from bot import alert_cards, alerting, conversing, helping
from bot import member_phrases as words
from bot.help_phrases import help_phrases
from bot.visit import Visit
from storage import alerts, conversations, respondents
from storage.alerts import Alert
from storage.ids import AlertId

REACH = re.compile(r"#?(?P<alert>\d{1,15})\s+(?P<text>\S.*)", re.DOTALL | re.ASCII)


def reach(visit: Visit, argument: str) -> None:
    """Send a lead's words to the person behind an alert: `3 Hello, I'm Kim`."""
    visit.held = True  # what a lead writes to a person is not about the lead
    match = REACH.fullmatch(argument.strip())
    alert = alerts.find(visit.tx, AlertId(int(match["alert"]))) if match else None
    if match is None:
        visit.send(words.REACH_HOW_ANY)
    elif alert is None or alert.outcome is not None:
        visit.send(words.ALERT_GONE.format(id=match["alert"]))
    elif alert.taken_by not in (None, visit.respondent.id):
        visit.send(words.REACH_ANOTHERS.format(id=alert.id))
    else:
        _send(visit, alert, match["text"])


def _send(visit: Visit, alert: Alert, text: str) -> None:
    person = respondents.find(visit.tx, alert.respondent)
    if person is None or person.blocked:
        visit.send(words.REACH_BLOCKED.format(id=alert.id))
        return
    alerts.acknowledge(visit.tx, alert.id, visit.respondent.id, visit.now)
    alerts.talk(visit.tx, alert.id, visit.respondent.id)
    alerts.note(visit.tx, alert.id, "wrote", visit.respondent.id, visit.now)
    theirs = Visit(visit.house, visit.tx, person, visit.now)
    current = conversations.current(visit.tx, person.id)
    if current is not None:
        conversing.hush(theirs, current)
    said = help_phrases(theirs.language).reached.format(council=visit.house.deployment.council, text=text)
    theirs.send(said, helping.back_row(theirs))
    rows = alert_cards.rows(visit.tx, alerts.find(visit.tx, alert.id) or alert, visit.respondent.id)
    visit.send(words.REACH_SENT.format(id=alert.id), *rows)


def relay(visit: Visit, text: str, flags: tuple[str, ...]) -> bool:
    """Pass words on to the lead whom the visitor is writing with; False where there is none, or none who hears.

    Words that sound serious bring the help lines here too, and stand with the alert.
    """
    alert = alerts.open_of(visit.tx, visit.respondent.id)
    lead = respondents.find(visit.tx, alert.talking_with) if alert and alert.talking_with else None
    if alert is None or lead is None or lead.blocked:
        return False
    if flags:
        visit.send(f"{help_phrases(visit.language).support}\n\n{helping.help_lines(visit)}")
        alerting.raise_alert(visit, flags, text, None, ())
    theirs = Visit(visit.house, visit.tx, lead, visit.now, as_member=True)
    theirs.send(words.REACH_ANSWER.format(id=alert.id, text=text), quotes=visit.respondent.id)
    alerts.note(visit.tx, alert.id, "heard back", None, visit.now)
    visit.held = True  # a lead reads them
    visit.send(help_phrases(visit.language).relayed)
    return True
