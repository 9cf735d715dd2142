import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import UnusableError
from storage.migrations.applying import MIGRATIONS, applied, apply_next

Schema = list[tuple[str, str | None]]


def schema(path: Path) -> Schema:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


async def opened_and_closed(path: Path) -> None:
    await (await Database.open(path)).close()


async def test_opening_applies_every_migration_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "t.sqlite3"
    await opened_and_closed(path)
    before = schema(path)
    await opened_and_closed(path)
    assert schema(path) == before
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY number")]
    assert names == [migration.__name__ for migration in MIGRATIONS]
    assert [name[:5] for name in names] == [f"m{number:04}" for number in range(1, len(names) + 1)]


@pytest.mark.parametrize("had", range(1, len(MIGRATIONS)))
async def test_every_older_schema_becomes_the_newest(tmp_path: Path, had: int) -> None:
    with closing(sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)) as connection:
        for _ in range(had):
            assert apply_next(connection)
        assert applied(connection) == had
    await opened_and_closed(tmp_path / "old.sqlite3")
    await opened_and_closed(tmp_path / "new.sqlite3")
    assert schema(tmp_path / "old.sqlite3") == schema(tmp_path / "new.sqlite3")


async def test_a_migration_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "t.sqlite3", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE alerts (x)")  # m0007 stumbles over it
        connection.execute(
            "CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT"
        )
    with pytest.raises(Exception, match="alerts"):
        await Database.open(tmp_path / "t.sqlite3")
    with closing(sqlite3.connect(tmp_path / "t.sqlite3")) as connection:
        assert applied(connection) == 6
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'uploads'").fetchall()


async def test_every_table_is_strict(tmp_path: Path) -> None:
    await opened_and_closed(tmp_path / "t.sqlite3")
    for name, sql in schema(tmp_path / "t.sqlite3"):
        if sql is not None and sql.startswith("CREATE TABLE") and not name.startswith("sqlite_"):
            assert "STRICT" in sql.rsplit(")", 1)[1], name


async def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    await opened_and_closed(tmp_path / "t.sqlite3")
    with closing(sqlite3.connect(tmp_path / "t.sqlite3", isolation_level=None)) as connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'm0099_later', '2030-01-01')")
    with pytest.raises(UnusableError, match=r"newer Tuckshop \(schema 99"):
        await Database.open(tmp_path / "t.sqlite3")


async def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "t.sqlite3", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(UnusableError, match="another program"):
        await Database.open(tmp_path / "t.sqlite3")
    assert [name for name, _ in schema(tmp_path / "t.sqlite3")] == ["bookmarks"]
