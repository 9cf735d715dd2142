"""The Bot API without its transport: a method and its parameters go in, an answer comes out.

`server` puts HTTP around it; a test may as well call it directly.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tests.botapi import fetching, profile, sending
from tests.botapi.account import Account
from tests.botapi.faults import Dice, FaultKind, Faults
from tests.botapi.limits import Limiter, Limits
from tests.botapi.params import Params
from tests.botapi.refusal import Refusal, Refused, too_many_requests
from tests.botapi.transcript import transcript
from tests.botapi.updates import Updates
from tests.botapi.world import Json, User, World

TOKEN = "1234567:TEST-token_of-the-fake-bot-api"  # noqa: S105 - opens nothing
QUERY_LIFETIME_S = 900.0
"""How long a tap can be answered. Telegram publishes no figure; bots see some minutes."""

Method: TypeAlias = Callable[[Account, Params], object]

METHODS: Mapping[str, Method] = {
    "getMe": profile.get_me,
    "getChat": profile.get_chat,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_text("name"),
    "getMyName": profile.get_text("name"),
    "setMyDescription": profile.set_text("description"),
    "getMyDescription": profile.get_text("description"),
    "setMyShortDescription": profile.set_text("short_description"),
    "getMyShortDescription": profile.get_text("short_description"),
    "setChatMenuButton": profile.set_chat_menu_button,
    "setWebhook": fetching.set_webhook,
    "deleteWebhook": fetching.delete_webhook,
    "getWebhookInfo": fetching.get_webhook_info,
    "getFile": fetching.get_file,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": sending.edit_message_text,
    "editMessageCaption": sending.edit_message_caption,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "answerCallbackQuery": sending.answer_callback_query,
    "leaveChat": sending.leave_chat,
}
_BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot; with `cut`, nothing does. `body` is None for an error page that is not JSON."""

    status: int
    body: Json | None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Something that a person did and the bot has not answered: their words, or the label that they tapped."""

    chat_id: int
    kind: str
    text: str
    waiting_s: float


class BotApi:
    """One bot's Telegram. What it refused is in `refusals`; what went wrong on purpose is counted in `injected`."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        faults: Faults | None = None,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
        query_lifetime_s: float = QUERY_LIFETIME_S,
    ) -> None:
        bot = User(int(token.partition(":")[0]), "Bot", username="tuckshop_bot", is_bot=True)
        limiter = Limiter(limits or Limits())
        self.account = Account(token, World(bot), Updates(), limiter, clock, query_lifetime_s)
        self.refusals: list[Refusal] = []
        self.calls: Counter[str] = Counter()
        self._dice = Dice(faults or Faults())
        self._done: set[int] = set()

    @property
    def world(self) -> World:
        """The people, chats and files."""
        return self.account.world

    @property
    def injected(self) -> Counter[str]:
        """How many faults of each kind were injected."""
        return self._dice.injected

    @property
    def faults(self) -> Faults:
        """What goes wrong from now on; may be changed at any time."""
        return self._dice.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        counted = self._dice.injected
        self._dice = Dice(faults)
        self._dice.injected = counted

    @property
    def reply_s(self) -> list[float]:
        """Seconds from each message or tap to the first answer."""
        return self.world.reply_s

    def transcript(self, chat_id: int) -> str:
        """Return what happened in a chat, as text."""
        return transcript(self.world.chats[chat_id])

    def unanswered(self) -> list[Unanswered]:
        """Return what people in private chats did and got no answer to, unless they have blocked the bot since."""
        now = self.account.clock()
        chats = [chat for chat in self.world.chats.values() if chat.person is not None and not chat.blocked]
        words = [Unanswered(c.id, "message", m.body.text, now - m.sent_at) for c in chats for m in c.waiting]
        taps = [Unanswered(c.id, "tap", query.data, now - query.at) for c in chats for query in c.taps]
        return words + taps

    def update(self, kind: str, value: Json, line: str) -> int:
        """Queue an update for the bot, perhaps twice; return its id."""
        return self.account.updates.put(kind, value, line, twice=self._dice.duplicate())

    def delay_s(self) -> float:
        """Return how long the next call is to be held up."""
        return self._dice.delay_s()

    async def call(self, token: str, method: str, params: Params) -> Answer:
        """Carry out one call, unless a fault comes between."""
        name, _ = _BY_LOWER_NAME.get(method.lower(), (method, None))
        self.calls[name] += 1
        fault = self._dice.call()
        if fault in {"error_before", "cut_before", "throttled"}:
            return self._spoilt(fault)
        answer = await self._carry_out(token, method, params)
        return answer if fault is None else self._spoilt(fault)

    def _spoilt(self, fault: FaultKind | None) -> Answer:
        if fault == "throttled":
            return _refusal_answer(too_many_requests(self.faults.retry_after_s))
        if fault in {"cut_before", "cut_after"}:
            return Answer(0, None, cut=True)
        return Answer(502, None) if self.injected.total() % 2 else _refusal_answer(Refused(500, ""))

    async def _carry_out(self, token: str, method: str, params: Params) -> Answer:
        call = hash((method.lower(), json.dumps(params.plain(), sort_keys=True, default=str)))
        try:
            result = await self._result(token, method.lower(), params)
        except Refused as refused:
            self._note(method, params, refused, repeat=call in self._done)
            return _refusal_answer(refused)
        self._done.add(call)
        return Answer(200, {"ok": True, "result": result})

    async def _result(self, token: str, method: str, params: Params) -> object:
        if token != self.account.token:
            raise Refused(401, "")
        if method == "getupdates":
            return await fetching.get_updates(self.account, params)
        if method not in _BY_LOWER_NAME:
            raise Refused(404, "method not found")
        return _BY_LOWER_NAME[method][1](self.account, params)

    def _note(self, method: str, params: Params, refused: Refused, *, repeat: bool) -> None:
        at, plain = self.account.clock(), params.plain()
        self.refusals.append(
            Refusal(method, refused.status, refused.description, plain, at, repeat, refused.parameters)
        )


def _refusal_answer(refused: Refused) -> Answer:
    body: Json = {"ok": False, "error_code": refused.status, "description": refused.description}
    return Answer(refused.status, body | ({"parameters": refused.parameters} if refused.parameters else {}))
