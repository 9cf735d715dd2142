"""How many messages a bot may send, and the answer when it sends more: so many in any window of so many seconds."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from tests.botapi.refusal import too_many_requests


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` in any `window_s` seconds."""

    count: int
    window_s: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's published limits are `Limits(Rate(30, 1), Rate(1, 1), Rate(20, 60))`; None does not limit."""

    overall: Rate | None = None
    per_chat: Rate | None = None
    per_group: Rate | None = None


class Limiter:
    """Counts what was sent. The time is the caller's, so that it can be a virtual one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._sent: defaultdict[int, deque[float]] = defaultdict(deque)

    def take(self, chat_id: int, now: float) -> None:
        """Count a message to this chat. Raises Refused, counting nothing, where a limit is exceeded."""
        to_chat = self.limits.per_group if chat_id < 0 else self.limits.per_chat
        checks = [(0, self.limits.overall), (chat_id, to_chat)]
        waits = [_wait_s(self._sent[key], rate, now) for key, rate in checks if rate is not None]
        if any(wait > 0 for wait in waits):
            raise too_many_requests(math.ceil(max(waits)))
        for key, rate in checks:
            if rate is not None:
                self._sent[key].append(now)


def _wait_s(sent: deque[float], rate: Rate, now: float) -> float:
    while sent and sent[0] <= now - rate.window_s:
        sent.popleft()
    return 0.0 if len(sent) < rate.count else sent[-rate.count] + rate.window_s - now
