"""What can go wrong in storage, worded so that the reader knows what to do.

StorageError
├── UnusableError     the file cannot serve as our database
├── BusyError         another process holds the database: the same call may work later
├── RuleBrokenError   a row breaks a rule of the schema: a programmer's mistake
└── ExportError       the export cannot be written
"""

import sqlite3
from importlib import import_module
from pathlib import Path
from types import ModuleType


def _sqlcipher() -> ModuleType | None:
    """Return SQLCipher's module, None where the extra `sealed` is not installed."""
    try:
        return import_module("sqlcipher3.dbapi2")
    except ImportError:
        return None


dbapi2 = _sqlcipher()


class StorageError(Exception):
    """Any error of storage."""


class UnusableError(StorageError):
    """The file cannot serve as our database."""


class BusyError(StorageError):
    """Another process holds the database."""


class RuleBrokenError(StorageError):
    """A row breaks a rule of the schema."""


class ExportError(StorageError):
    """The export cannot be written."""


DATABASE_ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,) if dbapi2 is None else (sqlite3.Error, dbapi2.Error)
"""What SQLite raises, and SQLCipher, whose errors carry the same codes."""

FATAL = (UnusableError, BusyError)
"""Errors after which nothing can be stored for now."""


def explained(error: Exception, path: Path) -> StorageError:
    """Return the error of ours that says what `error`, met in the database at `path`, means."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the lowest byte names the kind, the others only refine it
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BusyError(f"{path}: another process is busy with this database. Try again in a moment.")
        case sqlite3.SQLITE_ERROR if "in progress" in str(
            error
        ):  # VACUUM beside a statement that was not read to its end
            return BusyError(f"{path}: something is still reading this database. Try again in a moment.")
        case sqlite3.SQLITE_CONSTRAINT:
            return RuleBrokenError(f"{path}: {error}. Nothing of this change was stored.")
        case sqlite3.SQLITE_NOTADB:
            return UnusableError(f"{path} is not a database. Name another file, or move this one away.")
        case sqlite3.SQLITE_CORRUPT:
            return UnusableError(f"{path} is damaged. Put a backup in its place.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return UnusableError(f"{path} cannot be written. Check who owns the file and its folder.")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return UnusableError(f"{path}: the disk is full or failing. Make room; what was stored before is safe.")
        case _:
            return StorageError(f"{path}: {error}")
