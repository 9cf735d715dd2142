"""What Telegram would remember: people, chats with their messages, files, and the buttons that were tapped.

State only: the methods decide what may be done, and `transcript` tells it as a story.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tests.botapi.formatted import Formatted, utf16_length
from tests.botapi.keyboard import Markup
from tests.botapi.signals import Signal

FIRST_USER_ID = 7_000_000_001
"""Beyond 32 bits, as real ids are."""
FIRST_GROUP_ID = -1_001_000_000_001

Json: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class User:
    """A person's or the bot's account."""

    id: int
    first_name: str
    language_code: str | None = None
    username: str | None = None
    is_bot: bool = False

    def as_json(self) -> Json:
        """Return the Bot API's User."""
        value: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        value |= {"language_code": self.language_code} if self.language_code else {}
        return value | ({"username": self.username} if self.username else {})


@dataclass(slots=True)
class Message:
    """A message as it stands now; `attachment` holds the Bot API's fields of a photo, a document and so on."""

    id: int
    chat: "Chat"
    sender: User
    sent_at: float
    body: Formatted
    markup: Markup = field(default_factory=Markup)
    attachment: Json = field(default_factory=dict)
    album: str | None = None
    edited_at: float | None = None
    deleted: bool = False

    def as_json(self) -> Json:
        """Return the Bot API's Message."""
        value: Json = {"message_id": self.id, "from": self.sender.as_json(), "chat": self.chat.as_json()}
        value |= {"date": int(self.sent_at), **self.attachment}
        text, entities = ("caption", "caption_entities") if self.attachment else ("text", "entities")
        value |= {text: self.body.text} if self.body.text else {}
        value |= {entities: [entity.as_json() for entity in self.body.entities]} if self.body.entities else {}
        value |= {"media_group_id": self.album} if self.album else {}
        value |= {"edit_date": int(self.edited_at)} if self.edited_at is not None else {}
        return value | ({"reply_markup": self.markup.as_json()} if self.markup.rows else {})


EntryKind: TypeAlias = Literal["said", "edited", "deleted", "tapped", "toasted", "blocked", "unblocked", "left"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened in a chat, as it looked then; `order` counts across all chats."""

    order: int
    at: float
    kind: EntryKind
    by: User
    message_id: int = 0
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Query:
    """A tap on a button, until the bot answers it."""

    id: str
    chat: "Chat"
    sender: User
    message: Message
    data: str
    at: float
    answered: bool = False
    toast: str | None = None

    def as_json(self) -> Json:
        """Return the Bot API's CallbackQuery; of a deleted message only its number can be told."""
        message = self.message.as_json()
        if self.message.deleted:
            message = {"chat": self.chat.as_json(), "message_id": self.message.id, "date": 0}
        value: Json = {"id": self.id, "from": self.sender.as_json(), "message": message}
        return value | {"chat_instance": str(self.chat.id * 31), "data": self.data}


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat (its id is the person's) or a group; `opened` once the person has written."""

    id: int
    title: str
    person: User | None
    last_id: int = 0
    opened: bool = False
    blocked: bool = False
    bot_left: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    replies: tuple[tuple[str, ...], ...] = ()
    waiting: list[Message] = field(default_factory=list)
    taps: list[Query] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    def as_json(self) -> Json:
        """Return the Bot API's Chat."""
        if self.person is None:
            return {"id": self.id, "type": "supergroup", "title": self.title}
        value: Json = {"id": self.id, "type": "private", "first_name": self.person.first_name}
        return value | ({"username": self.person.username} if self.person.username else {})

    def shown(self) -> tuple[Message, ...]:
        """Return the messages that can still be seen, oldest first."""
        return tuple(message for message in self.messages.values() if not message.deleted)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file's bytes, and where to download them."""

    id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def as_json(self) -> Json:
        """Return the fields that every kind of file has."""
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}


class World:
    """Everything that there is, with the only ways to add to it."""

    def __init__(self, bot: User) -> None:
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.reply_s: list[float] = []
        self._orders: Iterator[int] = itertools.count(1)
        self._user_ids = itertools.count(FIRST_USER_ID)
        self._group_ids = itertools.count(FIRST_GROUP_ID, -1)
        self._query_ids = random.Random(0)

    def add_person(self, first_name: str, language_code: str | None, username: str | None) -> Chat:
        """Return the private chat of a new person, who has not written yet."""
        user = User(next(self._user_ids), first_name, language_code, username)
        self.chats[user.id] = Chat(user.id, first_name, user)
        return self.chats[user.id]

    def add_group(self, title: str) -> Chat:
        """Return a new group, which the bot is in."""
        group = Chat(next(self._group_ids), title, None, opened=True)
        self.chats[group.id] = group
        return group

    def post(self, chat: Chat, sender: User, at: float, body: Formatted, markup: Markup | None = None) -> Message:
        """Return a new message at the end of the chat."""
        chat.last_id += 1
        message = Message(chat.last_id, chat, sender, at, body, markup or Markup())
        chat.messages[message.id] = message
        if message.markup.replies is not None:
            chat.replies = message.markup.replies
        return message

    def tell(self, kind: EntryKind, by: User, message: Message, at: float, text: str | None = None) -> None:
        """Write down what happened to a message, and wake who waits for it."""
        words = text if text is not None else shown_text(message)
        rows = tuple(tuple(button.label for button in row) for row in message.markup.rows)
        self._write(message.chat, Entry(next(self._orders), at, kind, by, message.id, words, rows))

    def tell_of(self, kind: EntryKind, by: User, chat: Chat, at: float, text: str = "") -> None:
        """Write down what happened in the chat to no message in particular, and wake who waits for it."""
        self._write(chat, Entry(next(self._orders), at, kind, by, 0, text))

    def _write(self, chat: Chat, entry: Entry) -> None:
        chat.entries.append(entry)
        chat.changed.send()

    def expect_answer(self, message: Message) -> None:
        """Remember that a person waits for an answer to this message."""
        message.chat.waiting.append(message)

    def answer(self, chat: Chat, at: float) -> None:
        """Remember that the bot has spoken to this chat: everything said before is answered."""
        self.reply_s.extend(at - message.sent_at for message in chat.waiting)
        chat.waiting.clear()

    def tap(self, chat: Chat, sender: User, message: Message, data: str, at: float) -> Query:
        """Return a new tap, not yet answered."""
        query = Query(str(self._query_ids.getrandbits(62)), chat, sender, message, data, at)
        self.queries[query.id] = query
        chat.taps.append(query)
        return query

    def store(self, name: str, mime_type: str, content: bytes) -> StoredFile:
        """Return the file, kept for download."""
        number = len(self.files)
        stored = StoredFile(f"file-{number}", f"documents/file_{number}", name, mime_type, content)
        self.files[stored.id] = stored
        return stored


def shown_text(message: Message) -> str:
    """Return how a message looks in a line: its words, and what is attached in angle brackets."""
    kinds = [f"<{kind}>" for kind in message.attachment]
    name = message.attachment.get("document")
    if isinstance(name, dict):
        kinds = [f"<document {name.get('file_name', '')}>"]
    return " ".join([*kinds, message.body.text]).strip()


def fits(text: str, most: int) -> bool:
    """Return whether a text is within a limit of UTF-16 code units."""
    return utf16_length(text) <= most
