"""A person who wants to get to the end: taps what there is to tap, and types where words are wanted."""

import random
import re
from collections.abc import Callable

from tests.botapi.api import BotApi
from tests.botapi.diarist import Diarist
from tests.botapi.keyboard import Button
from tests.botapi.people import WAIT_S, Screen, Unheard
from tests.botapi.world import Message

REPLIES = (
    "More buses in the evening, the last one leaves at six",
    "I would like a place to sit that costs nothing",
    "Somebody to talk to when school gets too much",
    "16",
    "3",
)
AVOIDED = re.compile(
    r"skip|back|pause|stop|language|help|menu|delete|no,? thank|not now|rather not|tell me more|under 1|español",
    re.IGNORECASE,
)
"""Labels that a cooperative person leaves alone, unless the same question comes up again and again."""
PATIENCE = 3
"""How often the same message is answered before anything is tried."""
CHANGE_S = 1.0
STILL_S = 0.02


class Finisher(Diarist):
    """Answers until `ended` says that the screen shows the end."""

    def __init__(
        self,
        api: BotApi,
        first_name: str,
        seed: int,
        ended: Callable[[Screen], bool],
        *,
        language_code: str = "en",
        replies: tuple[str, ...] = REPLIES,
        avoided: re.Pattern[str] = AVOIDED,
        is_question: Callable[[Message], bool] = lambda _: True,
    ) -> None:
        super().__init__(api, first_name, language_code, is_question)
        self.random = random.Random(seed)
        self._ended, self._replies, self._avoided = ended, replies, avoided
        self._tries: dict[tuple[int, str], int] = {}
        self._pressed: set[tuple[int, str]] = set()

    async def finish(self, begin: str = "/start", *, most: int = 200, within_s: float = WAIT_S) -> bool:
        """Begin (unless that is empty) and answer; return whether the end was reached within `most` steps.

        Raises Unheard where the bot does not answer within `within_s`.
        """
        if begin:
            since = self.last_entry
            self.write(begin, "command")
            await self._settle(since, within_s)
        for _ in range(most):
            if self._ended(self.screen()):
                return True
            await self.step(within_s)
        return self._ended(self.screen())

    async def step(self, within_s: float = WAIT_S) -> None:
        """Answer what is on the screen, and wait for what comes of it."""
        question = self._question()
        if question is None:
            raise Unheard(f"there is nothing to answer\n{self.transcript()}")
        key, since = (question.id, question.body.text), self.last_entry
        self._tries[key] = self._tries.get(key, 0) + 1
        button = self._choice(question, self._tries[key])
        if button is None:
            self.write(self.random.choice(self._replies))
        else:
            self._pressed.add((question.id, _words(button)))
            self.press(question, button)
        await self._settle(since, within_s)

    async def _settle(self, since: int, within_s: float) -> None:
        """Wait for the answer and then for the screen to change, which it need not, and to keep still."""
        await self.heard(within_s)
        await self.changed(since, min(within_s, CHANGE_S))
        await self.chat.changed.quiet(STILL_S)

    def _question(self) -> Message | None:
        """Return the bot's newest message; the newest with buttons where words have led nowhere."""
        screen = self.screen()
        newest = screen.newest
        stuck = newest is not None and self._tries.get((newest.id, newest.body.text), 0) >= PATIENCE
        return screen.keyboards[-1] if stuck and screen.keyboards else newest

    def _choice(self, question: Message, tries: int) -> Button | None:
        """Return the button to tap: one not pressed yet, the avoided ones only when stuck; None to type instead."""
        buttons = [button for row in question.markup.rows for button in row if button.data is not None]
        sensible = [button for button in buttons if not self._avoided.search(button.label)]
        fresh = [button for button in sensible if (question.id, _words(button)) not in self._pressed]
        if fresh:
            return fresh[0] if self.random.random() < 0.5 else self.random.choice(fresh)
        if sensible and tries <= PATIENCE:
            return sensible[-1]
        return self.random.choice(buttons) if buttons and tries > PATIENCE else None


def _words(button: Button) -> str:
    """Return a label without ticks and the like, which come and go as it is tapped."""
    return re.sub(r"[^\w\s]", "", button.label).strip()
