"""The desk: answers whatever comes in, from whichever channel, in one transaction.

Knows who may do what and which words are commands; what is asked is the engine's, what is stored is storage's.
"""

from datetime import datetime
from typing import assert_never

from bot import (
    commands,
    complaining,
    conversing,
    helping,
    invitations,
    leading,
    menu,
    privacy,
    pushing,
    reaching,
    reviewing,
    roles,
    welcoming,
)
from bot import member_phrases as words
from bot.incoming import (
    CameBack,
    Command,
    Delivery,
    EditedWords,
    InGroup,
    Left,
    Media,
    Tap,
    Upload,
    Words,
    typed,
)
from bot.phrases import bot_phrases
from bot.tokens import (
    AlertButton,
    DeleteButton,
    HelpButton,
    LanguageButton,
    MenuButton,
    QuestionButton,
    ReviewButton,
    ScriptButton,
    TokenButton,
    WelcomeButton,
    read_token,
)
from bot.visit import House, Visit
from dialogues import conversation as talk
from storage import alerts, complaints, conversations, inbox, looking, outbox, respondents, responses, uploads
from storage.database import Transaction
from storage.ids import ConversationId


def answer(tx: Transaction, house: House, delivery: Delivery, now: datetime) -> str | None:
    """Take a delivery: store what it changes and put what is said in the outbox. A repeated one changes nothing.

    Returns the words to answer a tap with, None for none.
    """
    sender = delivery.sender
    if delivery.update_id is not None and not inbox.is_new(tx, sender.channel, delivery.update_id, now):
        return None
    spoken = (sender.language or "").partition("-")[0].casefold()
    if isinstance(delivery.incoming, InGroup):
        said = bot_phrases(spoken if spoken in house.languages else house.languages[0]).in_group
        outbox.say_goodbye(tx, sender.channel, sender.address, house.new_id(), said, now)
        return None
    new_id = house.new_id()
    person = respondents.meet(tx, sender.channel, sender.address, new_id, now)
    if isinstance(delivery.incoming, Left) and person.id == new_id:
        respondents.forget(tx, person.id, wipe=False)  # a stranger, perhaps one who has just deleted everything
        return None
    visit = Visit(house, tx, person, now, second=delivery.second)
    if person.language is None and spoken in house.languages:
        respondents.set_language(tx, person.id, spoken)
        visit.refresh()
    _take(visit, delivery.incoming)
    if delivery.second is None and not visit.held:
        looking.keep(tx, person.id, typed(delivery.incoming), visit.language, now)
    return visit.notice


def _take(visit: Visit, incoming: Words | Command | Tap | EditedWords | Media | Upload | Left | CameBack) -> None:
    match incoming:
        case Words(text, message_id):
            _take_words(visit, text, message_id)
        case Command():
            _take_command(visit, incoming)
        case Tap(token, message_id):
            visit.tapped = message_id
            _take_tap(visit, read_token(token))
        case EditedWords(text, message_id):
            _take_edit(visit, text, message_id)
        case Media():
            _take_media(visit, incoming)
        case Upload():
            _take_upload(visit, incoming)
        case Left():
            respondents.mark_blocked(visit.tx, visit.respondent.id, visit.now)
            outbox.give_up_all(visit.tx, visit.respondent.id, "left", visit.now)
        case CameBack():
            pass
        case _:
            assert_never(incoming)


def _take_command(visit: Visit, command: Command) -> None:
    """Obey, unless the words behind the command sound serious: then only what ends or deletes something is obeyed."""
    helped = not invitations.is_invitation(command) and _bring_help(visit, commands.own_words(visit, command))
    if command.edited:
        visit.send(visit.words.edited_command)
    elif not helped or command.name in commands.OBEYED_ALL_THE_SAME:
        complaints.stop_listening(visit.tx, visit.respondent.id)
        commands.obey(visit, command)
        if command.name in commands.TURNING_AWAY:
            alerts.hang_up(visit.tx, visit.respondent.id)


def _bring_help(visit: Visit, text: str) -> bool:
    """Screen words that are no reply to a question; where they are flagged, say where help is, and return True."""
    flags = visit.screen(text)
    current = conversations.current(visit.tx, visit.respondent.id)
    if flags and current is not None:
        conversing.happen(visit, current, talk.Typed(text, flags, unseen=True))
    elif flags:
        helping.support(visit, flags, text, None)
    return bool(flags)


def _take_words(visit: Visit, text: str, message_id: int) -> None:
    flags = visit.screen(text)
    current = conversations.current(visit.tx, visit.respondent.id)
    if reaching.relay(visit, text, flags):
        return
    if complaints.listens(visit.tx, visit.respondent.id, visit.now) and not helping.is_safe_word(text):
        _take_complaint(visit, text)
        return
    if not flags and helping.is_safe_word(text):
        conversing.take_break(visit, typed=True)
    elif not flags and helping.hear_more(visit, text, current):
        return
    elif current is not None:
        typed = talk.Typed(text, flags, conversing.is_unseen(visit, current, message_id))
        ended = conversing.happen(visit, current, typed, message_id)
        menu.show_after(visit, current, ended=ended)
    elif flags:
        helping.support(visit, flags, text, None)
    else:
        menu.take_words(visit, text)


def _take_complaint(visit: Visit, text: str) -> None:
    """Keep a complaint; one that sounds serious is a lead's to read, and brings help."""
    complaints.stop_listening(visit.tx, visit.respondent.id)
    if not _bring_help(visit, text):
        complaining.take(visit, text)


def _take_edit(visit: Visit, text: str, message_id: int) -> None:
    flags = visit.screen(text)
    known = responses.by_message(visit.tx, visit.respondent.id, message_id)
    stored = conversations.load(visit.tx, known[0]) if known else conversations.current(visit.tx, visit.respondent.id)
    if stored is not None:
        unseen = known is None and conversing.is_unseen(visit, stored, message_id)
        edited = talk.Edited(known[1] if known else None, text, flags, unseen)
        ended = conversing.happen(visit, stored, edited, message_id)
        menu.show_after(visit, stored, ended=ended)
    elif flags:
        helping.support(visit, flags, text, None)
    else:
        menu.show(visit, visit.words.no_questions_now)


def _take_media(visit: Visit, media: Media) -> None:
    """Say that only text can be read, once for an album; what is written below a photo is screened like all words."""
    again = media.album is not None and not respondents.first_of_album(visit.tx, visit.respondent.id, media.album)
    if _bring_help(visit, media.caption):
        return
    current = conversations.current(visit.tx, visit.respondent.id)
    if current is not None and not again:
        conversing.happen(visit, current, talk.SentMedia(media.kind))
    elif not again:
        visit.send(visit.words.text_only)


def _take_upload(visit: Visit, upload: Upload) -> None:
    if not roles.may(visit.respondent.role, "push"):
        _take_media(visit, Media("document", upload.message_id, caption=upload.caption))
        return
    _bring_help(visit, upload.caption)
    waiting = uploads.waiting_from(visit.tx, visit.respondent.id)
    refusal = pushing.refusal(upload.filename, upload.size_bytes, visit.house.upload_bytes, waiting)
    if refusal is not None:
        visit.send(refusal)
        return
    uploads.add(visit.tx, visit.respondent.id, upload.file_id, upload.filename, upload.size_bytes, visit.now)
    visit.send(words.UPLOAD_RECEIVED.format(filename=upload.filename))


# --- taps


def _take_tap(visit: Visit, button: TokenButton | None) -> None:
    complaints.stop_listening(visit.tx, visit.respondent.id)
    need = roles.BUTTONS.get(type(button)) if button else None
    if button is None or not roles.may(visit.respondent.role, need):
        visit.notice = visit.words.stale
        return
    visit.as_member = need != "nothing"
    match button:
        case QuestionButton():
            _tap_question(visit, button)
        case MenuButton():
            menu.choose(visit, button)
        case LanguageButton(language):
            menu.set_language(visit, language)
        case DeleteButton(confirmed):
            privacy.delete(visit, confirmed=confirmed)
        case WelcomeButton():
            menu.go_on(visit, done=welcoming.tapped(visit, button))
        case HelpButton(touch):
            _tap_help(visit, touch=touch)
        case ScriptButton() | ReviewButton() | AlertButton():
            _tap_as_member(visit, button)
        case _:
            assert_never(button)
    if isinstance(button, QuestionButton | MenuButton) and visit.notice is None:
        alerts.hang_up(visit.tx, visit.respondent.id)


def _tap_question(visit: Visit, button: QuestionButton) -> None:
    """Take a tap in a conversation, if it is the visitor's own."""
    try:
        stored = conversations.load(visit.tx, ConversationId(button.conversation))
    except KeyError:
        stored = None
    if stored is None or stored.respondent != visit.respondent.id:
        visit.notice = visit.words.stale
    else:
        menu.show_after(visit, stored, ended=conversing.tapped(visit, stored, button))


def _tap_help(visit: Visit, *, touch: bool) -> None:
    """Have somebody get in touch with the visitor; or go on where they were."""
    if touch:
        helping.want_contact(visit)
        return
    current = conversations.current(visit.tx, visit.respondent.id)
    if current is not None and current.conversation.phase != "paused":
        visit.notice = visit.words.stale
        return
    helping.note_carrying_on(visit)
    if current is None:
        menu.show(visit, visit.words.menu)
    else:
        menu.show_after(visit, current, ended=conversing.resume(visit, current))


def _tap_as_member(visit: Visit, button: ScriptButton | ReviewButton | AlertButton) -> None:
    match button:
        case ScriptButton(script_hash, action):
            pushing.tapped(visit, script_hash, action)
        case ReviewButton(response, value):
            reviewing.tapped(visit, response, value)
        case AlertButton():
            leading.tapped(visit, button)
        case _:
            assert_never(button)
