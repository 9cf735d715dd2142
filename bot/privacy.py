"""What a visitor can do about what is held of them: see it, and have it deleted."""

import re
from datetime import datetime

from bot import alerting
from bot.deployment import UNSAID, text_in
from bot.help_phrases import help_phrases
from bot.mydata_file import FILENAME
from bot.visit import Visit
from bot.welcome_phrases import welcome_phrases
from dialogues.phrases import LANGUAGES
from storage import alerts, complaints, deletions, outbox, respondents
from storage.holdings import Held, HeldDialogue, HeldResponse, held
from storage.outbox import Outgoing


def show(visit: Visit) -> None:
    """Send everything that is held about the visitor, as a person reads it."""
    all_held, words = held(visit.tx, visit.respondent.id), visit.words
    lines = [_head(visit, all_held)]
    for dialogue in all_held.dialogues:
        ending = words.mydata_endings[dialogue.ending]
        lines.append(words.mydata_dialogue.format(title=dialogue.title, date=_day(dialogue.started_at), ending=ending))
        lines += [
            words.mydata_line.format(wording=response.wording, answer=_answer(visit, response, dialogue))
            for response in dialogue.responses
        ]
    if not any(dialogue.responses for dialogue in all_held.dialogues):
        lines.append(words.mydata_none)
    sent_as_file = visit.respondent.channel == "telegram"
    visit.send("\n\n".join([*lines, *([words.mydata_file] if sent_as_file else []), words.mydata_foot]))
    if sent_as_file:
        visit.put(Outgoing("mydata", FILENAME))


def _head(visit: Visit, all_held: Held) -> str:
    """Return what is held beside the responses."""
    words = visit.words
    head = words.mydata_head.format(
        id=visit.respondent.id,
        joined=_day(all_held.joined_at),
        chat=f"{all_held.channel} {all_held.address}",
        language=LANGUAGES.get(visit.language, visit.language),
        site=all_held.site or "–",
        consents=all_held.consents,
    )
    member = words.mydata_member.format(role=all_held.role, reviews=all_held.reviews) if all_held.role else ""
    told = words.mydata_alerts.format(count=all_held.alerts) if all_held.alerts else ""
    told = "\n".join((told, *(f"• “{kept}”" for kept in all_held.alert_words)))
    own = complaints.written_by(visit.tx, visit.respondent.id)
    complained = [words.mydata_complaint.format(text=text) for text in own]
    return "\n".join(line for line in (head, _age(visit), member, told, *complained) if line)


def _age(visit: Visit) -> str:
    """Return which age group is held, empty where none is."""
    band_id = visit.respondent.band
    band = visit.house.deployment.band(band_id)
    if band is None:
        return ""
    said = welcome_phrases(visit.language).age_unsaid if band_id == UNSAID else text_in(band.label, visit.language)
    return visit.words.mydata_age.format(band=said)


def _answer(visit: Visit, response: HeldResponse, dialogue: HeldDialogue) -> str:
    """Return what was answered, with the day where that is not the day on which the dialogue began."""
    skipped = response.outcome == "refused"
    answer = visit.words.skipped if skipped else response.given or visit.words.dont_know
    if response.at.date() == dialogue.started_at.date():
        return answer
    return visit.words.mydata_later.format(answer=answer, date=_day(response.at))


def _day(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y}"


def ask_to_delete(visit: Visit) -> None:
    """Ask whether to delete everything."""
    words = visit.words
    waits = alerts.open_of(visit.tx, visit.respondent.id) is not None
    asked = f"{words.delete_ask}\n\n{help_phrases(visit.language).delete_waiting}" if waits else words.delete_ask
    visit.send(asked, ((words.delete_yes, "d:yes"), (words.delete_no, "d:no")))


def delete(visit: Visit, *, confirmed: bool) -> None:
    """Delete everything of the visitor, if they are sure, and leave a receipt; `Database.purge` must follow."""
    if not confirmed:
        visit.send(visit.words.not_deleted)
        return
    person = visit.respondent
    all_held = held(visit.tx, person.id)
    met_by_this_tap = all_held.joined_at == visit.now  # everything was deleted before
    alert = alerts.open_of(visit.tx, person.id)
    if alert is not None:
        alerting.tell_of_deletion(visit.tx, alert, visit.now)
    respondents.forget(visit.tx, person.id, wipe=not met_by_this_tap)
    if met_by_this_tap:
        visit.notice = visit.words.stale
        return
    count = sum(len(dialogue.responses) for dialogue in all_held.dialogues)
    receipt = receipt_number(visit.house.new_id())
    deletions.record(visit.tx, receipt, visit.now)
    said = visit.words.deleted.format(date=_day(visit.now), responses=count, receipt=receipt)
    outbox.say_goodbye(visit.tx, person.channel, person.address, visit.house.new_id(), said, visit.now)


def receipt_number(new_id: str) -> str:
    """Return a receipt's number for a fresh id of hexadecimal digits, as a person can copy it: 0123-4567-89AB-CDEF."""
    return "-".join(re.findall("....", new_id.upper()))
