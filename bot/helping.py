"""What a young person hears when words of theirs sound serious: warm words, who can help, and a way on.

Gives no advice, asks for no details, and promises no more than is so: a person looks only where there is a lead.
"""

from collections.abc import Sequence

from bot import alerting
from bot.deployment import text_in
from bot.help_phrases import HelpPhrases, help_phrases
from bot.visit import Row, Visit
from storage import alerts, conversations, members
from storage.conversations import Stored
from storage.ids import ResponseId

UNSURE = "unsure"
"""The flag of words that the second look alone finds serious, and not surely."""
SAFE_WORD = "safe"
"""Typed alone it brings the help lines at once, as /safe does; nobody is told."""


def support(
    visit: Visit, flags: Sequence[str], said: str, stored: Stored | None, kept: Sequence[ResponseId] = ()
) -> None:
    """Say where help is, and let the leads know. `said` became the responses `kept`, if any."""
    says = _says(visit)
    _bring(visit, says.support_unsure if tuple(flags) == (UNSURE,) else says.support, flags, said, stored, kept)


def support_late(
    visit: Visit, flags: Sequence[str], said: str, stored: Stored | None, kept: Sequence[ResponseId]
) -> None:
    """Say where help is, some time after words that only the second look found serious."""
    _bring(visit, _says(visit).support_late, flags, said, stored, kept)


def _bring(
    visit: Visit, head: str, flags: Sequence[str], said: str, stored: Stored | None, kept: Sequence[ResponseId]
) -> None:
    says, has_lead = _says(visit), _has_lead(visit)
    _send_lines(visit, head)
    alerting.raise_alert(visit, flags, said, stored, kept)
    visit.held = True  # a lead reads them
    council, looked_at = visit.house.deployment.council, _looked_at(visit)
    told = says.told.format(council=council, looked_at=looked_at) if has_lead else says.told_nobody
    _send_ways_on(visit, says.mistaken, told, contact=has_lead)


def hear_more(visit: Visit, said: str, stored: Stored | None) -> bool:
    """Keep words with the visitor's open alert where its questions are paused, and say so; False where they are not.

    Somebody who has just told something serious writes on to a person, not to a pause.
    """
    paused = stored is not None and stored.conversation.phase == "paused"
    alert = alerts.open_of(visit.tx, visit.respondent.id) if paused else None
    if alert is None or not _has_lead(visit):
        return False
    alerting.raise_alert(visit, (), said, stored, ())
    visit.held = True  # a lead reads them
    _send_ways_on(visit, _says(visit).carry_on, _says(visit).more, contact=not alert.contact_wanted)
    return True


def take_break(visit: Visit, *, typed: bool) -> None:
    """Answer the safe word: the help lines and a way on. Nobody is told, and nothing is kept."""
    says = _says(visit)
    _send_lines(visit, says.safe)
    _send_ways_on(visit, says.carry_on, says.safe_untold, says.safe_typed if typed else "", contact=_has_lead(visit))


def want_contact(visit: Visit) -> None:
    """Ask the leads to get in touch, and say what will happen."""
    says = _says(visit)
    if not _has_lead(visit):
        _send_lines(visit, says.touch_nobody, back_row(visit))
    elif alerting.want_contact(visit):
        visit.send(says.touch_asked.format(looked_at=_looked_at(visit)), back_row(visit))
    else:
        visit.notice = says.touch_again


def note_carrying_on(visit: Visit) -> None:
    """Record that the visitor went on; what they wrote stays with the leads."""
    alerts.hang_up(visit.tx, visit.respondent.id)
    alert = alerts.open_of(visit.tx, visit.respondent.id)
    if alert is not None:
        alerts.note(visit.tx, alert.id, "carried on", None, visit.now)


def help_lines(visit: Visit) -> str:
    """Return whom the visitor can turn to, a line each, and whom to call at once."""
    says, deployment, person = _says(visit), visit.house.deployment, visit.respondent
    lines = [line.shown(visit.language) for line in deployment.help_lines_for(visit.language, person.band, person.site)]
    danger = says.emergency.format(emergency=deployment.emergency)
    return "\n".join(lines or [says.no_lines]) + f"\n\n{danger}"


def back_row(visit: Visit) -> Row:
    """Return the button that leads back to where the visitor was."""
    return ((_says(visit).carry_on, "h:on"),)


def is_safe_word(text: str) -> bool:
    """Return whether the text is nothing but the safe word."""
    return text.strip(" .!/").casefold() == SAFE_WORD


def _send_lines(visit: Visit, head: str, *rows: Row) -> None:
    visit.send(f"{head}\n\n{help_lines(visit)}", *rows)


def _send_ways_on(visit: Visit, on: str, *told: str, contact: bool) -> None:
    """Send what else there is to know, and the buttons: somebody may get in touch, or on with what was going on."""
    says = _says(visit)
    waits = says.on_hold if conversations.current(visit.tx, visit.respondent.id) else ""
    touch: list[Row] = [((says.touch, "h:touch"),)] if contact else []
    visit.send("\n\n".join(part for part in (*told, waits) if part), *touch, ((on, "h:on"),))


def _looked_at(visit: Visit) -> str:
    """Return when a person looks, as the deployment says it, and what to do where that is too late."""
    looked_at = text_in(visit.house.deployment.looked_at, visit.language)
    return " ".join(part for part in (looked_at, _says(visit).urgent) if part)


def _has_lead(visit: Visit) -> bool:
    """Return whether there is a lead to hear of it; one who blocked the bot hears nothing."""
    return any(not lead.blocked for lead in members.members(visit.tx, "lead"))


def _says(visit: Visit) -> HelpPhrases:
    return help_phrases(visit.language)
