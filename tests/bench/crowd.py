"""`python -m tests.bench crowd`: 200 people against `tuckshop serve` over HTTP, without and with ten kills.

First everybody presses and types at random; then everybody answers a dialogue to its end while the process is killed
(SIGKILL) and started again at random moments. Prints what was left unanswered, refused, lost or doubled.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.botapi.api import BotApi
from tests.botapi.crowd import Finished, finish_crowd, run_crowd
from tests.botapi.people import Screen
from tests.botapi.process import Process
from tests.botapi.server import FakeBotApi
from tests.end_to_end.bookkeeping import (
    WELCOMED,
    differing,
    has_ended,
    is_question,
    misplaced,
    settings_for,
    stored_responses,
)

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "200"))
KILLS = int(os.environ.get("BENCH_KILLS", "10"))
STEPS = 20
PATIENCE_S = 180.0
TUCKSHOP = str(Path(sys.executable).with_name("tuckshop"))


def main() -> int:
    """Run both, and return 1 if anything was lost, doubled, refused or left unanswered."""
    return asyncio.run(_both())


async def _both() -> int:
    wrong = 0
    for run in (_at_random, _with_kills):
        with tempfile.TemporaryDirectory() as folder:
            wrong += await run(Path(folder) / "tuckshop.sqlite3")
    return 1 if wrong else 0


async def _at_random(database: Path) -> int:
    started = time.monotonic()
    async with FakeBotApi() as api, Process(api, [TUCKSHOP, "serve"], settings_for(api, database)) as bot:
        await bot.ready()
        people = await run_crowd(api, PEOPLE, STEPS, 1, first=WELCOMED, within_s=PATIENCE_S, is_question=is_question)
        await bot.stop()
        counts = {"unanswered": len(api.unanswered()), "refused": len(api.refusals)}
        calls = sum(api.calls.values())
    stored = stored_responses(database)
    counts |= {"misplaced": len(misplaced(people, stored)), "differing": len(differing(database))}
    print(f"{PEOPLE} people, {STEPS} random acts each: {calls} calls, {len(stored)} responses stored,", end=" ")
    print(f"{time.monotonic() - started:.0f} s;", ", ".join(f"{name} {count}" for name, count in counts.items()))
    return sum(counts.values())


async def _with_kills(database: Path) -> int:
    started, kills = time.monotonic(), 0
    async with FakeBotApi() as api, Process(api, [TUCKSHOP, "serve"], settings_for(api, database)) as bot:
        await bot.ready()
        crowd = asyncio.create_task(_finishing(api))
        pauses = random.Random(1)
        while kills < KILLS and not crowd.done():
            await asyncio.sleep(pauses.uniform(0.2, 3))
            await bot.restart()
            kills += 1
        finished = await crowd
        await bot.stop()
        repeated = [refusal for refusal in api.refusals if refusal.repeat or refusal.method == "answerCallbackQuery"]
        counts = {
            "unfinished": len(finished.unfinished),
            "unanswered": len(api.unanswered()),
            "refused": len(api.refusals) - len(repeated),
        }
    stored = stored_responses(database)
    counts |= {"misplaced": len(misplaced(finished.people, stored)), "differing": len(differing(database))}
    print(f"{PEOPLE} people who finish, {kills} kills: {len(stored)} responses stored,", end=" ")
    print(f"{time.monotonic() - started:.0f} s;", ", ".join(f"{name} {count}" for name, count in counts.items()))
    print(
        f"  ({len(repeated)} calls, carried out before a kill and not yet noted as such, were made again and refused)"
    )
    return sum(counts.values())


async def _finishing(api: BotApi) -> Finished:
    def ended(screen: Screen) -> bool:
        return screen.newest is not None and has_ended(screen.newest.body.text)

    return await finish_crowd(api, ended, PEOPLE, 3, within_s=PATIENCE_S, is_question=is_question)
