"""What goes wrong on purpose: duplicates, errors, cut connections, delays and throttling, by seeded chance."""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeAlias

FaultKind: TypeAlias = Literal["error_before", "error_after", "cut_before", "cut_after", "throttled"]


@dataclass(frozen=True, slots=True)
class Faults:
    """Shares of calls (of updates, for `duplicates`) that go wrong, each from 0 to 1; all off unless set.

    `before` and `after` say whether the call was carried out when its answer went missing. Delays are drawn evenly
    up to `delay_s`.
    """

    seed: int = 0
    duplicates: float = 0.0
    errors_before: float = 0.0
    errors_after: float = 0.0
    cuts_before: float = 0.0
    cuts_after: float = 0.0
    throttled: float = 0.0
    retry_after_s: int = 1
    delays: float = 0.0
    delay_s: float = 0.1


class Dice:
    """Draws the faults, and counts what it drew in `injected`."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.injected: Counter[str] = Counter()
        self._random = random.Random(faults.seed)

    def call(self) -> FaultKind | None:
        """Return what goes wrong with the next call, None for nothing."""
        faults = self.faults
        kinds: tuple[tuple[FaultKind, float], ...] = (
            ("error_before", faults.errors_before),
            ("error_after", faults.errors_after),
            ("cut_before", faults.cuts_before),
            ("cut_after", faults.cuts_after),
            ("throttled", faults.throttled),
        )
        drawn = self._random.random()
        for kind, share in kinds:
            if drawn < share:
                self.injected[kind] += 1
                return kind
            drawn -= share
        return None

    def delay_s(self) -> float:
        """Return how long the next call takes beyond its own time."""
        if self._random.random() >= self.faults.delays:
            return 0.0
        self.injected["delay"] += 1
        return self._random.uniform(0, self.faults.delay_s)

    def duplicate(self) -> bool:
        """Return whether the next update comes twice."""
        if self._random.random() >= self.faults.duplicates:
            return False
        self.injected["duplicate"] += 1
        return True
