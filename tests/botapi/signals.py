"""Waking those who wait for something to change: no polling, no sleeping."""

import asyncio
from collections.abc import Callable


class Signal:
    """Wakes every waiter at each `send`; nothing is remembered for those who come later."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def send(self) -> None:
        """Wake all who wait."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    async def wait(self) -> None:
        """Wait for the next `send`."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    async def until(self, holds: Callable[[], bool], within_s: float | None) -> bool:
        """Wait until it holds, looking again at each `send`; return False where the time ran out first."""
        try:
            async with asyncio.timeout(within_s):
                while not holds():
                    await self.wait()
        except TimeoutError:
            return holds()
        return True

    async def quiet(self, for_s: float) -> None:
        """Wait until nothing was sent for that long."""
        while await self.until_sent(for_s):
            pass

    async def until_sent(self, within_s: float) -> bool:
        """Wait for the next `send`; return False where the time ran out first."""
        try:
            async with asyncio.timeout(within_s):
                await self.wait()
        except TimeoutError:
            return False
        return True
