"""`tuckshop figures`: tables for people, files for programs, and the same limits in all of them."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from tests.bot.town import WHOLE, Town, play

SMALL, LARGE = 3, 11


def tuckshop(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def folder(town: Town, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database in which many took part at one site and few at another."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUCKSHOP_DATABASE", str(path))
    monkeypatch.setenv("COLUMNS", "200")
    for number in range(LARGE):
        play(town.person(f"n{number}"), "/start north", *WHOLE[1:])
    for number in range(SMALL):
        play(town.person(f"s{number}"), "/start south", *WHOLE[1:])
    return tmp_path


def test_a_small_site_is_hidden_and_cannot_be_subtracted() -> None:
    result = tuckshop("figures", "--by", "site")
    assert result.exit_code == 0
    assert "north" not in result.stdout  # 14 in all less 11 in the north would tell of the three
    assert "south" not in result.stdout
    assert "(few)" in result.stdout
    assert "fewer than 5 people" in result.stdout


def test_json_and_files_hold_the_same_as_the_table(folder: Path) -> None:
    found = json.loads(tuckshop("figures", "--by", "site", "--json").stdout)
    assert found["smallest_group"] == 5
    told = found["figures"]
    assert {"dialogue", "question", "kind", "option", "site", "people"} == set(told[0])
    for ending in ("csv", "xlsx", "json"):
        assert tuckshop("figures", "--by", "site", "--to", f"f.{ending}").exit_code == 0
    assert json.loads((folder / "f.json").read_text(encoding="utf-8")) == told
    with (folder / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [[*row.values()] for row in csv.DictReader(file)] == [
            ["" if value is None else str(value) for value in one.values()] for one in told
        ]
    book = openpyxl.load_workbook(folder / "f.xlsx")
    assert book["figures"].max_row == len(told) + 1
    book.close()


def test_in_public_the_larger_limit_holds() -> None:
    assert json.loads(tuckshop("figures", "--public", "--json").stdout)["smallest_group"] == 10


def test_a_question_and_a_kind_can_be_picked() -> None:
    found = json.loads(tuckshop("figures", "--json").stdout)["figures"]
    picked = found[0]["question"]
    one = json.loads(tuckshop("figures", "--question", picked, "--by", "option", "--json").stdout)["figures"]
    assert {record["question"] for record in one} == {picked}
    assert {record["kind"] for record in one} == {"option"}
    assert json.loads(tuckshop("figures", "--by", "theme", "--json").stdout)["figures"] == []
    assert "No question like that" in tuckshop("figures", "--question", "nowhere").stdout


def test_too_many_splits_and_an_unknown_ending_are_said(folder: Path) -> None:
    result = tuckshop("figures", "--by", "site", "--by", "language", "--by", "version")
    assert result.exit_code == 2
    assert "Leave one out" in result.stderr
    wrong = tuckshop("figures", "--to", "f.pdf")
    assert wrong.exit_code == 1
    assert ".csv, .xlsx, .json" in wrong.stderr
    assert not (folder / "f.pdf").exists()


def test_what_was_said_in_test_runs_is_counted_only_when_asked_for(town: Town) -> None:
    assert json.loads(tuckshop("figures", "--test-run", "--json").stdout)["figures"] == []
    town.rows("UPDATE conversations SET pilot = 1")
    assert "add --test-run" in tuckshop("figures").stdout
    assert f"{LARGE + SMALL}" in tuckshop("figures", "--test-run").stdout
