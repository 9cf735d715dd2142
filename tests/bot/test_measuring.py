"""`tuckshop evaluate`, and `tuckshop tag --labels`, as they are typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from tests.bot.town import CODEBOOK

BUSES, PARKS = "The bus never comes on time", "We need more green parks to sit in"
REPLY = json.dumps({"id": 1, "text": BUSES})


def line(reply_id: int, text: str, label: str) -> str:
    return json.dumps({"id": reply_id, "text": f"{text} {reply_id}", "labels": [label]})


CODED = [line(row, BUSES, "buses") for row in range(6)] + [line(row, PARKS, "Parques") for row in range(6, 12)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("book.yaml").write_text(CODEBOOK, encoding="utf-8")
    return tmp_path


def tuckshop(command: str, lines: list[str], *options: str, typed: str = "") -> Result:
    Path("coded.jsonl").write_text("\n".join(lines), encoding="utf-8")
    given = [command, "--codebook", "book.yaml", "--labels", "coded.jsonl", *options]
    return CliRunner().invoke(app, given, input=typed)


@pytest.mark.usefixtures("folder")
def test_evaluate_prints_tables_or_json() -> None:
    result = tuckshop("evaluate", CODED)
    assert result.exit_code == 0
    assert "12 replies" in result.stdout
    assert "Themes, learned from the others" in result.stdout
    found = json.loads(tuckshop("evaluate", CODED[:7], "--json", "--seed", "3", "--language", "en").stdout)
    assert (found["replies"], found["learned"]) == (7, None)
    assert found["alone"]["all"]["micro"]["value"] > 0.5


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", ["evaluate", "tag"])
def test_a_wrong_label_file_ends_with_1_and_says_line_and_mending(command: str) -> None:
    result = tuckshop(command, [*CODED, line(12, PARKS, "Parcs")], typed=REPLY)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "coded.jsonl:13 error unknown-theme" in result.stderr
    assert "→ Did you mean 'parks'? Type that." in result.stderr


@pytest.mark.usefixtures("folder")
def test_what_is_only_doubtful_is_said_and_measured() -> None:
    result = tuckshop("evaluate", [*CODED[:3], line(12, PARKS, "None of the above")], "--json")
    assert result.exit_code == 0
    assert "coded.jsonl:4 warning" in result.stderr
    assert json.loads(result.stdout)["replies"] == 4


@pytest.mark.usefixtures("folder")
def test_only_the_first_of_many_mistakes_are_shown() -> None:
    result = tuckshop("evaluate", [line(row, BUSES, f"unknown {row}") for row in range(50)])
    assert result.exit_code == 1
    assert result.stderr.count("unknown-theme") == 20
    assert "And 30 more." in result.stderr


@pytest.mark.usefixtures("folder")
def test_a_label_file_that_is_not_there_ends_with_2_and_words() -> None:
    result = tuckshop("evaluate", CODED, "--labels", "missing.jsonl")
    assert result.exit_code == 2
    assert "missing.jsonl cannot be read" in result.stderr


@pytest.mark.usefixtures("folder")
def test_tag_says_how_well_the_labels_fit_and_tags_by_them() -> None:
    slang = [line(row, "wheelie wheelie", "buses") for row in range(12, 52)]
    result = tuckshop("tag", [*CODED, *slang], typed=json.dumps({"id": 1, "text": "wheelie wheelie"}))
    assert result.exit_code == 0
    assert "Learned from 52 coded replies. On replies not learned from" in result.stderr
    (tagged,) = (json.loads(own) for own in result.stdout.splitlines())
    assert tagged["themes"][0]["theme"] == "buses"
