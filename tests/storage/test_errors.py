import sqlite3
from pathlib import Path

import pytest

from storage.errors import BusyError, RuleBrokenError, StorageError, UnusableError, explained


def raised(code: int, words: str = "words of SQLite") -> sqlite3.Error:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, BusyError),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, BusyError),
        (sqlite3.SQLITE_LOCKED, BusyError),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, RuleBrokenError),
        (sqlite3.SQLITE_NOTADB, UnusableError),
        (sqlite3.SQLITE_CORRUPT_INDEX, UnusableError),
        (sqlite3.SQLITE_READONLY, UnusableError),
        (sqlite3.SQLITE_CANTOPEN, UnusableError),
        (sqlite3.SQLITE_FULL, UnusableError),
        (sqlite3.SQLITE_IOERR_WRITE, UnusableError),
        (sqlite3.SQLITE_ERROR, StorageError),
    ],
)
def test_every_error_of_sqlite_becomes_one_of_ours_that_names_the_file(code: int, kind: type[StorageError]) -> None:
    found = explained(raised(code), Path("t.sqlite3"))
    assert type(found) is kind
    assert "t.sqlite3" in str(found)


def test_an_error_without_a_code_is_ours_too() -> None:
    assert type(explained(sqlite3.ProgrammingError("no"), Path("t"))) is StorageError
