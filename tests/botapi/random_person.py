"""A person who presses and types at random, and remembers which question each thing was sent to."""

import contextlib
import random
from collections.abc import Callable, Mapping, Sequence

from tests.botapi.api import BotApi
from tests.botapi.diarist import Diarist, SentKind
from tests.botapi.people import MEDIA_KINDS, WAIT_S, Unheard
from tests.botapi.world import Message

PATIENT = 0.9
"""The share of acts before which the person waits for the answer to the last."""
DOCUMENTS = (b"title: [", b"\xff\xfe\x00", b"title: x\nsteps:\n- say: hello\n", b"")
COMMANDS = ("/skip", "/back", "/pause", "/resume", "/menu", "/help", "/language")
WEIGHTS: Mapping[SentKind, int] = {
    "tap": 50,
    "text": 20,
    "command": 7,
    "double": 5,
    "stale": 5,
    "edit": 5,
    "forged": 4,
    "media": 3,
    "document": 1,
    "block": 0,
}
"""How often what is done. Who blocks comes back at once; that the bot is refused then is no mistake of the bot."""
LINES = (
    "the bus never comes on time and my mum has to drive me",
    "idk",
    "yes",
    "no",
    "yeah nah",
    "16",
    "sixteen",
    "16½",
    "-3",
    "10 000",
    "1.234,5",
    "99999999999999999999",
    "2",
    "the second",
    "Bus",
    "other",
    "👍",
    "👩‍👩‍👧‍👦 my family 🏳️‍🌈",
    "مرحبا، لا يوجد مكان للجلوس",
    "שלום 123 abc",
    "公园里没有灯",
    "Zażółć gęślą jaźń",
    "a\u0301\u0302\u0303 combining",
    "zero\u200bwidth\u200d and \u2067 marks \u2069",
    "tab\tbell\x07 null-ish\x01",
    "<b>bold</b>",
    "<b>",
    "a < b && c > d",
    "&amp;lt;",
    "*star _under [link](x) `code",
    '=HYPERLINK("http://example.org","x")',
    "=1+1",
    "+61 400 000 000",
    "{name}",
    "{0.__class__}",
    "%s %d",
    "Robert'); DROP TABLE responses;--",
    "line one\nline two\n\nline four",
    "/",
    "/nosuchcommand",
    "x" * 4096,
    "🎈" * 2048,
    "long words " * 300,
)


class RandomPerson(Diarist):
    """Acts at random, by a seed."""

    def __init__(
        self,
        api: BotApi,
        first_name: str,
        seed: int,
        *,
        language_code: str = "en",
        weights: Mapping[SentKind, int] = WEIGHTS,
        commands: tuple[str, ...] = COMMANDS,
        lines: tuple[str, ...] = LINES,
        is_question: Callable[[Message], bool] = lambda _: True,
    ) -> None:
        super().__init__(api, first_name, language_code, is_question)
        self.random = random.Random(seed)
        self._weights, self._commands, self._lines = weights, commands, lines
        self._gone: list[tuple[int, str, str]] = []

    async def run(
        self,
        steps: int,
        *,
        begin: str = "/start",
        first: Sequence[str] = (),
        within_s: float = WAIT_S,
        quiet_s: float = 0.0,
    ) -> None:
        """Begin, and tap `first` (how the buttons' data begin) in order; then act so many times, mostly waiting for

        the answer. Who is not heard goes on all the same.
        """
        self.write(begin, "command")
        for data in first:
            await self._press_first(data, within_s)
        for _ in range(steps):
            if self.random.random() < PATIENT:
                await self._hear(within_s, quiet_s)
            self.act()
        await self._hear(within_s, quiet_s)

    async def _press_first(self, data: str, within_s: float) -> None:
        await self.until(
            lambda screen: any((button.data or "").startswith(data) for button in screen.buttons), within_s
        )
        message = self.screen().keyboards[-1]
        found = (button for row in message.markup.rows for button in row if (button.data or "").startswith(data))
        self.press(message, next(found))

    async def _hear(self, within_s: float, quiet_s: float) -> None:
        with contextlib.suppress(Unheard):
            await self.heard(within_s, quiet_s)

    def act(self) -> None:
        """Do one thing; where it is not possible, type something."""
        acts = self._acts()
        kind = self.random.choices(list(self._weights), list(self._weights.values()))[0]
        if not acts[kind]():
            self._type()

    def _acts(self) -> Mapping[SentKind, Callable[[], bool]]:
        return {
            "tap": lambda: self._press_newest("tap", 1),
            "double": lambda: self._press_newest("double", 2),
            "text": self._type,
            "command": self._command,
            "stale": self._stale,
            "edit": self._edit,
            "forged": self._forge,
            "media": self._send_some_media,
            "document": self._send_some_document,
            "block": self._block,
        }

    def _type(self) -> bool:
        self.write(self.random.choice(self._lines))
        return True

    def _command(self) -> bool:
        self.write(self.random.choice(self._commands), "command")
        return True

    def _press_newest(self, kind: SentKind, times: int) -> bool:
        keyboards = self.screen().keyboards
        return bool(keyboards) and self._press_one(keyboards[-1], kind, times)

    def _press_one(self, message: Message, kind: SentKind, times: int = 1) -> bool:
        buttons = [button for row in message.markup.rows for button in row if button.data is not None]
        if not buttons:
            return False
        button = self.random.choice(buttons)
        self._gone.append((message.id, message.body.text, button.data or ""))
        for _ in range(times):
            self.press(message, button, kind)
        return True

    def _stale(self) -> bool:
        """Tap under an older message, or a button that was there once and may have gone since."""
        older = self.screen().keyboards[:-1]
        if older and self.random.random() < 0.5:
            return self._press_one(self.random.choice(older), "stale")
        if not self._gone:
            return False
        message_id, question, data = self.random.choice(self._gone)
        self._forge_and_note("stale", data, message_id, question)
        return True

    def _forge(self) -> bool:
        message = self.screen().newest
        if message is None:
            return False
        real = self.random.choice([data for *_, data in self._gone] or ["x"])
        data = self.random.choice((real[::-1], real + "1", "", "🙃", "a" * 64))
        self._forge_and_note("forged", data, message.id, message.body.text)
        return True

    def _forge_and_note(self, kind: SentKind, data: str, message_id: int, question: str) -> None:
        pending = self.pending
        self.forge(data, message_id)
        self.note(kind, data, message_id, question, pending, data)

    def _edit(self) -> bool:
        earlier = [sent for sent in self.sent if sent.kind == "text"]
        if not earlier:
            return False
        sent, text = self.random.choice(earlier), self.random.choice(self._lines)
        self.edit(sent.message_id, text)
        self.note("edit", text, sent.message_id, sent.shown_question_text, self.pending)
        return True

    def _send_some_media(self) -> bool:
        kind, pending, question = self.random.choice(MEDIA_KINDS), self.pending, self.shown_question
        album = f"album-{self.id}-{len(self.sent)}" if kind == "photo" else None
        for _ in range(self.random.randint(2, 4) if album else 1):
            self.note("media", kind, self.send_media(kind, album).id, question, pending)
        return True

    def _send_some_document(self) -> bool:
        content, pending, question = self.random.choice(DOCUMENTS), self.pending, self.shown_question
        self.note("document", "set.yaml", self.send_document("set.yaml", content).id, question, pending)
        return True

    def _block(self) -> bool:
        pending = self.pending
        self.block()
        self.unblock()
        self.note("block", "", 0, "", pending)
        return True
