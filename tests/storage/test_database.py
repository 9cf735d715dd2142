import asyncio
import sqlite3
import stat
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from storage.database import Database, Transaction
from storage.errors import BusyError, RuleBrokenError, UnusableError
from storage.inbox import is_new
from tests.storage.samples import NOW, person


def count(tx: Transaction) -> int:
    return int(tx.execute("SELECT count(*) FROM respondents").fetchone()[0])


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_a_new_file_is_readable_by_its_owner_only(database: Database, tmp_path: Path) -> None:
    await database.write(lambda tx: person(tx, "ana"))
    name = "tuckshop.sqlite3"
    assert modes(tmp_path) == {name: 0o600, f"{name}-wal": 0o600, f"{name}-shm": 0o600}


async def test_work_of_several_statements_runs_in_one_hop_in_the_database_thread(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, str]:
        person(tx, "ana")
        person(tx, "ben")
        return count(tx), threading.current_thread().name

    found, thread = await database.write(work)
    assert found == 2
    assert thread != threading.current_thread().name


async def test_an_exception_rolls_the_whole_work_back(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        raise LookupError("in the middle")

    with pytest.raises(LookupError, match="in the middle"):
        await database.write(work)
    assert await database.read(count) == 0
    await database.write(lambda tx: person(tx, "ben"))
    assert await database.read(count) == 1


async def test_cancelled_work_is_done_whole(database: Database) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def work(tx: Transaction) -> None:
        person(tx, "ana")
        reached.set()
        assert go_on.wait(10)
        person(tx, "ben")

    task = asyncio.create_task(database.write(work))
    await asyncio.to_thread(reached.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await database.write(count) == 2


async def test_cancelled_work_that_fails_leaves_nothing(database: Database) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def work(tx: Transaction) -> None:
        person(tx, "ana")
        reached.set()
        assert go_on.wait(10)
        raise LookupError

    task = asyncio.create_task(database.write(work))
    await asyncio.to_thread(reached.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await database.write(count) == 0


async def test_many_tasks_write_at_once_and_none_sees_half_of_another(database: Database) -> None:
    def work(tx: Transaction, name: str) -> None:
        before = count(tx)
        person(tx, name)
        person(tx, name + "-too")
        assert count(tx) == before + 2

    await asyncio.gather(*(database.write(partial(work, name=f"p{number}")) for number in range(50)))
    assert await database.read(count) == 100


async def test_reading_does_not_wait_for_a_writer_and_sees_what_was_committed(database: Database) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def work(tx: Transaction) -> None:
        person(tx, "ana")
        reached.set()
        assert go_on.wait(10)

    task = asyncio.create_task(database.write(work))
    await asyncio.to_thread(reached.wait, 10)
    assert await database.read(count) == 0
    go_on.set()
    await task
    assert await database.read(count) == 1


async def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(UnusableError, match="cannot be written"):
        await database.read(lambda tx: person(tx, "ana"))


async def test_a_broken_rule_of_the_schema_comes_out_as_ours(database: Database) -> None:
    insert = "INSERT INTO contacts (respondent_id, channel, address) VALUES ('nobody', 'c', 'a')"
    with pytest.raises(RuleBrokenError, match="FOREIGN KEY"):
        await database.write(lambda tx: tx.execute(insert))


async def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    first = await Database.open(tmp_path / "t.sqlite3")
    await first.write(lambda tx: person(tx, "ana"))
    await first.close()
    second = await Database.open(tmp_path / "t.sqlite3")
    assert await second.read(count) == 1
    await second.close()


async def test_a_new_file_can_be_opened_by_several_at_once(tmp_path: Path) -> None:
    opened = await asyncio.gather(*(Database.open(tmp_path / "t.sqlite3") for _ in range(6)))
    assert await asyncio.gather(*(one.read(count) for one in opened)) == [0] * 6
    await asyncio.gather(*(one.close() for one in opened))


async def test_two_open_databases_share_a_file(database: Database, tmp_path: Path) -> None:
    other = await Database.open(tmp_path / "tuckshop.sqlite3")
    twice = [
        one.write(partial(is_new, channel="telegram", update_id=number, now=NOW))
        for number in range(30)
        for one in (database, other)
    ]
    news = await asyncio.gather(*twice)
    await other.close()
    assert sum(news) == 30


async def give_up_waiting_soon(database: Database) -> None:
    async with database._writer.execute("PRAGMA busy_timeout = 10"):
        pass


async def test_another_process_that_holds_the_file_is_said_to_be_busy(database: Database, tmp_path: Path) -> None:
    await give_up_waiting_soon(database)
    holder = sqlite3.connect(tmp_path / "tuckshop.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="Try again"):
        await database.write(count)
    holder.close()
    assert await database.write(count) == 0


async def test_purge_says_so_while_another_process_still_reads(database: Database, tmp_path: Path) -> None:
    await database.write(lambda tx: person(tx, "ana"))
    await give_up_waiting_soon(database)
    reader = sqlite3.connect(tmp_path / "tuckshop.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM respondents").fetchall()
    with pytest.raises(BusyError, match="still reading"):
        await database.purge()
    reader.close()
    await database.purge()


async def test_purge_says_so_while_a_statement_was_not_read_to_its_end(database: Database) -> None:
    await database.write(lambda tx: [person(tx, name) for name in ("ana", "ben")])
    async with database._writer.execute("SELECT id FROM respondents"):
        with pytest.raises(BusyError, match="still reading"):
            await database.purge()
    await database.purge()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing/t.sqlite3", None, "does not exist. Create it"),
        ("notes.txt", b"These are notes, and a good many of them. " * 9, "is not a database, or a sealed one"),
        ("", None, "is a folder. Name a file"),
    ],
)
async def test_a_file_that_cannot_serve_is_explained(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnusableError, match=message):
        await Database.open(tmp_path / name)
    if content is not None:
        assert (tmp_path / name).read_bytes() == content


ANOTHER_PROCESS = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(*c.execute('{sql}').fetchone()); c.close()"
)


def elsewhere(path: Path, sql: str = "SELECT count(*) FROM respondents") -> int:
    """Ask from another process, which opens the file and closes it."""
    command = [sys.executable, "-c", ANOTHER_PROCESS.format(sql=sql), str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own


async def test_another_process_that_looks_and_goes_leaves_the_log_in_use(tmp_path: Path) -> None:
    """It would delete the log if it took itself for the last one, and with it all that is written from then on."""
    path = tmp_path / "t.sqlite3"
    database = await Database.open(path)
    assert await asyncio.to_thread(elsewhere, path) == 0
    assert path.with_name("t.sqlite3-wal").exists()
    await database.write(partial(person, name="ana"))
    assert await asyncio.to_thread(elsewhere, path) == 1
    await database.close()
    assert await asyncio.to_thread(elsewhere, path) == 1
