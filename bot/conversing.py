"""Leads a respondent's conversation: hands what happens to the engine, and carries out what follows."""

from dataclasses import replace
from typing import TypeAlias, assert_never

from bot import alerting, helping
from bot.tokens import QuestionButton, question_token, step_code, step_id
from bot.visit import Visit
from dialogues import conversation as talk
from dialogues.conversation import Conversation, Event, Started, Tapped
from dialogues.engine import advance
from dialogues.script import Consent, Language, Script
from dialogues.turn import PAUSE
from storage import conversations, looking, outbox, responses, scripts
from storage.conversations import Stored
from storage.ids import ConversationId, ResponseId
from storage.outbox import Kind, Outgoing
from storage.scripts import Live

Speech: TypeAlias = talk.Say | talk.Ask | talk.Close | talk.Notify
"""Effects that the respondent notices."""
Deed: TypeAlias = talk.Record | talk.Amend | talk.Withdraw | talk.Remind | talk.Finish
"""Effects on what is stored; a try-out leaves them out."""


def begin(visit: Visit, live: Live) -> bool:
    """Start a conversation about a question set, or take up the one that was broken off; return whether it ended."""
    tx, person = visit.tx, visit.respondent
    before = conversations.broken_off(tx, person.id, live.dialogue)
    if before is not None:
        return happen(visit, before, Started())
    return happen(visit, _new(visit, live, trial=False), Started(conversations.agreed_consents(tx, person.id)))


def try_out(visit: Visit, live: Live) -> None:
    """Start a conversation of which nothing is stored, in the place of whatever is going on."""
    current = conversations.current(visit.tx, visit.respondent.id)
    if current is not None:
        break_off(visit, current)
    happen(visit, _new(visit, live, trial=True), Started())


def _new(visit: Visit, live: Live, *, trial: bool) -> Stored:
    conversation_id = ConversationId(visit.house.new_id())
    person = visit.respondent
    fresh = Conversation(live.script.language(visit.language))
    conversations.begin(
        visit.tx,
        conversation_id,
        person.id,
        live.hash,
        person.channel,
        fresh,
        person.site,
        trial,
        visit.now,
        pilot=visit.house.deployment.pilot,
    )
    return conversations.load(visit.tx, conversation_id)


def break_off(visit: Visit, stored: Stored) -> None:
    """End a conversation without a word; `begin` takes it up again."""
    script = scripts.load(visit.tx, stored.script_hash)
    _save(visit, stored, advance(script, stored.conversation, talk.Stopped(), visit.now).conversation)


def _save(visit: Visit, stored: Stored, conversation: Conversation) -> None:
    """Store where the conversation is; of a try-out that has ended, nothing that was said in it."""
    if stored.trial and conversation.phase == "ended":
        conversation = replace(conversation, responses=(), candidates=(), unplaced=None)
    conversations.save(visit.tx, stored.id, conversation, visit.now)


def resume(visit: Visit, stored: Stored) -> bool:
    """Ask the current question again, or go on where it has its response; return whether that ended it."""
    return happen(visit, stored, talk.Resumed())


def happen(visit: Visit, stored: Stored, event: Event, message_id: int | None = None) -> bool:
    """Let the event happen in a conversation; return whether that ended it. `message_id` is the message it came in."""
    script = scripts.load(visit.tx, stored.script_hash)
    step = advance(script, stored.conversation, event, visit.now)
    _save(visit, stored, step.conversation)
    for effect in step.effects:
        if isinstance(effect, Speech):
            _speak(visit, stored, script, effect)
        elif not stored.trial and not isinstance(effect, talk.Alert):
            _keep(visit, stored, script, effect, message_id)
    if any(isinstance(effect, talk.Alert) for effect in step.effects):
        _bring_help(visit, stored, event, step.effects)
    elif not stored.trial:
        _show_changes(visit, stored, step.effects)
    return any(isinstance(effect, talk.Finish) for effect in step.effects)


def is_unseen(visit: Visit, stored: Stored, message_id: int) -> bool:
    """Return whether a message was written before the current question reached its writer.

    In a private chat, the numbers of messages grow in the order in which both sides sent them.
    """
    shown = outbox.first_shown(visit.tx, stored.id, stored.conversation.asked_revision)
    return shown is None or message_id < shown


def tapped(visit: Visit, stored: Stored, button: QuestionButton) -> bool:
    """Let a tap happen in a conversation; return whether that ended it."""
    script = scripts.load(visit.tx, stored.script_hash)
    question = step_id(script, button.step)
    if question is None:
        visit.notice = visit.words.stale
        return False
    return happen(visit, stored, Tapped(question, button.revision, button.value))


def _speak(visit: Visit, stored: Stored, script: Script, effect: Speech) -> None:
    match effect:
        case talk.Say(text):
            visit.send(text)
        case talk.Ask():
            _ask(visit, stored, script, effect)
        case talk.Close(revision, text):
            visit.put(Outgoing("edit", text, conversation=stored.id, revision=revision, edits=visit.tapped))
        case talk.Notify(text):
            visit.notice = text
        case _:
            assert_never(effect)


def _keep(visit: Visit, stored: Stored, script: Script, effect: Deed, message_id: int | None) -> None:
    tx, now = visit.tx, visit.now
    match effect:
        case talk.Record(response):
            _hold(visit, response, responses.record(tx, stored.id, response, message_id, now))
            _remember_consent(visit, script, response)
        case talk.Amend(response):
            _hold(visit, response, responses.amend(tx, stored.id, response, message_id, now))
        case talk.Withdraw(question):
            responses.withdraw(tx, stored.id, question)
        case talk.Remind(at):
            conversations.set_reminder(tx, stored.id, at)
        case talk.Finish():
            pass
        case _:
            assert_never(effect)


def _hold(visit: Visit, response: talk.Response, response_id: ResponseId) -> None:
    """Hold back typed words for which there was no time for a second look, until they had one."""
    if visit.second is None and response.text is not None:
        looking.hold(visit.tx, response_id)
        visit.held = True


def _show_changes(visit: Visit, stored: Stored, effects: tuple[talk.Effect, ...]) -> None:
    """Show a lead what now stands in the place of flagged words: nobody else sees it before."""
    for effect in effects:
        if isinstance(effect, talk.Amend):
            response = effect.response
            flagged = responses.flagged(visit.tx, stored.id, response.question)
            if flagged is not None:
                alerting.note_change(visit, flagged[1], response.text or "", stored, flagged[0])


def _bring_help(visit: Visit, stored: Stored, event: Event, effects: tuple[talk.Effect, ...]) -> None:
    """Answer an alert with help; the responses that came with it stay out of review and export."""
    said = event.text if isinstance(event, talk.Typed | talk.Edited) else ""
    for alert in (effect for effect in effects if isinstance(effect, talk.Alert)):
        given = [effect.response.question for effect in effects if isinstance(effect, talk.Record | talk.Amend)]
        flagged = (responses.flag(visit.tx, stored.id, question, alert.flags) for question in given)
        helping.support(visit, alert.flags, said, stored, [one for one in flagged if one is not None])


def _ask(visit: Visit, stored: Stored, script: Script, ask: talk.Ask) -> None:
    code = step_code(script, ask.question)
    rows = tuple(
        tuple((button.label, question_token(stored.id, code, ask.revision, button.value)) for button in row)
        for row in ask.buttons
    )
    kind: Kind = "edit" if ask.again else "message"
    edits = visit.tapped if ask.again else None
    revision = None if ask.question == PAUSE else ask.revision
    visit.put(Outgoing(kind, ask.text, rows, stored.id, revision, edits))


def _remember_consent(visit: Visit, script: Script, response: talk.Response) -> None:
    step = next((step for step in script.steps if step.id == response.question), None)
    if isinstance(step, Consent):
        conversations.agree(visit.tx, visit.respondent.id, step.key, visit.now)


def hush(visit: Visit, stored: Stored) -> None:
    """Pause a conversation without a word; `resume` takes it up again."""
    script = scripts.load(visit.tx, stored.script_hash)
    _save(visit, stored, advance(script, stored.conversation, talk.Paused(), visit.now).conversation)
    conversations.set_reminder(visit.tx, stored.id, None)


def take_break(visit: Visit, *, typed: bool) -> None:
    """Pause whatever is going on, and say where help is: the safe word was said."""
    current = conversations.current(visit.tx, visit.respondent.id)
    if current is not None:
        hush(visit, current)
    helping.take_break(visit, typed=typed and current is not None)


def switch(visit: Visit, stored: Stored, language: str) -> bool:
    """Go on in another language, where the script has it; return whether that ended it."""
    return happen(visit, stored, talk.Switched(Language(language)))
