"""The updates that the bot has not acknowledged, and the rules by which it gets them."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from tests.botapi.refusal import Refused
from tests.botapi.signals import Signal
from tests.botapi.world import Json

FIRST_UPDATE_ID = 100_000_001
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LONGEST_POLL_S = 50
MOST_UPDATES = 100


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `line` names those that a webhook gets one after the other."""

    id: int
    kind: str
    value: Json
    line: str
    again: bool = False

    def as_json(self) -> Json:
        """Return the Bot API's Update."""
        return {"update_id": self.id, self.kind: self.value}


class Updates:
    """The queue of one bot."""

    def __init__(self) -> None:
        self.allowed: frozenset[str] | None = None
        self.changed = Signal()
        self.last_id = FIRST_UPDATE_ID - 1
        self._pending: deque[Update] = deque()
        self._again: list[Update] = []
        self.polls = 0
        self._taken_over = ""
        self._turn = 0

    def __len__(self) -> int:
        return len(self._pending)

    def put(self, kind: str, value: Json, line: str, *, twice: bool = False) -> int:
        """Queue an update, once more later where it is to come `twice`; return its id, 0 where the bot wants none."""
        if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return 0
        self.last_id += 1
        self._pending.append(Update(self.last_id, kind, value, line, twice))
        self.changed.send()
        return self.last_id

    def allow(self, kinds: object) -> None:
        """Change which kinds of updates come from now on; an empty list is the default, None changes nothing."""
        if isinstance(kinds, list):
            self.allowed = frozenset(str(kind) for kind in kinds) or None

    def acknowledge(self, offset: int) -> None:
        """Forget the updates before `offset`; a negative one keeps so many of the newest."""
        if offset < 0:
            self.drop(len(self._pending) + offset)
        while self._pending and self._pending[0].id < offset:
            self._forget(self._pending.popleft())

    def drop(self, count: int | None = None) -> None:
        """Forget so many of the oldest updates, or all."""
        for _ in range(max(0, min(len(self._pending), len(self._pending) if count is None else count))):
            self._pending.popleft()

    def remove(self, update: Update) -> None:
        """Forget an update that a webhook took."""
        self._pending.remove(update)

    def pending(self) -> tuple[Update, ...]:
        """Return what was not acknowledged, oldest first."""
        return tuple(self._pending)

    async def poll(self, offset: int, limit: int, timeout_s: int) -> Sequence[Update]:
        """Return the next updates, waiting for the first. Raises Refused when something else takes over."""
        self.acknowledge(offset)
        self.polls += 1
        self.take_over("other getUpdates request; make sure that only one bot instance is running")
        turn, longest_s = self._turn, min(max(timeout_s, 0), LONGEST_POLL_S)
        await self.changed.until(lambda: bool(self._pending) or turn != self._turn, longest_s)
        if turn != self._turn:
            raise Refused(409, f"terminated by {self._taken_over}")
        return self._batch(limit if 0 < limit <= MOST_UPDATES else MOST_UPDATES)

    def take_over(self, by: str) -> None:
        """End the poll that waits now, if one does."""
        self._turn += 1
        self._taken_over = by
        self.changed.send()

    def _batch(self, limit: int) -> list[Update]:
        """Return the oldest updates, after some acknowledged ones that come again: never without a new one behind."""
        fresh = [update for _, update in zip(range(limit), self._pending, strict=False)]
        room = limit - len(fresh)
        repeated, self._again = (self._again[:room], self._again[room:]) if fresh else ([], self._again)
        return repeated + fresh

    def _forget(self, update: Update) -> None:
        if update.again:
            self._again.append(update)
