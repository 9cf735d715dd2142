"""From a conversation that was played to the file that staff open."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from bot.exporting import BATCH_ROWS, export_to
from bot.tagging import TaggingWorker
from nlp.encoder import HashingEncoder
from storage.database import Database
from storage.errors import ExportError
from tests.bot.tagger import tagged
from tests.bot.town import WHOLE, Town, play

FORMULA = '=HYPERLINK("http://evil.example","buses")'
PRIVATE = ("Jordan", "0412 345 678", "jordan@example.org", "zzqx", "kill")


async def exported(town: Town, path: Path, ending: str) -> Path:
    """Play, tag, review and export."""
    town.use_codebook()
    wishes = (
        "My name is Jordan, the bus is late, call 0412 345 678 or jordan@example.org",
        FORMULA,
        "i want to kill myself on the bus",
    )
    for number, words in enumerate(wishes):
        play(town.person(f"person {number}"), "/start north", *WHOLE[1:-1], words)
    play(town.person("zzqx"), *WHOLE[:3], "[Another way]", "on the board of my friend Jordan", "/skip", "/skip")
    database = await Database.open(path)
    try:
        await tagged(TaggingWorker(database, HashingEncoder, "AU", now=lambda: town.now))
        play(town.member("amy", "ambassador"), "/review", "[Confirm]")
        file = path.with_suffix(ending)
        assert await export_to(database, file) == len(town.exported())
    finally:
        await database.close()
    return file


async def test_a_csv_holds_a_row_a_response_and_formulas_stay_text(town: Town, path: Path) -> None:
    file = await exported(town, path, ".csv")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    wishes = [row for row in rows if row["question"] == "wish" and row["outcome"] == "answered"]
    assert [row["review_state"] for row in wishes] == ["reviewed", "not reviewed"]
    assert wishes[0]["themes"] == "buses"
    assert wishes[0]["site"] == "north"
    assert wishes[0]["wording"] == "What would help?"
    assert wishes[1]["text"].startswith("'=HYPERLINK")


async def test_a_jsonl_holds_a_response_a_line(town: Town, path: Path) -> None:
    file = await exported(town, path, ".jsonl")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len({row["response_id"] for row in rows}) == len(rows)
    assert {row["language"] for row in rows} == {"en"}


async def test_a_spreadsheet_has_the_codebook_on_a_second_sheet(town: Town, path: Path) -> None:
    book = openpyxl.load_workbook(await exported(town, path, ".xlsx"))
    cells = [cell for row in book["responses"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=HYPERLINK")] == ["s"]
    assert [row[1].value for row in book["codebook"].iter_rows()] == ["name", "Buses", "Parks"]


@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
async def test_no_name_number_address_or_flagged_word_appears(town: Town, path: Path, ending: str) -> None:
    content = (await exported(town, path, ending)).read_text(encoding="utf-8-sig")
    assert [word for word in PRIVATE if word in content] == []
    ids = [str(row[0]) for row in town.rows("SELECT respondent_id FROM contacts UNION SELECT address FROM contacts")]
    fields = [value for line in content.splitlines() for value in line.replace('"', ",").split(",")]
    assert set(ids).isdisjoint(fields)


async def test_an_empty_database_gives_an_empty_export(town: Town, path: Path) -> None:
    database = await Database.open(path)
    assert await export_to(database, path.with_suffix(".jsonl")) == 0
    await database.close()
    assert path.with_suffix(".jsonl").read_text() == ""


async def test_an_ending_that_is_not_known_says_which_are(town: Town, path: Path) -> None:
    database = await Database.open(path)
    with pytest.raises(ExportError, match=r"\.csv, \.xlsx, \.jsonl"):
        await export_to(database, path.with_suffix(".pdf"))
    await database.close()


async def test_more_rows_than_a_batch_all_come(town: Town, path: Path) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    town.tx.execute("BEGIN")
    ((conversation,),) = town.rows("SELECT id FROM conversations")
    for number in range(BATCH_ROWS + 5):
        town.tx.execute(
            "INSERT INTO responses (conversation_id, question, outcome, wording, language, asked_at, responded_at,"
            " taggable) VALUES (?, ?, 'refused', '?', 'en', :now, :now, 0)".replace(
                ":now", "'2026-11-23T12:00:00+00:00'"
            ),
            (conversation, f"extra-{number}"),
        )
    town.tx.execute("COMMIT")
    database = await Database.open(path)
    assert await export_to(database, path.with_suffix(".jsonl")) == BATCH_ROWS + 9
    await database.close()
