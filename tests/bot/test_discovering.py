import json
import random
from pathlib import Path

import pytest

from bot.checking import check, read_codebook
from bot.discovering import Report, discover_in_lines, discover_in_stored, draft, in_words, stored
from bot.streaming import InputLineError
from nlp.codebook import Codebook
from nlp.discovery import Discovery
from nlp.encoder import HashingEncoder
from nlp.screening import Screener
from storage.database import Database
from tests.bot.tagger import tagged, worker
from tests.bot.town import CODEBOOK, Town, play

BUSES = ["the bus is late again", "a bus at night please", "buses cost too much", "one bus an hour is not enough"]
SKATING = [
    "a skate ramp for us please",
    "skate ramp with lights",
    "we skate after school",
    "skate lessons for beginners",
]
REST = ["idk", "😀", "i want to kill myself"]
ENCODER = HashingEncoder()


def lines(*texts: str) -> list[str]:
    return [json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)]


def book() -> Codebook:
    codebook, _ = read_codebook(CODEBOOK.encode())
    assert codebook is not None
    return codebook


def discovered(*texts: str, codebook: Codebook | None = None, count: int | None = None) -> Report:
    return discover_in_lines(lines(*texts), codebook, count, "en", ENCODER, Screener(None))


def shown(report: Report) -> str:
    return in_words(report) + draft(report) + json.dumps(report.as_json())


def test_what_the_codebook_catches_is_left_out_and_all_is_counted() -> None:
    report = discovered(*BUSES, *SKATING, *REST, codebook=book(), count=1)
    assert (report.replies, report.caught, report.discovery.said_nothing, report.held_back) == (11, 4, 2, 1)
    (group,) = report.discovery.groups
    assert group.size == 4
    assert set(group.examples) <= set(SKATING)
    assert group.keywords[0] == "skate"


def test_a_reply_that_says_nothing_but_personal_data_is_caught_by_no_theme() -> None:
    silent = discovered("test 0412 345 678", codebook=book())
    assert (silent.caught, silent.discovery.said_nothing) == (0, 1)


def test_without_a_codebook_everything_is_grouped() -> None:
    report = discovered(*BUSES, *SKATING, count=2)
    assert report.caught == 0
    assert sum(group.size for group in report.discovery.groups) == 8


def test_a_flagged_reply_is_counted_and_never_shown() -> None:
    assert "kill" not in shown(discovered(*SKATING, "i want to kill myself", count=1))


def test_personal_data_is_never_shown() -> None:
    assert "0412" not in shown(discovered(*(f"{text}, call 0412 345 678" for text in SKATING), count=1))


def test_the_report_reads_well() -> None:
    said = in_words(discovered(*BUSES, *SKATING, *REST, codebook=book(), count=1)).splitlines()
    assert said[0] == "11 replies: 4 in a theme already, 2 said nothing, 1 held back for the lead, 4 in 1 group."
    assert said[2].startswith("1. Skate")
    assert said[2].endswith(" (4 replies)")
    assert said[3].startswith("   Words: skate, ")
    assert {line.strip(" “”") for line in said[4:]} == set(SKATING)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_lines_changes_nothing(seed: int) -> None:
    given = lines(*BUSES, *SKATING, *REST)
    shuffled = random.Random(seed).sample(given, len(given))
    once, again = (discover_in_lines(own, book(), 2, "en", ENCODER, Screener(None)) for own in (given, shuffled))
    assert shown(once) == shown(again)


def test_the_draft_is_a_codebook_that_passes_its_check() -> None:
    text = draft(discovered(*BUSES, *SKATING, 'no: "yes", #7 - [x]', "on: off yes no 1:30", count=3))
    assert check(text.encode()) == ()
    codebook, _ = read_codebook(text.encode())
    assert codebook is not None
    assert len(codebook.themes) == 3
    assert all(theme.id and theme.name and theme.examples for theme in codebook.themes)
    assert "  # 4 replies" in text


def test_where_nothing_is_left_there_is_no_draft() -> None:
    report = discovered(*BUSES, codebook=book())
    assert in_words(report) == "4 replies: 4 in a theme already."
    with pytest.raises(ValueError, match="no group"):
        draft(report)
    assert discovered().discovery == Discovery((), 0)


def test_what_is_doubtful_about_the_codebook_is_told() -> None:
    report = discovered(*["buses and what they cost"] * 40, codebook=book())
    (doubt,) = report.doubts
    assert doubt.themes == ("buses",)
    assert f"Look at this: {doubt.says}\n  → {doubt.fix}" in in_words(report)
    assert discovered(*["buses and what they cost"] * 40).doubts == ()


def test_a_broken_line_is_named() -> None:
    with pytest.raises(InputLineError, match="Line 2"):
        discover_in_lines([*lines("buses"), "{}"], None, None, "en", ENCODER, Screener(None))


async def test_stored_replies_are_grouped_by_the_vectors_that_are_stored(town: Town, path: Path) -> None:
    town.use_codebook()
    for number, words in enumerate(
        [*BUSES, *SKATING, "My name is Jordan. skate ramp for us please", "i want to kill myself"]
    ):
        play(town.person(f"p{number}"), "/start", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20", words)
    async with worker(town, path, ENCODER) as tagger:
        await tagged(tagger)
    database = await Database.open(path)
    try:
        found = await database.read(lambda tx: stored(tx, ENCODER.name, ENCODER.dimensions))
    finally:
        await database.close()
    report = discover_in_stored(found, 1)
    assert (report.replies, report.caught) == (9, 4)
    assert report.discovery.groups[0].size == 5
    assert "Jordan" not in shown(report)
    assert "kill" not in shown(report)
