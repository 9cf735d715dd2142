"""What the program writes is its owner's alone, whatever the machine's habit is; what is not is warned about."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli.main import app

SET = Path(__file__).parents[2] / "dialogues" / "sets" / "big-idea.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in an empty folder, on a machine where everybody may read what somebody writes."""
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o022)
    yield tmp_path
    os.umask(before)


def tuckshop(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".jsonl"])
def test_the_database_and_exports_are_their_owners_alone(folder: Path, ending: str) -> None:
    assert tuckshop("push", str(SET)).exit_code == 0
    assert tuckshop("export", "--to", f"tagged{ending}").exit_code == 0
    assert modes(folder)[f"tagged{ending}"] == 0o600
    assert set(modes(folder).values()) == {0o600}


def test_figures_and_the_key_are_their_owners_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_KEY_FILE", "key")
    assert tuckshop("key").exit_code == 0
    assert tuckshop("push", str(SET)).exit_code == 0
    assert tuckshop("figures", "--to", "figures.csv").exit_code == 0
    assert set(modes(folder)) >= {"key", "figures.csv", "tuckshop.sqlite3"}
    assert set(modes(folder).values()) == {0o600}


COMMANDS = (
    ("push", str(SET)),
    ("members",),
    ("invite", "staff"),
    ("status",),
    ("audit", "--verify"),
    ("figures",),
    ("export", "--to", "tagged.csv"),
    ("retain", "--dry-run"),
    ("retain",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_opens_a_sealed_database_with_its_key(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TUCKSHOP_KEY_FILE", "key")
    assert tuckshop("key").exit_code == 0
    assert tuckshop("push", str(SET)).exit_code == 0
    assert tuckshop(*command).exit_code == 0
    monkeypatch.delenv("TUCKSHOP_KEY_FILE")
    assert tuckshop(*command).exit_code == 1


def test_no_command_forgets_the_key() -> None:
    for path in (SET.parents[2] / "bot" / "cli").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert source.count("opened(settings.database") == source.count(
            "opened(settings.database, settings.key_file"
        ), path


def test_figures_are_in_the_audit_log() -> None:
    assert tuckshop("push", str(SET)).exit_code == 0
    assert tuckshop("figures").exit_code == 0
    last = json.loads(tuckshop("audit", "--json").stdout)[-1]
    assert (last["actor"], last["deed"], last["about"]) == ("command line", "counted", "figures")


@pytest.mark.parametrize(("mode", "warned"), [(0o644, True), (0o640, True), (0o600, False)])
def test_a_readable_env_file_is_warned_about(folder: Path, mode: int, *, warned: bool) -> None:
    env = folder / ".env"
    env.write_text("TUCKSHOP_LOG_LEVEL=INFO\n", encoding="utf-8")
    env.chmod(mode)
    result = tuckshop("serve")
    assert result.exit_code == 2  # no token is set
    assert ("chmod 600 .env" in result.output) is warned
