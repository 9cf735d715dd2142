"""How fast we may send: Telegram's limits, kept by counting what went out.

Its Bots FAQ ("My bot is hitting limits, how do I avoid this?", https://core.telegram.org/bots/faq) says: about 30
messages a second overall; in one chat no more than one a second, short bursts allowed; in a group 20 a minute.
"""

from collections import deque

PER_SECOND = 30
"""Messages overall."""
BURST, BURST_S = 5, 5.0
"""To one person: one message a second on average, up to five at once; edits are not new messages."""
GROUP_BURST, GROUP_BURST_S = 20, 60.0
PRUNED_ABOVE = 1000
"""So many chats are remembered before those that were quiet are forgotten."""


class Window:
    """At most `most` in any `seconds` seconds."""

    __slots__ = ("_seconds", "_times")

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=most)

    def free_at(self, now_s: float) -> float:
        """Return when the next may go: `now_s`, or later."""
        full = len(self._times) == self._times.maxlen
        return max(now_s, self._times[0] + self._seconds) if full else now_s

    def note(self, now_s: float) -> None:
        """Count one that goes now."""
        self._times.append(now_s)

    def quiet(self, now_s: float) -> bool:
        """Return whether nothing that was counted matters any more."""
        return not self._times or self._times[-1] + self._seconds <= now_s


class Pacing:
    """When the next message to a chat may go; `now_s` is always the sender's clock."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._overall = Window(per_second, 1.0)
        self._chats: dict[str, Window] = {}
        self._held_until_s = 0.0

    @property
    def remembered(self) -> int:
        """The number of chats whose messages are counted."""
        return len(self._chats)

    def all_free_at(self, now_s: float) -> float:
        """Return when any message may go."""
        return max(self._overall.free_at(now_s), self._held_until_s)

    def free_at(self, address: str | None, now_s: float) -> float:
        """Return when a message to this chat may go, as far as the chat is concerned; None for an edit, at once."""
        chat = self._chats.get(address) if address else None
        return now_s if chat is None else chat.free_at(now_s)

    def note(self, address: str | None, now_s: float) -> None:
        """Count a message that goes to the chat now, or an edit (None), which Telegram counts overall only."""
        self._overall.note(now_s)
        if address is None:
            return
        if len(self._chats) > PRUNED_ABOVE:
            self._chats = {each: chat for each, chat in self._chats.items() if not chat.quiet(now_s)}
        self._chats.setdefault(address, _window(address)).note(now_s)

    def hold_all(self, until_s: float) -> None:
        """Let nothing go before that time."""
        self._held_until_s = max(self._held_until_s, until_s)


def _window(address: str) -> Window:
    """Return the limit of a chat: those of groups and channels have negative numbers."""
    return Window(GROUP_BURST, GROUP_BURST_S) if address.startswith("-") else Window(BURST, BURST_S)
