"""The command line is a contract: examples in every help, 0 on success, 1 on findings, 2 on misuse, always in words."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.phrases import ENGLISH
from bot.settings import Settings
from tests.bot.town import BUSES, CODEBOOK, DEPLOYMENT_FILE, PARKS, Town

TUCKSHOP = Path(sys.executable).with_name("tuckshop")
DOCTORS = (
    "the doctor never listens",
    "my doctor is always angry",
    "a doctor for my skin",
    "my doctor is rude",
    "a bus at night",
)
COMMANDS = [info.name or info.callback.__name__ for info in app.registered_commands if info.callback]
REPLY = '{"id": 1, "text": "The bus is late, call 0412 345 678"}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run in, and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TUCKSHOP_{name.upper()}", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def tuckshop(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def written(name: str, content: str) -> str:
    Path(name).write_text(content, encoding="utf-8")
    return name


# --- help and misuse


def test_the_commands_are_those_of_the_contract() -> None:
    contract = {"demo", "serve", "check", "try", "push", "invite", "tag", "screen", "evaluate", "export", "status"}
    assert contract <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_and_succeeds(command: str) -> None:
    result = tuckshop(command, "--help")
    assert result.exit_code == 0
    assert (
        f"Example: tuckshop {command}" in result.output or f"tuckshop {command}" in result.output.split("Example:")[1]
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("check",),
        ("check", "--nonsense", "x"),
        ("try", "missing.yaml"),
        ("push", "missing.yaml"),
        ("invite", "king"),
        ("tag",),
        ("tag", "--codebook", "missing.yaml"),
        ("evaluate",),
        ("evaluate", "--codebook", "missing.yaml", "--labels", "missing.jsonl"),
        ("export",),
        ("check", "missing.yaml"),
        ("discover", "--codebook", "missing.yaml"),
        ("discover", "--codebook", "book.yaml", "--database"),
        ("discover", "--groups", "0"),
    ],
)
def test_misuse_ends_with_2_and_words(arguments: tuple[str, ...]) -> None:
    result = tuckshop(*arguments)
    assert result.exit_code == 2
    assert result.output.strip()
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "command", ["status", "export --to x.csv", "invite staff", "push set.yaml", "serve", "members", "remove x"]
)
def test_a_bad_setting_ends_with_2_and_its_name(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written("set.yaml", PARKS)
    monkeypatch.setenv("TUCKSHOP_REGION", "Mars")
    result = tuckshop(*command.split())
    assert result.exit_code == 2
    assert "TUCKSHOP_REGION" in result.output


@pytest.mark.parametrize(
    "command",
    ["tag --codebook b.yaml", "evaluate --codebook b.yaml --labels l.jsonl", "discover", "discover --database", "demo",
     "serve"],
)  # fmt: skip
def test_an_encoder_that_is_not_here_ends_with_2_and_what_to_do(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written("b.yaml", CODEBOOK)
    written("l.jsonl", '{"text": "the bus is late", "labels": ["buses"]}\n')
    monkeypatch.setenv("TUCKSHOP_ENCODER", "use-multilingual-2")
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_TOKEN", "12345:not-a-real-token")
    result = tuckshop(*command.split(), typed=REPLY)
    assert result.exit_code == 2
    assert "TUCKSHOP_ENCODER: There is no encoder 'use-multilingual-2'. Choose one of: use-multi" in result.output


@pytest.mark.parametrize("command", ["status", "export --to x.csv", "members", "remove 0123456789abcdef"])
def test_looking_into_a_database_that_is_not_there_creates_none(command: str, folder: Path) -> None:
    result = tuckshop(*command.split())
    assert result.exit_code == 1
    assert "tuckshop.sqlite3" in result.output
    assert "TUCKSHOP_DATABASE" in result.output
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", ["invite staff", "push set.yaml"])
def test_a_database_that_cannot_be_opened_ends_with_1_and_words(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written("set.yaml", PARKS)
    monkeypatch.setenv("TUCKSHOP_DATABASE", "no/such/folder/x.sqlite3")
    result = tuckshop(*command.split())
    assert result.exit_code == 1
    assert "does not exist. Create it" in result.output
    assert isinstance(result.exception, SystemExit)


def test_serving_without_a_token_says_where_to_get_one() -> None:
    result = tuckshop("serve")
    assert result.exit_code == 2
    assert "@BotFather" in result.output


@pytest.fixture
def _with_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_TELEGRAM_TOKEN", "1:x")


@pytest.mark.usefixtures("_with_token")
def test_serving_is_refused_until_the_deployment_is_filled_in() -> None:
    written("deployment.yaml", DEPLOYMENT_FILE.replace("council: Yarra", "council: Example Town").replace("AU", "UK"))
    result = tuckshop("serve")
    assert result.exit_code == 2
    assert "deployment.yaml:3  'Example Town' is still the example's. Write your own." in result.output
    assert "deployment.yaml:8  'UK' is no country's two letters." in result.output


@pytest.mark.usefixtures("_with_token")
def test_serving_is_refused_where_the_deployment_that_was_named_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUCKSHOP_DEPLOYMENT", "elsewhere.yaml")
    result = tuckshop("serve")
    assert result.exit_code == 2
    assert "elsewhere.yaml cannot be read: No such file or directory." in result.output


# --- check, try


def test_check_of_good_files_succeeds() -> None:
    result = tuckshop("check", written("set.yaml", BUSES), written("book.yaml", CODEBOOK))
    assert result.exit_code == 0
    assert "2 checked: 0 to fix" in result.output


def test_check_of_a_bad_file_ends_with_1_and_says_line_and_mending() -> None:
    result = tuckshop("check", written("set.yaml", BUSES.replace("from: 1", "frm: 1")))
    assert result.exit_code == 1
    assert "set.yaml:20" in result.output
    assert "→ Did you mean 'from'?" in result.output


def test_what_is_wrong_is_not_wrapped_into_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = tuckshop("check", written("set.yaml", BUSES.replace("id: minutes", "id: Minutes of the longest way")))
    assert any(line.startswith("  'Minutes of the longest way' cannot be a name") for line in shown.output.splitlines())
    assert len(tuckshop("try", "missing.yaml").output.splitlines()) == 1


def test_check_shows_odd_file_names_and_texts_as_they_are() -> None:
    result = tuckshop("check", written("[bold]set.yaml", "'[/red]': x\n"))
    assert result.exit_code == 1
    assert "[bold]set.yaml:1" in result.output


def test_check_in_json() -> None:
    result = tuckshop("check", "--json", written("set.yaml", BUSES.replace("from: 1", "frm: 1")))
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)
    assert set(found) == {"code", "severity", "file", "line", "column", "message", "fix"}
    assert (found["file"], found["line"], found["severity"]) == ("set.yaml", 20, "error")


def test_try_plays_a_dialogue_and_stores_nothing(folder: Path) -> None:
    result = tuckshop(
        "try", written("set.yaml", BUSES), typed="a\nby bus\n20\n/back\n/skip\nmore buses at night please\n"
    )
    assert result.exit_code == 0
    assert "Take part?" in result.output
    assert "[a] I'm in" in result.output
    assert "Thank you." in result.output
    assert [file.name for file in folder.iterdir()] == ["set.yaml"]


def test_try_in_another_language_and_in_one_that_there_is_not() -> None:
    assert "¿Participas?" in tuckshop("try", written("set.yaml", BUSES), "--language", "es").output
    result = tuckshop("try", "set.yaml", "--language", "fr")
    assert result.exit_code == 2
    assert "It has: en, es." in result.output


def test_try_of_a_bad_file_ends_with_1() -> None:
    assert tuckshop("try", written("set.yaml", "dialogue: x\n")).exit_code == 1


# --- the database


def test_push_stores_a_version_and_makes_it_live_only_if_told(folder: Path) -> None:
    stored = tuckshop("push", written("set.yaml", PARKS))
    assert stored.exit_code == 0
    assert "Make it live with --live" in stored.output
    refused = tuckshop("push", "set.yaml", "--live")
    assert (refused.exit_code, "consent:" in refused.output) == (1, True)
    written("set.yaml", PARKS.replace("steps:", "steps:\n  - consent: {en: Take part?, es: ¿Participas?}"))
    assert "It is live now." in tuckshop("push", "set.yaml", "--live").output
    assert (folder / "tuckshop.sqlite3").exists()


def test_push_of_a_bad_file_ends_with_1_and_stores_nothing(folder: Path) -> None:
    assert tuckshop("push", written("set.yaml", "dialogue: x\n")).exit_code == 1
    assert not (folder / "tuckshop.sqlite3").exists()


@pytest.mark.parametrize("role", ["ambassador", "staff", "lead"])
def test_invite_without_a_bot_prints_what_to_send_to_it(role: str) -> None:
    result = tuckshop("invite", role)
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("/start i_")]
    assert len(line.removeprefix("/start ")) <= 64


def test_members_are_listed_by_pseudonym_and_can_be_removed(town: Town) -> None:
    amy, lea = town.member("amy", "ambassador"), town.member("lea", "lead")
    ids = {role: str(name) for name, role in town.rows("SELECT id, role FROM respondents")}
    shown = tuckshop("members").output
    assert f"{ids['ambassador']}  member 1    ambassador  since 2026-11-23\n" in shown
    assert amy.sender.address not in shown.replace(ids["ambassador"], "").replace(ids["lead"], "")
    assert [one["role"] for one in json.loads(tuckshop("members", "--json").stdout)] == ["ambassador", "lead"]
    assert f"{ids['ambassador']} is no longer ambassador." in tuckshop("remove", ids["ambassador"]).output
    assert ENGLISH.unknown_command in amy.say("/review")
    assert "Nothing to review" in lea.say("/review")


def test_the_audit_log_is_shown_verified_and_its_head_can_be_noted(town: Town) -> None:
    amy = town.member("amy", "ambassador")
    amy.say("/export")
    noted = tuckshop("audit", "--head").stdout.strip()
    shown = tuckshop("audit").stdout
    assert "command line  invited       ambassador invitation" in shown
    assert "member 1      joined" in shown
    assert json.loads(tuckshop("audit", "--json").stdout)[-1]["hash"] == noted
    assert "each follows from the one before" in tuckshop("audit", "--verify", "--noted", noted).stdout
    missing = tuckshop("audit", "--verify", "--noted", "0f" * 32)
    assert (missing.exit_code, "not in the list" in missing.output) == (1, True)
    town.rows("DROP TRIGGER audit_stays")
    town.rows("UPDATE audit SET actor = 'member 9' WHERE seq = 2")
    broken = tuckshop("audit", "--verify")
    assert (broken.exit_code, "Entry 2 does not follow" in broken.output) == (1, True)


def test_what_is_done_on_the_command_line_is_recorded(town: Town) -> None:
    tuckshop("invite", "staff")
    tuckshop("push", written("set.yaml", BUSES.replace("How do you", "How did you")), "--live")
    tuckshop("export", "--to", "tagged.csv")
    entries = json.loads(tuckshop("audit", "--json").stdout)
    assert [one["deed"] for one in entries if one["actor"] == "command line"] == [
        "invited",
        "stored",
        "made live",
        "exported",
    ]


@pytest.mark.usefixtures("town")
def test_removing_nobody_ends_with_2() -> None:
    result = tuckshop("remove", "nobody")
    assert result.exit_code == 2
    assert "There is no member 'nobody'" in result.output


@pytest.mark.usefixtures("town")
def test_status_tells_its_times_to_the_second() -> None:
    shown = tuckshop("status").output
    assert re.search(r"^ *at +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC *$", shown, re.MULTILINE), shown


@pytest.mark.usefixtures("town")
def test_an_export_of_nothing_says_how_to_get_the_test_runs() -> None:
    assert "add --test-run." in " ".join(tuckshop("export", "--to", "tagged.csv").output.split())
    assert "add --test-run." not in tuckshop("export", "--to", "tagged.csv", "--test-run").output


@pytest.mark.usefixtures("town")
def test_export_writes_the_file_and_an_unknown_ending_is_said(folder: Path) -> None:
    result = tuckshop("export", "--to", "tagged.csv")
    assert result.exit_code == 0
    assert "0 responses written to tagged.csv" in result.output
    assert (folder / "tagged.csv").read_text(encoding="utf-8-sig").startswith("conversation,")
    wrong = tuckshop("export", "--to", "tagged.pdf")
    assert wrong.exit_code == 1
    assert ".csv, .xlsx, .jsonl" in wrong.output


@pytest.mark.usefixtures("town")
def test_status_in_json_and_as_a_table() -> None:
    found = json.loads(tuckshop("status", "--json").stdout)
    assert (found["respondents"], found["responses"], found["alerts_open"]) == (0, 0, 0)
    shown = tuckshop("status")
    assert shown.exit_code == 0
    assert "review waiting" in shown.output


# --- streams


def test_screen_reads_and_writes_a_line_at_a_time() -> None:
    result = tuckshop("screen", typed=REPLY + '{"id": "b", "text": "i want to kill myself"}\n')
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first["flags"] == []
    assert "0412" not in first["redacted"]
    assert second["flags"] == ["self-harm"]


def test_tag_reads_and_writes_a_line_at_a_time() -> None:
    result = tuckshop("tag", "--codebook", written("book.yaml", CODEBOOK), typed=REPLY)
    assert result.exit_code == 0
    (line,) = (json.loads(line) for line in result.stdout.splitlines())
    assert line["id"] == 1
    assert line["themes"][0]["theme"] == "buses"


def test_tag_takes_the_encoder_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    book = written("book.yaml", CODEBOOK)
    sure = []
    for name in ("use-multilingual-3", "hashing-1"):
        monkeypatch.setenv("TUCKSHOP_ENCODER", name)
        sure.append(json.loads(tuckshop("tag", "--codebook", book, typed=REPLY).stdout)["themes"][0]["confidence"])
    assert sure[0] != sure[1]


def test_tag_with_a_bad_codebook_ends_with_1_and_says_what_to_mend() -> None:
    result = tuckshop("tag", "--codebook", written("book.yaml", "themes: 5\n"), typed=REPLY)
    assert result.exit_code == 1
    assert "book.yaml:" in result.output


@pytest.mark.parametrize("broken", ["not json", '{"id": 1}', "\x00", '{"id": 1, "text": null}'])
def test_a_broken_line_ends_with_2_and_says_which(broken: str) -> None:
    result = tuckshop("screen", typed=f"{REPLY}{broken}\n")
    assert result.exit_code == 2
    assert "Line 2" in result.output
    assert "Traceback" not in result.output


def test_replies_prints_a_table() -> None:
    result = tuckshop("replies")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 60


def test_discover_shows_groups_and_writes_a_draft_that_passes_its_check(folder: Path) -> None:
    replies = "".join(f'{{"id": {number}, "text": "{text}"}}\n' for number, text in enumerate(DOCTORS))
    result = tuckshop("discover", "--codebook", written("book.yaml", CODEBOOK), "--to", "draft.yaml", typed=replies)
    assert result.exit_code == 0
    assert result.stdout.startswith("5 replies: 1 in a theme already, 4 in 1 group.")
    assert "Draft written to draft.yaml." in result.stdout
    assert tuckshop("check", "draft.yaml").exit_code == 0
    once = (folder / "draft.yaml").read_bytes()
    assert tuckshop("discover", "--codebook", "book.yaml", "--to", "draft.yaml", typed=replies).exit_code == 0
    assert (folder / "draft.yaml").read_bytes() == once


def test_discover_in_json() -> None:
    found = json.loads(tuckshop("discover", "--json", "--groups", "1", typed=REPLY).stdout)
    assert (found["replies"], found["groups"][0]["size"]) == (1, 1)
    assert "0412" not in json.dumps(found)


def test_discover_with_nothing_to_group_writes_nothing(folder: Path) -> None:
    result = tuckshop("discover", "--to", "draft.yaml", typed='{"id": 1, "text": "idk"}\n')
    assert (result.exit_code, result.stdout) == (0, "1 reply: 1 said nothing.\n")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("town")
def test_discover_in_the_database() -> None:
    result = tuckshop("discover", "--database")
    assert (result.exit_code, result.stdout) == (0, "0 replies.\n")


def test_check_warns_of_themes_that_are_too_alike() -> None:
    double = CODEBOOK + "  - name: {en: Buses and fares, es: Buses y billetes}\n"
    result = tuckshop("check", written("book.yaml", double))
    assert result.exit_code == 0
    assert "book.yaml:12 warning themes-alike" in result.output
    assert "'buses' and 'Buses and fares' say nearly the same" in result.output


# --- as a process


def ran(folder: Path, *arguments: str, given: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TUCKSHOP_")} | more
    return subprocess.run(  # noqa: S603 - our own program
        [str(TUCKSHOP), *arguments],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_input_that_is_no_text_is_screened_as_far_as_it_is(folder: Path) -> None:
    done = ran(folder, "screen", given=b'{"id": 1, "text": "buses \xff\xfe"}\n', PYTHONIOENCODING="utf-8:strict")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["redacted"].startswith("buses ")


def test_bytes_that_are_no_text_can_be_typed_into_a_try_out(folder: Path) -> None:
    done = ran(folder, "try", written("set.yaml", BUSES), given=b"a\n\xff\xfe\n", PYTHONIOENCODING="utf-8:strict")
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_demo_without_a_terminal_ends_with_tagged_replies_and_an_exported_file(folder: Path) -> None:
    done = ran(folder, "demo")
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for part in (
        "1. A young person answers",
        "2. The replies are tagged",
        "3. An ambassador reviews",
        "4. Staff export",
    ):
        assert part in shown
    assert "% sure: “" in shown
    assert "reviewed" in shown
    assert "To go live:" in shown
    exported = (folder / "demo-output" / "tagged.csv").read_text(encoding="utf-8-sig")
    assert len(exported.splitlines()) > 8
    assert "ambassador" in exported
    assert "Jordan" not in exported


def test_the_demo_in_a_folder_that_cannot_be_written_ends_with_words(folder: Path) -> None:
    written("taken", "a file")
    done = ran(folder, "demo", "--folder", "taken")
    assert done.returncode == 1
    assert done.stderr.startswith(b"taken cannot be used: ")


def test_the_demo_with_a_bad_setting_ends_with_its_name(folder: Path) -> None:
    done = ran(folder, "demo", TUCKSHOP_REGION="Mars")
    assert done.returncode == 2
    assert b"TUCKSHOP_REGION" in done.stderr
    assert b"Traceback" not in done.stderr
