"""Killed at any moment, a process loses nothing that it told of, and leaves nothing half done."""

import random
import subprocess
import sys
from pathlib import Path

from storage.database import Database, Transaction


def written_until_killed(path: Path, first: int, lines: int) -> list[int]:
    """Run the writer, kill it after so many lines, and return the numbers that it said were committed."""
    command = [sys.executable, "-m", "tests.storage.writer", str(path), str(first)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:  # noqa: S603 - our own file
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(lines)]
        process.kill()
        return told + [int(line) for line in process.stdout if line.endswith("\n")]


def people(tx: Transaction) -> set[str]:
    return {name for (name,) in tx.execute("SELECT id FROM respondents")}


async def test_killing_the_process_loses_no_commit_and_halves_none(tmp_path: Path) -> None:
    path, rng = tmp_path / "t.sqlite3", random.Random(1)
    told: list[int] = []
    for start in (0, 1000, 2000):
        told += written_until_killed(path, start, rng.randint(1, 60))
        database = await Database.open(path)
        found = await database.read(people)
        await database.close()
        lefts, rights = ({name.split("-")[1] for name in found if name.startswith(side)} for side in ("left", "right"))
        assert lefts == rights
        assert set(map(str, told)) <= lefts
        assert len(lefts) <= len(told) + 3  # at most one commit a process that it had no time to tell of
