"""The database file: opening it, and running work on it, whole or not at all.

All other functions of storage are plain: they take a `Transaction` first and run in the database thread, as many as
belong together in one hop. Other processes may use the same file at the same time.
"""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeAlias, TypeVar, cast

import aiosqlite

from storage import sealing
from storage.errors import DATABASE_ERRORS, BusyError, UnusableError, explained
from storage.migrations.applying import MIGRATIONS, applied, apply_next
from storage.sealing import Key

T = TypeVar("T")
Transaction: TypeAlias = sqlite3.Connection
"""An open transaction of `Database.write` or `Database.read`; good only inside the work that it was passed to."""

BUSY_TIMEOUT_MS = 5000  # how long to wait for another process: an export or a purge may hold the file for seconds
WAL_RETRY_MS = 5  # switching takes about as long
OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables

_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous = FULL",  # in WAL, NORMAL may lose the last commits when the power fails
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


class Database:
    """A database file, held open by one connection that writes and one that reads."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._path = path
        self._writer = writer
        self._reader = reader

    @classmethod
    async def open(cls, path: Path, key: Key | None = None) -> Self:
        """Open the file, creating it and bringing its schema up to date; with a key it is, or will be, sealed.

        Raises UnusableError or BusyError.
        """
        _prepare_file(path)
        writer = await _connect(path, key, ())
        try:
            await _hop(writer, lambda connection: _migrate(connection, path), path)
            reader = await _connect(path, key, ("PRAGMA query_only = ON",))
        except BaseException:
            await writer.close()
            raise
        return cls(path, writer, reader)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run work in a transaction of its own: committed if it returns, rolled back if it raises.

        Once begun it goes on to its end, even if the awaiting task is cancelled: it is never half done.
        """
        return await _hop(self._writer, lambda connection: _whole(connection, "BEGIN IMMEDIATE", work), self._path)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run work on one unchanging view of the database, beside the writer. Writing in it is an error."""
        return await _hop(self._reader, lambda connection: _whole(connection, "BEGIN", work), self._path)

    async def purge(self) -> None:
        """Leave no byte of what was deleted in the file or its log. Raises BusyError while another process reads.

        Deleting zeroes rows (secure_delete), but where SQLite moved rows between pages, copies can stay behind in
        unused space: only VACUUM, which writes the file anew, removes those. Of 40 random histories of 60 people, one
        kept traces of the 12 deleted without it (SQLite 3.40), none with it.
        """
        await _hop(self._writer, lambda connection: _purge(connection, self._path), self._path)

    async def purge_due(self) -> bool:
        """Return whether something was deleted and `purge` has not run to its end since."""
        return await self.read(lambda tx: tx.execute("SELECT count(*) FROM purge_due").fetchone()[0] > 0)

    async def close(self) -> None:
        """Finish what is running and close the file."""
        await self._reader.close()
        await self._writer.close()


def _prepare_file(path: Path) -> None:
    """Create the file, readable by its owner only, unless it exists."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise UnusableError(f"SQLite 3.37 or newer is needed, this is {sqlite3.sqlite_version}. Use a newer Python.")
    if not path.parent.is_dir():
        raise UnusableError(f"{path}: the folder {path.parent} does not exist. Create it, or name another file.")
    if path.is_dir():
        raise UnusableError(f"{path} is a folder. Name a file.")
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise UnusableError(f"{path} cannot be written: {error.strerror}. Check the owner of its folder.") from error


async def _connect(path: Path, key: Key | None, more: tuple[str, ...]) -> aiosqlite.Connection:
    try:
        connection = await aiosqlite.Connection(sealing.connector(path, key), iter_chunk_size=64)
    except DATABASE_ERRORS as error:
        raise explained(error, path) from error
    try:
        await _hop(connection, lambda raw: sealing.unlock(raw, path, key), path)
        await _hop(connection, _use_log, path)
        await _hop(connection, lambda raw: _set(raw, _PRAGMAS + more), path)
    except BaseException:
        await connection.close()
        raise
    return connection


async def _hop(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T], path: Path) -> T:
    """Run work in the connection's thread. What SQLite raises comes out as an error of ours."""
    # aiosqlite offers no public way to run several statements in one hop, and a hop for each would cost three times as
    # much CPU. These two names are private, so its version is pinned, and nothing else of ours uses them.
    try:
        return cast(T, await connection._execute(lambda: work(connection._conn)))  # type: ignore[no-untyped-call]
    except DATABASE_ERRORS as error:
        raise explained(error, path) from error


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch the file to a write-ahead log, unless it has one. Here SQLite does not wait for others by itself."""
    give_up_at = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except DATABASE_ERRORS as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(WAL_RETRY_MS / 1000)  # in the database thread: nothing else waits
        else:
            return


def _set(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    for pragma in pragmas:
        connection.execute(pragma)


def _whole(connection: sqlite3.Connection, begin: str, work: Callable[[Transaction], T]) -> T:
    connection.execute(begin)
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some errors, such as a full disk, have already rolled back
            connection.execute("ROLLBACK")
        raise
    return result


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations that are missing, each in its transaction; another process may be doing the same."""
    number = applied(connection)
    if number is None:
        raise UnusableError(f"{path} is a database of another program. Name another file.")
    if number > len(MIGRATIONS):
        raise UnusableError(
            f"{path} was written by a newer Tuckshop (schema {number}, here {len(MIGRATIONS)}). Update this one."
        )
    while applied(connection) != len(MIGRATIONS) and _whole(connection, "BEGIN IMMEDIATE", apply_next):
        pass


def _purge(connection: sqlite3.Connection, path: Path) -> None:
    due = connection.execute("SELECT max(id) FROM purge_due").fetchone()[0]
    receipts = _receipts_to_wipe(connection)
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise BusyError(f"{path}: something is still reading deleted rows. Purge again in a moment.")
    connection.execute("DELETE FROM purge_due WHERE id <= :due", {"due": due})  # another process may have added to it
    connection.executemany("UPDATE deletions SET wiped = 1 WHERE receipt = :receipt", receipts)


def _receipts_to_wipe(connection: sqlite3.Connection) -> list[dict[str, str]]:
    """Return the receipts whose rows are deleted; none while somebody's address stays until they were told so.

    A group's, a negative number, is nobody's; when it goes, no purge follows.
    """
    rows = connection.execute(
        """
        SELECT receipt FROM deletions
        WHERE wiped = 0 AND NOT EXISTS (SELECT 1 FROM contacts WHERE leaving = 1 AND address NOT LIKE '-%')
        """
    )
    return [{"receipt": receipt} for (receipt,) in rows]
