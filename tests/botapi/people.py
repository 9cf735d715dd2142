"""A person in a private chat with the bot: what they do, what they see, and waiting until the bot has reacted.

Doing something queues its update at once; only waiting is asynchronous.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.botapi.api import BotApi, Unanswered
from tests.botapi.formatted import Entity, Formatted, is_blank, utf16_length
from tests.botapi.keyboard import Button, Rows
from tests.botapi.sending import MOST_TEXT, attachment
from tests.botapi.world import Chat, Entry, Json, Message, Query, User, fits

WAIT_S = 10.0
MEDIA_KINDS = ("photo", "voice", "sticker", "video", "video_note", "animation", "audio", "location", "contact", "poll")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?(?!\S)")


class Unheard(AssertionError):  # noqa: N818 - named by what happened
    """The bot did not react in time; the message holds the chat's transcript."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees now: the messages, oldest first, and of the newest of the bot its words and buttons."""

    messages: tuple[Message, ...]
    bot: User

    @property
    def newest(self) -> Message | None:
        """The bot's newest message, if there is one."""
        return next((m for m in reversed(self.messages) if m.sender == self.bot), None)

    @property
    def text(self) -> str:
        """The words of the bot's newest message."""
        return self.newest.body.text if self.newest else ""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons under the bot's newest message."""
        return tuple(button for row in self.newest.markup.rows for button in row) if self.newest else ()

    @property
    def keyboards(self) -> tuple[Message, ...]:
        """The messages that have buttons, oldest first."""
        return tuple(message for message in self.messages if message.markup.rows)


class Person:
    """Drives one private chat. `id` is both the person's and the chat's."""

    def __init__(
        self, api: BotApi, first_name: str, language_code: str | None = "en", username: str | None = None
    ) -> None:
        self.api = api
        self.chat = api.world.add_person(first_name, language_code, username)
        self.id = self.chat.id
        self.user = User(self.id, first_name, language_code, username)

    # --- doing

    def say(self, text: str, group: Chat | None = None) -> Message:
        """Send a message, to a group where one is given. Raises ValueError for what Telegram's apps do not send."""
        if is_blank(text) or not fits(text, MOST_TEXT):
            raise ValueError(f"Telegram's apps send 1 to {MOST_TEXT} characters that can be seen")
        return self._post(group or self.chat, Formatted(text, _commands_in(text)), {})

    def send_media(self, kind: str, album: str | None = None, caption: str = "") -> Message:
        """Send one of `MEDIA_KINDS`; those with the same `album` belong together."""
        return self._post(self.chat, Formatted(caption), self._media(kind), album)

    def send_document(self, name: str, content: bytes, caption: str = "", mime: str = "application/yaml") -> Message:
        """Send a file."""
        stored = self.api.world.store(name, mime, content)
        return self._post(self.chat, Formatted(caption), attachment("document", stored))

    def edit(self, message_id: int, text: str) -> Message:
        """Change the words of an own message."""
        message = self.chat.messages[message_id]
        if message.sender != self.user or message.deleted or message.attachment:
            raise ValueError(f"message {message_id} is no text of {self.user.first_name} that could be edited")
        message.body, message.edited_at = Formatted(text, _commands_in(text)), self._now()
        self.api.world.tell("edited", self.user, message, self._now())
        self._update("edited_message", message.as_json(), f"chat {self.id}")
        return message

    def delete(self, message_id: int) -> None:
        """Delete a message, the bot's or an own one, for both sides; the bot is not told."""
        message = self.chat.messages[message_id]
        message.deleted = True
        self.api.world.tell("deleted", self.user, message, self._now())

    def tap(self, button: str | Button, message_id: int | None = None) -> Query:
        """Tap a button that is there, newest first: by its label, or by part of it where no label is exactly so."""
        message, found = self._find(button, message_id)
        if found.data is None:
            raise ValueError(f"tapping [{found.label}] sends nothing to the bot: it is a link or the like")
        return self._tap(message, f"[{found.label}]", found.data)

    def forge(self, data: str, message_id: int) -> Query:
        """Send callback data of one's own making, or that of a button which has gone: a changed app can do so."""
        return self._tap(self.chat.messages[message_id], f"(forged {data!r})", data)

    def invite_bot(self, title: str) -> Chat:
        """Make a group with the bot in it, and return it; what is said there with `say(text, group)` stands there."""
        group = self.api.world.add_group(title)
        self._tell_membership(group, "left", "member")
        return group

    def block(self) -> None:
        """Block the bot."""
        self._set_blocked(blocked=True)

    def unblock(self) -> None:
        """Let the bot write again."""
        self._set_blocked(blocked=False)

    # --- seeing

    def screen(self) -> Screen:
        """Return what there is to see now."""
        return Screen(self.chat.shown(), self.api.world.bot)

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands in this person's menu, as the bot has set them for their chat and language."""
        listed = self.api.account.profile.commands
        for scope in (f"chat {self.id}", "all_private_chats", "default"):
            for language in (self.user.language_code or "", ""):
                if (scope, language) in listed:
                    return tuple(item["command"] for item in listed[(scope, language)])
        return ()

    @property
    def toasts(self) -> tuple[str, ...]:
        """The notes with which the bot answered taps, oldest first."""
        return tuple(entry.text for entry in self.chat.entries if entry.kind == "toasted")

    def transcript(self) -> str:
        """Return the chat as text."""
        return self.api.transcript(self.id)

    def unanswered(self) -> list[Unanswered]:
        """Return what this person did and the bot has not answered."""
        return [one for one in self.api.unanswered() if one.chat_id == self.id] if not self.settled else []

    @property
    def settled(self) -> bool:
        """Whether everything that this person said and tapped has been answered."""
        return not self.chat.waiting and not self.chat.taps

    # --- waiting

    async def heard(self, within_s: float = WAIT_S, quiet_s: float = 0.0) -> None:
        """Wait until everything said and tapped is answered and nothing has changed for `quiet_s`; or raise Unheard."""
        if not await self.chat.changed.until(lambda: self.settled or self.chat.blocked, within_s):
            missing = ", ".join(f"{one.kind} {one.text!r}" for one in self.unanswered())
            raise Unheard(f"no answer within {within_s} s to {missing}\n{self.transcript()}")
        if quiet_s:
            await self.chat.changed.quiet(quiet_s)

    async def until(self, seen: Callable[[Screen], bool], within_s: float = WAIT_S) -> Screen:
        """Wait until the screen is as wanted, and return it; or raise Unheard."""
        if not await self.chat.changed.until(lambda: seen(self.screen()), within_s):
            raise Unheard(f"the screen was not as wanted within {within_s} s\n{self.transcript()}")
        return self.screen()

    async def changed(self, since: int, within_s: float = WAIT_S) -> bool:
        """Wait until the bot has said, edited or deleted something after entry `since` (see `last_entry`)."""
        return await self.chat.changed.until(lambda: _shown_since(self.chat.entries, since), within_s)

    @property
    def last_entry(self) -> int:
        """The order of the newest event in this chat, 0 for none."""
        return self.chat.entries[-1].order if self.chat.entries else 0

    # --- inner

    def _now(self) -> float:
        return self.api.account.clock()

    def _update(self, kind: str, value: Json, line: str) -> int:
        return self.api.update(kind, value, line)

    def _post(self, chat: Chat, body: Formatted, attached: Json, album: str | None = None) -> Message:
        if chat.blocked:
            raise ValueError(f"{self.user.first_name} has blocked the bot: unblock it first")
        chat.opened = True
        message = self.api.world.post(chat, self.user, self._now(), body)
        message.attachment, message.album = attached, album
        if chat is self.chat:
            self.api.world.expect_answer(message)
        self.api.world.tell("said", self.user, message, self._now())
        if _reaches_bot(message):
            self._update("message", message.as_json(), f"chat {chat.id}")
        return message

    def _media(self, kind: str) -> Json:
        things: dict[str, Json] = {
            "location": {"latitude": -37.8, "longitude": 144.99},
            "contact": {"phone_number": "+61400000000", "first_name": "Kit"},
            "poll": _POLL,
        }
        if kind in things:
            return {kind: things[kind]}
        if kind not in MEDIA_KINDS:
            raise ValueError(f"kinds of media: {', '.join(MEDIA_KINDS)}")
        stored = self.api.world.store(f"{kind}.bin", "application/octet-stream", kind.encode() * 10)
        return attachment(kind, stored) if kind == "photo" else {kind: stored.as_json() | _MEDIA_FIELDS[kind]}

    def _find(self, button: str | Button, message_id: int | None) -> tuple[Message, Button]:
        messages = [m for m in reversed(self.screen().keyboards) if message_id in {None, m.id}]
        for same in (_is, _has):
            for message in messages:
                for found in _flat(message.markup.rows):
                    if same(found, button):
                        return message, found
        labels = ", ".join(f"[{found.label}]" for message in messages for found in _flat(message.markup.rows))
        raise ValueError(f"there is no button {button!r}; there are {labels or 'none'}\n{self.transcript()}")

    def _tap(self, message: Message, shown: str, data: str) -> Query:
        self.api.world.tell("tapped", self.user, message, self._now(), shown)
        query = self.api.world.tap(self.chat, self.user, message, data, self._now())
        self._update("callback_query", query.as_json(), f"taps of {self.id}")
        return query

    def _set_blocked(self, *, blocked: bool) -> None:
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        self.chat.blocked = blocked
        self.api.world.tell_of("blocked" if blocked else "unblocked", self.user, self.chat, self._now())
        self._tell_membership(self.chat, before, after)

    def _tell_membership(self, chat: Chat, before: str, after: str) -> None:
        value: Json = {"chat": chat.as_json(), "from": self.user.as_json(), "date": int(self._now())}
        value |= {"old_chat_member": self._membership(before), "new_chat_member": self._membership(after)}
        self._update("my_chat_member", value, f"chat {chat.id}")

    def _membership(self, status: str) -> Json:
        until: Json = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.api.world.bot.as_json(), "status": status} | until


_POLL: Json = {
    "id": "1",
    "question": "Who is in?",
    "options": [{"text": "Me", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
_SIZE: Json = {"width": 240, "height": 240}
_MEDIA_FIELDS: dict[str, Json] = {
    "voice": {"duration": 3},
    "audio": {"duration": 3},
    "video_note": {"duration": 3, "length": 240},
    "video": {"duration": 3} | _SIZE,
    "animation": {"duration": 3} | _SIZE,
    "sticker": {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"} | _SIZE,
}


def _reaches_bot(message: Message) -> bool:
    """Return whether a bot gets the message: in a group only commands and what names it (Telegram's privacy mode)."""
    private = message.chat.person is not None
    return private or (
        not message.chat.bot_left and ("@tuckshop_bot" in message.body.text or message.body.text[:1] == "/")
    )


def _flat(rows: Rows) -> tuple[Button, ...]:
    return tuple(button for row in rows for button in row)


def _is(found: Button, wanted: str | Button) -> bool:
    return found == wanted or found.label == wanted


def _has(found: Button, wanted: str | Button) -> bool:
    return isinstance(wanted, str) and wanted in found.label


def _commands_in(text: str) -> tuple[Entity, ...]:
    return tuple(
        Entity("bot_command", utf16_length(text[: found.start()]), len(found[0])) for found in _COMMAND.finditer(text)
    )


def _shown_since(entries: list[Entry], since: int) -> bool:
    return any(entry.by.is_bot and entry.order > since and entry.kind != "toasted" for entry in reversed(entries[-20:]))
