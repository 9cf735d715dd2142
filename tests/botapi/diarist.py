"""A person who writes down what they do and which question they saw then, for comparing with what the bot stored."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.botapi.api import BotApi
from tests.botapi.formatted import Formatted
from tests.botapi.keyboard import Button, Markup
from tests.botapi.people import Person
from tests.botapi.world import Entry, Message

SentKind: TypeAlias = Literal[
    "text", "command", "tap", "double", "stale", "forged", "edit", "media", "document", "block"
]


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that a person did.

    `text` is the words, the label tapped or the callback data forged; `data` the callback data of a tap.
    `message_id` is the message sent, edited or tapped, 0 for none. `shown_question_text` is the question on the screen
    then, empty before the first; for a tap and its kin, the message under which the button was, as it read then; for an
    edit, the question to which the message was first sent. `unanswered` counts what this person had done before and not
    seen answered. `update_id` orders what one person did, `order` places it among the chat's entries.
    """

    kind: SentKind
    text: str
    message_id: int
    shown_question_text: str
    at: float
    update_id: int
    unanswered: int
    order: int
    data: str | None = None


class Diarist(Person):
    """A person with a log, `sent`. `is_question` says which messages of the bot are questions."""

    def __init__(
        self,
        api: BotApi,
        first_name: str,
        language_code: str | None = "en",
        is_question: Callable[[Message], bool] = lambda _: True,
    ) -> None:
        super().__init__(api, first_name, language_code)
        self.sent: list[Sent] = []
        self._is_question = is_question

    @property
    def shown_question(self) -> str:
        """The words of the bot's newest question, as they read now."""
        screen = self.screen()
        bots = (message for message in reversed(screen.messages) if message.sender == screen.bot)
        return next((message.body.text for message in bots if self._is_question(message)), "")

    @property
    def pending(self) -> int:
        """How many messages and taps wait for an answer."""
        return len(self.chat.waiting) + len(self.chat.taps)

    def write(self, text: str, kind: SentKind = "text") -> None:
        """Say something, and note it."""
        pending, question = self.pending, self.shown_question
        self.note(kind, text, self.say(text).id, question, pending)

    def press(self, message: Message, button: Button, kind: SentKind = "tap") -> None:
        """Tap a button, and note it."""
        pending, question = self.pending, message.body.text
        self.tap(button, message.id)
        self.note(kind, button.label, message.id, question, pending, button.data)

    def note(
        self, kind: SentKind, text: str, message_id: int, question: str, pending: int, data: str | None = None
    ) -> None:
        """Write down what was just done."""
        at, update_id = self.api.account.clock(), self.api.account.updates.last_id
        self.sent.append(Sent(kind, text, message_id, question, at, update_id, pending, self.last_entry, data))

    def questions_for(self, sent: Sent) -> tuple[str, ...]:
        """Return the questions to which words may rightly be stored: the one on the screen, and those on their way.

        A tap is answered before the next question comes, and each thing that was not answered yet may bring one more.
        """
        later = (entry for entry in self.chat.entries if entry.order > sent.order)
        asked = [e.text for e in later if e.kind == "said" and e.by.is_bot and self._is_question(self._as_said(e))]
        return (sent.shown_question_text, *asked[: sent.unanswered + 1])

    def _as_said(self, entry: Entry) -> Message:
        """Return a message as it was when it was sent, whatever has become of it; of its buttons the labels only."""
        rows = tuple(tuple(Button(label, None, "{}") for label in row) for row in entry.rows)
        return Message(entry.message_id, self.chat, entry.by, entry.at, Formatted(entry.text), Markup(rows))
