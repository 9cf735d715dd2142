"""The bot's account at Telegram: all that one token stands for, handed to every method."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.botapi.limits import Limiter
from tests.botapi.refusal import Refused, bad_request
from tests.botapi.updates import Updates
from tests.botapi.world import Chat, World


@dataclass(slots=True)
class Profile:
    """What people see of the bot; commands by scope and language, names and descriptions by field and language."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class Hook:
    """Where updates are delivered; an empty URL: nowhere, the bot polls. `set_count` counts the setWebhook calls."""

    url: str = ""
    secret: str = ""
    most_at_once: int = 40
    set_count: int = 0
    last_error: str = ""
    last_error_at: float = 0.0


@dataclass(slots=True)
class Account:
    """What the methods work on."""

    token: str
    world: World
    updates: Updates
    limiter: Limiter
    clock: Callable[[], float]
    query_lifetime_s: float
    profile: Profile = field(default_factory=Profile)
    hook: Hook = field(default_factory=Hook)

    def chat(self, chat_id: str) -> Chat:
        """Return the chat that a method names. Raises Refused where there is none."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        try:
            return self.world.chats[int(chat_id)]
        except (ValueError, KeyError):
            raise bad_request("chat not found") from None

    def writable_chat(self, chat_id: str) -> Chat:
        """Return the chat, if the bot may write there now; having tried counts as an answer to who blocked it."""
        chat = self.chat(chat_id)
        if chat.blocked:
            self.world.answer(chat, self.clock())
            raise Refused(403, "bot was blocked by the user")
        if not chat.opened:
            raise Refused(403, "bot can't initiate conversation with a user")
        if chat.bot_left:
            raise Refused(403, "bot is not a member of the supergroup chat")
        return chat

    def pace(self, chat: Chat) -> None:
        """Count one message to the chat. Raises Refused where it came too soon."""
        self.limiter.take(chat.id, self.clock())
