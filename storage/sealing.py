"""A sealed database: every page of it encrypted by SQLCipher, with a key that stands in a file of its own.

Whoever gets the database without that file gets noise: no words, addresses, vectors or counts. Whoever gets both, or
the running machine, gets everything. SQLCipher comes with the extra `sealed`; nothing else needs it.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import cast

from storage.errors import DATABASE_ERRORS, BusyError, UnusableError, dbapi2, explained

KEY_BYTES = 32  # AES-256; given raw, so that SQLCipher derives nothing from it and opening takes no longer
PLAIN_HEADER = b"SQLite format 3\0"
OTHERS_MASK = 0o077
NO_KEY = "{path} is not a database, or a sealed one. Set TUCKSHOP_KEY_FILE to the file with its key, or name another."
NOT_SEALED = "{path} is not sealed yet, and TUCKSHOP_KEY_FILE is set. Stop the bot, and run: tuckshop key --seal"
WRONG_KEY = "{path} cannot be opened with the key in TUCKSHOP_KEY_FILE. Was it made for another database?"
NO_SQLCIPHER = "A sealed database needs SQLCipher. Install it with: pip install 'tuckshop[sealed]'"


@dataclass(frozen=True, slots=True)
class Key:
    """A key, as 64 hexadecimal digits; it never shows in a repr."""

    digits: str = field(repr=False)


def make_key(path: Path) -> Key:
    """Write a new random key to a file that only its owner can read. Raises UnusableError where there is a file."""
    key = Key(secrets.token_hex(KEY_BYTES))
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UnusableError(f"{path} is there already. A key that was used must never be written over.") from None
    except OSError as error:
        raise UnusableError(f"{path} cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{key.digits}\n")
    return key


def read_key(path: Path) -> Key:
    """Return the key in a file. Raises UnusableError where it is missing, is none, or others may read it."""
    try:
        mode, digits = path.stat().st_mode, path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableError(f"{path}: the key cannot be read. Bring the file back, or run: tuckshop key") from error
    if mode & OTHERS_MASK:
        raise UnusableError(f"{path}: others on this machine may read the key. Run: chmod 600 {path}")
    if len(digits) != 2 * KEY_BYTES or not set(digits) <= set("0123456789abcdef"):
        raise UnusableError(f"{path} holds no key: it is one line of {2 * KEY_BYTES} hexadecimal digits.")
    return Key(digits)


def connector(path: Path, key: Key | None) -> Callable[[], sqlite3.Connection]:
    """Return what opens the file, in autocommit mode; `unlock` has to follow."""
    if key is None:
        return lambda: sqlite3.connect(path, isolation_level=None)
    cipher = _cipher()
    return lambda: cast(sqlite3.Connection, cipher.connect(str(path), isolation_level=None))


def unlock(connection: sqlite3.Connection, path: Path, key: Key | None) -> None:
    """Give a connection from `connector` its key, if any, before anything else.

    Raises UnusableError where the key is wrong, the file plain and there is a key, or sealed and there is none.
    """
    if key is not None:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key is told on standard error
        connection.execute(f'PRAGMA key = "{_raw(key)}"')  # a pragma takes no parameters
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except DATABASE_ERRORS as error:
        not_ours = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_NOTADB
        sealed = is_sealed(path) if not_ours else None
        if key is None and sealed:
            raise UnusableError(NO_KEY.format(path=path)) from None
        if key is not None and not_ours:
            raise UnusableError((WRONG_KEY if sealed else NOT_SEALED).format(path=path)) from None
        raise


def is_sealed(path: Path) -> bool | None:
    """Return whether the file begins with something else than a plain database does; None while it is empty.

    Never to be asked while this process has the database open: on POSIX, closing any handle of a file gives up every
    lock that the process has on it. Another process then takes itself for the last one, and deletes the log in use.
    """
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
    except OSError:
        return None
    return header != PLAIN_HEADER if header else None


def seal(path: Path, key: Key) -> None:
    """Put a sealed copy in the place of a plain database, and write zeros over the plain one.

    Raises BusyError while another process has it open, and UnusableError where it is no plain database.
    """
    if is_sealed(path) is not False:
        raise UnusableError(f"{path} is no plain database: there is nothing to seal.")
    draft = path.with_name(f"{path.name}.sealing")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        _copy(path, draft, key)
        with path.open("r+b") as plain:
            draft.replace(path)
            _sync_folder(path.parent)
            _zero(plain.fileno())
    finally:
        draft.unlink(missing_ok=True)


def _copy(path: Path, draft: Path, key: Key) -> None:
    """Write a sealed copy; the plain file's log is folded into it before, which nobody else may have open."""
    connection = _cipher().connect(str(path), isolation_level=None)
    try:
        _in_one_file(connection, path)
        connection.execute("ATTACH DATABASE :draft AS sealed KEY :key", {"draft": str(draft), "key": _raw(key)})
        connection.execute("SELECT sqlcipher_export('sealed')")
        connection.execute("DETACH DATABASE sealed")
    except DATABASE_ERRORS as error:
        raise explained(error, path) from error
    finally:
        connection.close()


def _in_one_file(connection: sqlite3.Connection, path: Path) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise BusyError(f"{path}: another process has it open. Stop the bot first.")


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk before the old bytes go: a power cut between would leave zeros under it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _zero(handle: int) -> None:
    """Write zeros over a file that has no name any more; a disk that moves what it writes may keep the old bytes."""
    left = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    while left:
        left -= os.write(handle, bytes(min(left, 1 << 20)))
    os.fsync(handle)


def _raw(key: Key) -> str:
    return f"x'{key.digits}'"


def _cipher() -> ModuleType:
    if dbapi2 is None:
        raise UnusableError(NO_SQLCIPHER)
    return dbapi2
