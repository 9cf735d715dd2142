"""A person who writes down what they do and which question they saw then, for comparing with what the bot stored."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.botapi.api import BotApi
from tests.botapi.keyboard import Button
from tests.botapi.people import Person
from tests.botapi.world import Message

SentKind: TypeAlias = Literal[
    "text", "command", "tap", "double", "stale", "forged", "edit", "media", "document", "block"
]


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that a person did.

    `text` is the words, the label tapped or the callback data forged; `data` the callback data of a tap.
    `message_id` is the message sent, edited or tapped, 0 for none. `shown_question_text` is the question on the screen
    then, empty before the first; for a tap and its kin, the message under which the button was, as it read then; for an
    edit, the question to which the message was first sent. With `settled`, all that came before had been answered, so
    that nothing was on its way that the person had not seen. `update_id` orders what one person did.
    """

    kind: SentKind
    text: str
    message_id: int
    shown_question_text: str
    at: float
    update_id: int
    settled: bool
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

    def write(self, text: str, kind: SentKind = "text") -> None:
        """Say something, and note it."""
        settled, question = self.settled, self.shown_question
        self.note(kind, text, self.say(text).id, question, settled=settled)

    def press(self, message: Message, button: Button, kind: SentKind = "tap") -> None:
        """Tap a button, and note it."""
        settled, question = self.settled, message.body.text
        self.tap(button, message.id)
        self.note(kind, button.label, message.id, question, settled=settled, data=button.data)

    def note(
        self, kind: SentKind, text: str, message_id: int, question: str, *, settled: bool, data: str | None = None
    ) -> None:
        """Write down what was just done."""
        at, update_id = self.api.account.clock(), self.api.account.updates.last_id
        self.sent.append(Sent(kind, text, message_id, question, at, update_id, settled, data))
