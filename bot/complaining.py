"""When something was wrong: what somebody can put right themselves, and a complaint that reaches the team.

The team reads it word for word, without learning whose it is, and so cannot answer in the chat.
"""

import re

from bot import member_phrases as words
from bot import roles
from bot.deployment import text_in
from bot.visit import Visit
from storage import complaints, members, outbox
from storage.ids import ComplaintId
from storage.outbox import Outgoing

_DONE = re.compile(r"done\s+#?(\d{1,15})", re.ASCII | re.IGNORECASE)
MOST_SHOWN = 10
"""At once: each is a message, and a chat takes one a second."""
MOST_WAITING = 3
"""Of one person, that nobody has taken care of: more would bury what others complain of."""


def begin(visit: Visit, argument: str) -> None:
    """Say what can be done, and take the next words for a complaint; those behind the command at once."""
    if argument.strip():
        take(visit, argument.strip())
        return
    if _enough(visit):
        return
    complaints.listen(visit.tx, visit.respondent.id, visit.now)
    visit.send(visit.words.complain_how.format(contact=_contact(visit)))


def take(visit: Visit, text: str) -> None:
    """Keep a complaint and say thanks. The team hears of it unless others wait: nobody can flood them."""
    complaints.stop_listening(visit.tx, visit.respondent.id)
    if _enough(visit):
        return
    number = complaints.write(visit.tx, visit.respondent.id, text, visit.now)
    visit.send(visit.words.complain_thanks.format(id=number, contact=_contact(visit)))
    if len(complaints.waiting(visit.tx)) > 1:
        return
    for member in members.members(visit.tx):
        if roles.may(member.role, "complaints"):
            said = words.COMPLAINT_NEW.format(id=number)
            outbox.put(visit.tx, member.id, Outgoing("message", said, members_only=True), visit.now)


def _enough(visit: Visit) -> bool:
    """Return whether the visitor has as many complaints waiting as may, and then say so."""
    enough = complaints.waiting_from(visit.tx, visit.respondent.id) >= MOST_WAITING
    if enough:
        visit.send(visit.words.complain_enough.format(count=MOST_WAITING, contact=_contact(visit)))
    return enough


def show(visit: Visit, argument: str) -> None:
    """Show the complaints that wait; `done 3` says that somebody took care of the third."""
    done = _DONE.fullmatch(argument.strip())
    if done is not None:
        handled = complaints.handle(visit.tx, ComplaintId(int(done[1])), visit.respondent.id, visit.now)
        visit.send((words.COMPLAINT_HANDLED if handled else words.COMPLAINT_GONE).format(id=done[1]))
        return
    waiting = complaints.waiting(visit.tx)
    for one in waiting[:MOST_SHOWN]:
        shown = words.COMPLAINT.format(id=one.id, at=f"{one.written_at:%d/%m/%Y}", text=one.text)
        visit.send(shown, quotes=one.respondent)
    if len(waiting) > MOST_SHOWN:
        visit.send(words.COMPLAINTS_MORE.format(count=len(waiting) - MOST_SHOWN))
    elif not waiting:
        visit.send(words.COMPLAINTS_NONE)


def _contact(visit: Visit) -> str:
    return text_in(visit.house.deployment.contact, visit.language)
