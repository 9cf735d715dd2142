"""The bot as a process of its own: started, killed without warning, started again. Ends only what it started."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.botapi.api import BotApi

READY_S = 60.0
STOP_S = 10.0


class NotReady(AssertionError):  # noqa: N818 - named by what happened
    """The process ended, or did not reach the Bot API in time; the message holds its last output."""


class Process:
    """A bot that talks to `api`: a command, with settings added to its environment, run in `folder`.

    `output()` is what it printed, over all its starts.
    """

    def __init__(
        self, api: BotApi, command: Sequence[str], settings: Mapping[str, str], folder: Path | None = None
    ) -> None:
        self._api = api
        self._command = list(command)
        self._settings = dict(settings)
        self._folder = folder
        self._running: asyncio.subprocess.Process | None = None
        file, path = tempfile.mkstemp(prefix="botapi-process-", suffix=".log")
        os.close(file)
        self._log = Path(path)
        self._contacts = 0

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()
        self._log.unlink(missing_ok=True)

    @property
    def pid(self) -> int | None:
        """The process id, None where none runs."""
        return self._running.pid if self._running is not None and self._running.returncode is None else None

    async def start(self) -> None:
        """Start it; see `ready`."""
        if self.pid is not None:
            raise RuntimeError(f"process {self.pid} is running already: kill or stop it first")
        self._contacts = contacts(self._api)
        with self._log.open("ab") as log:
            self._running = await asyncio.create_subprocess_exec(
                *self._command,
                env={**os.environ, **self._settings},
                cwd=self._folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    async def ready(self, within_s: float = READY_S) -> None:
        """Wait until it polls or has set its webhook since its start. Raises NotReady."""
        changed = self._api.account.updates.changed
        reached = asyncio.create_task(changed.until(lambda: contacts(self._api) > self._contacts, within_s))
        ended = asyncio.create_task(self.wait())
        try:
            await asyncio.wait({reached, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not (reached.done() and reached.result()):
                raise NotReady(f"not ready within {within_s} s, or ended; it printed:\n{self.output()[-4000:]}")
        finally:
            reached.cancel()
            ended.cancel()
            await asyncio.gather(reached, ended, return_exceptions=True)

    async def wait(self) -> int:
        """Wait until it has ended; return its exit code, negative for the signal that ended it."""
        return await self._running.wait() if self._running is not None else 0

    async def kill(self) -> None:
        """End it at once, without warning (SIGKILL)."""
        await self._end(signal.SIGKILL)

    async def stop(self, within_s: float = STOP_S) -> int:
        """Ask it to end (SIGTERM) and return its exit code. Raises TimeoutError where it does not end in time."""
        async with asyncio.timeout(within_s):
            await self._end(signal.SIGTERM)
        return await self.wait()

    async def restart(self, within_s: float = READY_S) -> None:
        """Kill it, start it again and wait until it is ready."""
        await self.kill()
        await self.start()
        await self.ready(within_s)

    async def _end(self, how: signal.Signals) -> None:
        if self._running is not None and self._running.returncode is None:
            self._running.send_signal(how)
            await self._running.wait()

    def output(self) -> str:
        """Return all that it has printed."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""


def contacts(api: BotApi) -> int:
    """Return how often a bot has asked for updates or set its webhook."""
    return api.account.updates.polls + api.account.hook.set_count
