"""`tuckshop key`: makes a key, and seals the database that is there."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from storage.sealing import is_sealed


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUCKSHOP_KEY_FILE", "key")
    return tmp_path


def tuckshop(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_new_database_is_sealed_where_there_is_a_key(folder: Path) -> None:
    assert "Keep a copy elsewhere" in tuckshop("key").output
    assert tuckshop("invite", "staff").exit_code == 0
    assert is_sealed(folder / "tuckshop.sqlite3") is True
    assert "staff invitation" in tuckshop("audit").output


def test_a_database_that_is_there_is_sealed_and_works_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TUCKSHOP_KEY_FILE")
    tuckshop("invite", "staff")
    monkeypatch.setenv("TUCKSHOP_KEY_FILE", "key")
    assert "is sealed" in tuckshop("key", "--seal").output
    assert is_sealed(folder / "tuckshop.sqlite3") is True
    assert "staff invitation" in tuckshop("audit").output
    again = tuckshop("key", "--seal")
    assert (again.exit_code, "nothing to seal" in again.output) == (1, True)


def test_a_lost_key_and_a_key_that_is_there_are_said(folder: Path) -> None:
    tuckshop("key")
    assert (tuckshop("key").exit_code, "never be written over" in tuckshop("key").output) == (1, True)
    tuckshop("invite", "staff")
    (folder / "key").unlink()
    lost = tuckshop("audit")
    assert (lost.exit_code, "cannot be read" in lost.output) == (1, True)


def test_without_the_setting_there_is_nowhere_to_write_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TUCKSHOP_KEY_FILE")
    result = tuckshop("key")
    assert (result.exit_code, "TUCKSHOP_KEY_FILE is not set" in result.output) == (2, True)
