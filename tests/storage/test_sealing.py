"""A sealed database: noise without its key, and the same as ever with it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from subprocess import PIPE

import pytest

from storage import alerts, audit, outbox, respondents
from storage.database import Database, Transaction
from storage.errors import BusyError, RuleBrokenError, UnusableError
from storage.ids import RespondentId
from storage.outbox import Outgoing
from storage.sealing import Key, is_sealed, make_key, read_key, seal
from tests.storage.samples import NOW, member, reply, tag

WORDS, NAME, ADDRESS = "the tram to Xanadu is late", "zebulon", "address-of-zebulon"


def lived(tx: Transaction) -> None:
    """Leave words and an address wherever they can stand."""
    response_id = reply(tx, NAME, WORDS)
    tag(tx, response_id, "transport", redacted=WORDS)
    outbox.put(tx, RespondentId(NAME), Outgoing("message", f"you said {WORDS}"), NOW)
    alert_id = alerts.raise_alert(tx, None, RespondentId(NAME), (f"flag of {NAME}",), NOW)
    alerts.note(tx, alert_id, "read", member(tx, "lead"), NOW)


def traces(folder: Path) -> list[str]:
    """The files beside the database in which something of it can be read."""
    found = []
    for file in folder.iterdir():
        content = file.read_bytes()
        found += [file.name for each in (WORDS, NAME, ADDRESS, "responses") if each.encode() in content]
    return found


def names_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with nothing but the database in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return make_key(tmp_path / "key")


async def test_no_file_of_a_sealed_database_shows_a_word_or_an_address(home: Path, key: Key) -> None:
    path = home / "t.sqlite3"
    database = await Database.open(path, key)
    await database.write(lived)
    assert len(names_in(home)) == 3  # with the log and its index
    assert traces(home) == []
    assert [one.address for one in await database.read(lambda tx: outbox.waiting(tx, NOW, 9))] == [ADDRESS]
    await database.purge()
    await database.close()
    assert traces(home) == []
    again = await Database.open(path, key)
    assert (await again.read(lambda tx: respondents.find(tx, RespondentId(NAME)))) is not None
    await again.close()


async def test_the_same_in_a_plain_database_can_be_read(home: Path) -> None:
    database = await Database.open(home / "t.sqlite3")
    await database.write(lived)
    await database.close()
    assert len(traces(home)) == 4


async def test_sealing_keeps_everything_and_leaves_nothing_plain(home: Path, key: Key) -> None:
    path = home / "t.sqlite3"
    database = await Database.open(path)
    await database.write(lived)
    before = await database.read(lambda tx: list(audit.entries(tx)))
    counts = await database.read(counted)
    await database.close()
    with path.open("rb") as plain:
        seal(path, key)
        assert set(plain.read()) == {0}
    assert traces(home) == []
    assert names_in(home) == ["t.sqlite3"]
    assert path.stat().st_mode & 0o777 == 0o600
    sealed = await Database.open(path, key)
    assert await sealed.read(counted) == counts
    assert await sealed.read(lambda tx: list(audit.entries(tx))) == before
    assert await sealed.read(audit.first_broken) is None
    with pytest.raises(RuleBrokenError, match="audit log"):
        await sealed.write(lambda tx: tx.execute("DELETE FROM audit") and None)
    await sealed.close()


def counted(tx: Transaction) -> dict[str, int]:
    """How many rows each table has, and how many indexes and triggers there are."""
    names = [name for (name,) in tx.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    rows = {name: tx.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - our own tables
    kinds = tx.execute("SELECT type, count(*) FROM sqlite_schema GROUP BY type").fetchall()
    return rows | dict(kinds)


async def test_what_breaks_a_rule_is_told_as_in_a_plain_database(home: Path, key: Key) -> None:
    database = await Database.open(home / "t.sqlite3", key)
    with pytest.raises(RuleBrokenError, match="CHECK"):
        await database.write(
            lambda tx: tx.execute("INSERT INTO respondents (id, joined_at, role) VALUES ('x', '', 'boss')") and None
        )
    await database.close()


async def test_two_processes_share_a_sealed_database(home: Path, key: Key) -> None:
    first, second = await Database.open(home / "t.sqlite3", key), await Database.open(home / "t.sqlite3", key)
    await first.write(lambda tx: audit.record(tx, "program", "exported", "csv", NOW))
    assert await second.read(audit.head) is not None
    await first.close()
    await second.close()


# --- what goes wrong is said


async def test_a_sealed_database_is_not_opened_without_its_key(
    home: Path, key: Key, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = home / "t.sqlite3"
    await (await Database.open(path, key)).close()
    with pytest.raises(UnusableError, match="Set TUCKSHOP_KEY_FILE"):
        await Database.open(path)
    with pytest.raises(UnusableError, match="another database"):
        await Database.open(path, make_key(tmp_path / "other"))
    with closing(sqlite3.connect(path)) as thief, pytest.raises(sqlite3.DatabaseError):
        thief.execute("SELECT * FROM responses")
    assert capfd.readouterr().err == ""


async def test_a_plain_database_is_not_opened_with_a_key(home: Path, key: Key) -> None:
    await (await Database.open(home / "t.sqlite3")).close()
    with pytest.raises(UnusableError, match="tuckshop key --seal"):
        await Database.open(home / "t.sqlite3", key)


async def test_a_database_in_use_is_not_sealed_and_stays_as_it_is(home: Path, key: Key) -> None:
    path = home / "t.sqlite3"
    database = await Database.open(path)
    await database.write(lived)
    await database.close()
    holding = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM audit').fetchall();"
        " print(flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", holding, str(path)], stdin=PIPE, stdout=PIPE) as other:  # noqa: ASYNC220, S603 - ours, and waited for
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(BusyError):
            seal(path, key)
        other.stdin.write(b"\n")
        other.stdin.close()
    assert is_sealed(path) is False
    again = await Database.open(path)
    assert await again.read(audit.first_broken) is None
    await again.close()
    assert names_in(home) == ["t.sqlite3"]


async def test_there_is_nothing_to_seal_twice_or_where_nothing_is(home: Path, key: Key) -> None:
    path = home / "t.sqlite3"
    with pytest.raises(UnusableError, match="nothing to seal"):
        seal(path, key)
    await (await Database.open(path, key)).close()
    with pytest.raises(UnusableError, match="nothing to seal"):
        seal(path, key)


def test_a_key_is_private_random_and_never_written_over(tmp_path: Path) -> None:
    key = make_key(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_key(tmp_path / "key") == key != make_key(tmp_path / "other")
    assert key.digits not in repr(key)
    with pytest.raises(UnusableError, match="never be written over"):
        make_key(tmp_path / "key")


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        ("00" * 32, 0o644, "chmod 600"),
        ("00" * 32, 0o640, "chmod 600"),
        ("secret", 0o600, "64 hexadecimal"),
        ("é", 0o600, "cannot be read"),
    ],
)
def test_a_key_that_others_may_read_or_that_is_none_is_refused(
    tmp_path: Path, content: str, mode: int, says: str
) -> None:
    path = tmp_path / "key"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(UnusableError, match=says):
        read_key(path)


def test_a_key_file_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="tuckshop key"):
        read_key(tmp_path / "key")
