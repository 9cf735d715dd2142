"""From a conversation that was played to the file that staff open."""

import csv
import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from bot.exporting import export_to
from bot.tagging import TaggingWorker
from nlp.encoder import HashingEncoder
from storage.database import Database
from storage.errors import ExportError
from storage.rows import BATCH_CONVERSATIONS
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
        play(town.member("amy", "ambassador"), "/review", "[None of these]")
        file = path.with_suffix(ending)
        assert await export_to(database, file, 1) == len(town.exported())
    finally:
        await database.close()
    return file


async def test_a_csv_holds_a_row_a_response_and_formulas_stay_text(town: Town, path: Path) -> None:
    file = await exported(town, path, ".csv")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    wishes = [row for row in rows if row["question"] == "wish" and row["outcome"] == "answered"]
    assert [row["themes"] for row in rows if row["review_state"] == "reviewed"] == [""]
    assert {row["themes"] for row in wishes if row["review_state"] == "not reviewed"} == {"buses"}
    assert {row["site"] for row in wishes} == {"north"}
    assert {row["wording"] for row in wishes} == {"What would help?"}
    assert sum(row["text"].startswith("'=HYPERLINK") for row in wishes) == 1


async def test_a_jsonl_holds_a_response_a_line(town: Town, path: Path) -> None:
    file = await exported(town, path, ".jsonl")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len({(row["conversation"], row["question"]) for row in rows}) == len(rows)
    assert {row["language"] for row in rows} == {"en"}
    assert {row["conversation"] for row in rows} == {1, 2, 3, 4}


async def test_where_few_took_part_is_told_of_none_of_them(town: Town, path: Path) -> None:
    for person in range(13):
        play(town.person(f"person {person}"), "/start north", *WHOLE[1:])
    town.rows("UPDATE conversations SET site = 'south' WHERE rowid > 6")
    town.rows("UPDATE conversations SET site = 'east' WHERE rowid > 12")
    database = await Database.open(path)
    await export_to(database, path.with_suffix(".jsonl"), 5)
    await database.close()
    rows = [json.loads(line) for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
    people = Counter({row["conversation"]: row["site"] for row in rows}.values())
    assert people == {"south": 6, "(few)": 7}  # the six of the north hide the seventh


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
    assert await export_to(database, path.with_suffix(".jsonl"), 5) == 0
    await database.close()
    assert path.with_suffix(".jsonl").read_text() == ""


async def test_an_ending_that_is_not_known_says_which_are(town: Town, path: Path) -> None:
    database = await Database.open(path)
    with pytest.raises(ExportError, match=r"\.csv, \.xlsx, \.jsonl"):
        await export_to(database, path.with_suffix(".pdf"), 5)
    await database.close()


async def test_more_conversations_than_a_batch_all_come(town: Town, path: Path) -> None:
    play(town.person("ana"), *WHOLE)
    for number in range(BATCH_CONVERSATIONS + 5):
        town.rows(
            "INSERT INTO conversations (id, respondent_id, script_hash, channel, trial, phase, ending, state,"
            " started_at, changed_at) SELECT :id, respondent_id, script_hash, channel, 0, 'ended', 'complete', state,"
            " started_at, changed_at FROM conversations LIMIT 1",
            id=f"copy {number}",
        )
        town.rows(
            "INSERT INTO responses (conversation_id, question, outcome, wording, language, asked_at, responded_at,"
            " taggable) SELECT :id, 'q', 'refused', '', 'en', asked_at, responded_at, 0 FROM responses LIMIT 1",
            id=f"copy {number}",
        )
    database = await Database.open(path)
    count = len(town.exported())
    assert count > BATCH_CONVERSATIONS
    assert await export_to(database, path.with_suffix(".jsonl"), 5) == count
    await database.close()
