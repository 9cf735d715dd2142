"""What a visitor can do about what is held of them: see it, and have it deleted."""

from bot.visit import Visit
from dialogues.phrases import LANGUAGES
from storage import outbox, respondents
from storage.holdings import HeldResponse, held


def show(visit: Visit) -> None:
    """Send everything that is held about the visitor, as a person reads it."""
    all_held, words = held(visit.tx, visit.respondent.id), visit.words
    lines = [
        words.mydata_head.format(
            id=visit.respondent.id,
            joined=f"{all_held.joined_at:%d/%m/%Y}",
            language=LANGUAGES.get(visit.language, visit.language),
            site=all_held.site or "–",
        )
    ]
    for dialogue in all_held.dialogues:
        lines.append(words.mydata_dialogue.format(title=dialogue.title))
        lines += [
            words.mydata_line.format(wording=response.wording, answer=_answer(visit, response))
            for response in dialogue.responses
        ]
    if not any(dialogue.responses for dialogue in all_held.dialogues):
        lines.append(words.mydata_none)
    visit.send("\n\n".join([*lines, words.mydata_foot]))


def _answer(visit: Visit, response: HeldResponse) -> str:
    if response.outcome == "refused":
        return visit.words.skipped
    return response.given or visit.words.dont_know


def ask_to_delete(visit: Visit) -> None:
    """Ask whether to delete everything."""
    words = visit.words
    visit.send(words.delete_ask, ((words.delete_yes, "d:yes"), (words.delete_no, "d:no")))


def delete(visit: Visit, *, confirmed: bool) -> None:
    """Delete everything of the visitor, if they are sure, and leave a receipt; `Database.purge` must follow."""
    if not confirmed:
        visit.send(visit.words.not_deleted)
        return
    person = visit.respondent
    count = sum(len(dialogue.responses) for dialogue in held(visit.tx, person.id).dialogues)
    receipt = visit.words.deleted.format(date=f"{visit.now:%d/%m/%Y}", responses=count)
    respondents.forget(visit.tx, person.id)
    outbox.say_goodbye(visit.tx, person.channel, person.address, visit.house.new_id(), receipt, visit.now)
    visit.forgotten = True
