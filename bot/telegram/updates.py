"""From Telegram's updates to our own words: pure.

What comes in is checked field by field, since PTB does not: it takes a number for a text if it is sent one. What is
not understood, or not meant for the bot, is None; nothing is an error.
"""

import re
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Document,
    Message,
    PhotoSize,
    TelegramObject,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus, ChatType

from bot.incoming import (
    CameBack,
    Command,
    Delivery,
    EditedWords,
    Incoming,
    InGroup,
    Left,
    Media,
    Sender,
    Tap,
    Upload,
    Words,
)

T = TypeVar("T")

COMMAND = re.compile(
    r"/(?P<name>[a-z0-9_]{1,32})(?:@(?P<bot>[a-z0-9_]{1,32}))?(?![\w/<>@])\s*", re.ASCII | re.IGNORECASE
)
"""As Telegram's own apps mark a command at the start of a message: `/etc/passwd` is none."""
MEDIA = (
    "animation",  # before the document that comes with it
    "photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "sticker",
    "venue",  # before the location that comes with it
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "checklist",
)
"""The fields of a message that hold something other than text; a document is an upload."""
CORE = ("message_id", "date", "chat", "from", "text", "caption", "media_group_id", "edit_date")
"""The fields of a message that are tried alone when PTB cannot read all of it."""
UNREAD = "unread"
"""Names in such a message the kind of media that it held; PTB keeps it among the fields that it does not know."""
MOST_WHOLE = 2**63 - 1
"""The largest number that a database column takes; Telegram's ids have at most 52 bits."""
MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What PTB raises for an update that is not as documented."""
ADDED = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED)
AWAY = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


@dataclass(frozen=True, slots=True)
class Received:
    """An update as far as it could be read; `query_id` is there where a tapped button waits to be answered."""

    update_id: int
    delivery: Delivery | None
    query_id: str | None


def received(raw: object, username: str = "", bot: Bot | None = None) -> Received | None:
    """Return what an update's JSON says; None where it has not even an id."""
    update_id = _whole(raw.get("update_id")) if isinstance(raw, dict) else None
    if update_id is None or not isinstance(raw, dict):
        return None
    update = _parsed(raw, bot) or _parsed(_core(raw), bot)
    if update is None:
        return Received(update_id, None, None)
    query = _as(CallbackQuery, update.callback_query)
    return Received(update_id, delivery(update, username), _as(str, query.id) if query else None)


def _parsed(raw: dict[str, object], bot: Bot | None) -> Update | None:
    try:
        return Update.de_json(raw, bot)
    except MALFORMED:
        return None


def _core(raw: dict[str, object]) -> dict[str, object]:
    """Return the update without what PTB may stumble over: an older server lacks fields that it insists on."""
    core: dict[str, object] = {"update_id": raw.get("update_id")}
    for name in ("message", "edited_message", "channel_post"):
        if message := _core_message(raw.get(name)):
            core[name] = message
    query = raw.get("callback_query")
    if isinstance(query, dict):
        core["callback_query"] = query | {"message": _core_message(query.get("message"))}
    return core


def _core_message(message: object) -> dict[str, object] | None:
    if not isinstance(message, dict):
        return None
    unread = next((kind for kind in MEDIA if kind in message), None)
    return {name: message[name] for name in CORE if name in message} | {UNREAD: unread}


def delivery(update: Update, username: str = "") -> Delivery | None:
    """Return what the update says, None where nothing is to be done; `username` is the bot's, for groups."""
    update_id = _whole(update.update_id)
    found = _found(update, username.lower())
    if update_id is None or found is None:
        return None
    sender, incoming = found
    return Delivery(update_id, sender, incoming)


def _found(update: Update, username: str) -> tuple[Sender, Incoming] | None:
    if query := _as(CallbackQuery, update.callback_query):
        return _tap(query)
    if change := _as(ChatMemberUpdated, update.my_chat_member):
        return _membership(change)
    if message := _as(Message, update.message):
        return _message(message, username)
    if message := _as(Message, update.edited_message):
        return _edited(message)
    if message := _as(Message, update.channel_post):
        return _in_group(message, username)
    return None


def _message(message: Message, username: str) -> tuple[Sender, Incoming] | None:
    sender = _sender(message.chat, message.from_user)
    if sender is None or _by_bot(message.from_user):
        return None
    if not _private(message.chat):
        return _in_group(message, username)
    message_id = _whole(message.message_id)
    incoming = None if message_id is None else _content(message, message_id)
    return None if incoming is None else (sender, incoming)


def _content(message: Message, message_id: int) -> Incoming | None:
    text = _text(message.text)
    if text is not None and text.strip():
        return _command(text.strip(), message_id) or Words(text, message_id)
    caption = _text(message.caption) or ""
    kind = _media_kind(message)
    if kind is not None:
        return Media(kind, message_id, _text(message.media_group_id), caption)
    document = _as(Document, message.document)
    file_id = _text(document.file_id) if document else None
    if document is None or file_id is None:
        return None
    return Upload(file_id, _text(document.file_name) or "", _whole(document.file_size) or 0, message_id, caption)


def _media_kind(message: Message) -> str | None:
    kinds = (kind for kind in MEDIA if _holds(getattr(message, kind)) or message.api_kwargs.get(UNREAD) == kind)
    return next(kinds, None)


def _holds(field: object) -> bool:
    if isinstance(field, tuple):
        return any(isinstance(part, PhotoSize) for part in field)
    return isinstance(field, TelegramObject)


def _command(text: str, message_id: int) -> Command | None:
    match = COMMAND.match(text)
    return match and Command(match["name"].lower(), text[match.end() :], message_id)


def _edited(message: Message) -> tuple[Sender, Incoming] | None:
    """Return what an edit says; new words below a photo or a file are media again, so that they are screened."""
    sender, message_id = _sender(message.chat, message.from_user), _whole(message.message_id)
    if sender is None or message_id is None or _by_bot(message.from_user) or not _private(message.chat):
        return None
    text, caption = _text(message.text) or "", _text(message.caption) or ""
    if command := _command(text.strip(), message_id):
        return sender, replace(command, edited=True)
    if text.strip():
        return sender, EditedWords(text, message_id)
    album = _text(message.media_group_id)
    return (sender, Media(_media_kind(message) or "document", message_id, album, caption)) if caption.strip() else None


def _tap(query: CallbackQuery) -> tuple[Sender, Incoming] | None:
    """Return a tap; the message it stands under may be gone, or too old for Telegram to show (a date of 0)."""
    message, person, token = query.message, _as(User, query.from_user), _text(query.data)
    private = message is None or _private(message.chat)
    if person is None or token is None or not private or _by_bot(person):
        return None
    sender = _sender(Chat(person.id, ChatType.PRIVATE), person)
    return None if sender is None else (sender, Tap(token, _whole(message.message_id) if message else None))


def _membership(change: ChatMemberUpdated) -> tuple[Sender, Incoming] | None:
    sender = _sender(change.chat, change.from_user)
    before, after = _status(change.old_chat_member), _status(change.new_chat_member)
    if sender is None:
        return None
    if _private(change.chat):
        back = CameBack() if after in ADDED else None
        incoming = Left() if after in AWAY else back
        return None if incoming is None else (sender, incoming)
    return (sender, InGroup(sender.language)) if before in AWAY and after in ADDED else None


def _in_group(message: Message, username: str) -> tuple[Sender, Incoming] | None:
    sender = _sender(message.chat, message.from_user)
    if sender is None or not _addressed(message, username):
        return None
    return sender, InGroup(sender.language)


def _addressed(message: Message, username: str) -> bool:
    """Return whether a message in a group is meant for the bot: a command, a mention, or a reply to it."""
    text = _text(message.text) or _text(message.caption) or ""
    if match := COMMAND.match(text.strip()):
        return match["bot"] is None or match["bot"].lower() == username
    if username and re.search(rf"@{re.escape(username)}\b", text, re.IGNORECASE):
        return True
    original = _as(Message, message.reply_to_message)
    author = _as(User, original.from_user) if original else None
    return author is not None and bool(username) and (_text(author.username) or "").lower() == username


def _sender(chat: object, person: object) -> Sender | None:
    """Return who speaks: the address is the chat, which in a private one has the person's own number."""
    chat_id = _whole(chat.id) if isinstance(chat, Chat) else None
    if chat_id is None:
        return None
    language = _text(person.language_code) if isinstance(person, User) else None
    return Sender("telegram", str(chat_id), language)


def _private(chat: object) -> bool:
    return isinstance(chat, Chat) and chat.type == ChatType.PRIVATE


def _by_bot(person: object) -> bool:
    return not isinstance(person, User) or bool(person.is_bot)


def _status(member: object) -> str:
    return str(member.status) if isinstance(member, ChatMember) else ""


def _as(kind: type[T], value: object) -> T | None:
    return value if isinstance(value, kind) else None


def _whole(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_WHOLE
    return value if isinstance(value, int) and fits else None


def _text(value: object) -> str | None:
    """Return a text that every database and encoder takes: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str):
        return None
    return value.replace("\0", "").encode("utf-8", "replace").decode()
