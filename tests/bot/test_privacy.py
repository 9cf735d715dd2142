"""Seeing everything, and having all of it deleted."""

import re
from pathlib import Path

import pytest

from bot.phrases import ENGLISH
from storage.database import Database
from tests.bot.town import WHOLE, Person, Town, play

WISH = "zzqx lamp posts by the zzqx canal"
INTO_OPEN = ("/start zzqx-site", "[Buses · 2 min]", "[I'm in]", "[By bus]", "20")


def test_mydata_shows_every_response_in_words(town: Town) -> None:
    ana = town.person("ana")
    play(
        ana, "/start north", "[Buses · 2 min]", "[I'm in]", "[Another way]", "on my board", "/skip", "buses", "at night"
    )
    shown = ana.say("/mydata")
    assert "Place: north" in shown
    for line in (
        "• Take part?\n  I'm in",
        "• How do you travel?\n  on my board",
        "• How many minutes?\n  (skipped)",
        "• What would help?\n  buses",
        "• Can you say more?\n  at night",
    ):
        assert line in shown


def test_mydata_says_when_and_how_each_ended(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *INTO_OPEN)
    town.later(days=1)
    play(ana, "later buses on all of the lines", "[Parks]", "/stop")
    shown = ana.say("/mydata")
    assert "Yeses to taking part: 2\n" in shown  # of the introduction, and of one dialogue
    assert "“Buses”, 23/11/2026, finished\n" in shown
    assert "  20\n" in shown
    assert "  later buses on all of the lines (24/11/2026)\n" in shown
    assert "“Parks”, 24/11/2026, stopped part-way\n" in shown


def test_mydata_knows_every_ending(town: Town) -> None:
    ana = town.person("ana", "es")
    play(ana, "/menu", "[Buses · 2 min]", "[No, gracias]", "[Parques]")
    shown = ana.say("/mydata")
    assert "“Buses”, 23/11/2026, dijiste que no\n" in shown
    assert "“Parques”, 23/11/2026, en marcha\n" in shown


def test_mydata_before_any_response_says_so(town: Town) -> None:
    assert ENGLISH.mydata_none in town.person("ana").say("/mydata")


def test_mydata_names_a_members_role_and_reviews(town: Town) -> None:
    assert "ambassador" in town.member("amy", "ambassador").say("/mydata")


def test_mydata_says_how_often_the_lead_was_told(town: Town) -> None:
    ana = town.person("ana")
    play(ana, "i want to kill myself")
    assert "passed on to the adult who looks after safety: 1" in ana.say("/mydata")


def test_mydata_names_the_chat_that_it_belongs_to(town: Town) -> None:
    ana = town.person("ana")
    assert f"telegram {ana.sender.address}" in ana.say("/mydata")


def test_long_mydata_comes_in_parts_that_lack_nothing(town: Town) -> None:
    ana = town.person("ana")
    wish = " ".join(f"wish-{number}" for number in range(400))
    play(ana, *INTO_OPEN, wish, "[Parks]", "🌳" * 1500)
    shown = ana.say("/mydata")
    assert shown.count("bot: ") > 1
    assert all(f"wish-{number}" in shown for number in range(400))
    assert shown.count("🌳") == 1500


def test_deleting_is_asked_first_and_can_be_declined(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "/delete")
    assert ana.tap("No, keep it").endswith(ENGLISH.not_deleted)
    assert len(town.responses()) == 4


def test_the_receipt_says_what_was_deleted(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "/delete")
    assert "On 23/11/2026 everything you gave me was deleted: 4 answers" in ana.tap("Yes, delete it all")


@pytest.mark.parametrize(
    "more",
    [
        (WISH,),
        (WISH, "/start zzqx-site", "[Parks]"),
        (),
        ("zzqx i want to kill myself",),
        (WISH, "(edit) zzqx other words"),
    ],
    ids=["done", "under way", "in mid-conversation", "flagged", "amended"],
)
async def test_deleting_leaves_no_byte_of_the_person(town: Town, path: Path, more: tuple[str, ...]) -> None:
    ana, ben = town.person("zzqx"), town.person("ben")
    play(ben, *WHOLE)
    for line in (*INTO_OPEN, *more):
        if line.startswith("(edit) "):
            ana.edit(line.removeprefix("(edit) "))
        else:
            play(ana, line)
    await deleted(town, path, ana)
    assert len(town.responses()) == 4


async def test_deleting_works_for_a_member_too(town: Town, path: Path) -> None:
    amy = town.member("amy", "ambassador")
    play(amy, *INTO_OPEN, WISH)
    await deleted(town, path, amy)


async def deleted(town: Town, path: Path, person: Person) -> None:
    """Let somebody delete everything, and look for what they left in the file."""
    address = int(person.sender.address)
    marked = f"zzqx{address}zzqx"
    town.tx.execute("UPDATE contacts SET address = ? WHERE address = ?", (marked, str(address)))
    town.people[marked] = person
    person.sender = type(person.sender)("telegram", marked, "en")
    (pseudonym,) = town.rows("SELECT respondent_id FROM contacts WHERE address = :marked", marked=marked)
    play(person, "/delete", "[Yes, delete it all]")
    database = await Database.open(path)
    assert await database.purge_due()
    await database.purge()
    await database.close()
    for file in path.parent.iterdir():
        content = file.read_bytes()
        assert b"zzqx" not in content
        assert str(pseudonym[0]).encode() not in content


def test_whoever_deleted_everything_begins_anew(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "/delete", "[Yes, delete it all]")
    assert "Take part?" in (ana.say("/menu") and ana.tap("Buses · 2 min"))


def test_tapping_delete_twice_is_told_once(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "/delete")
    number, token = ana.find("Yes, delete it all")
    ana.tap_token(token, number)
    assert ana.tap_token(token, number) == f"note: {ENGLISH.stale}"
    assert town.rows("SELECT count(*) FROM contacts") == [(0,)]


def test_the_receipt_has_a_number_that_says_nothing_about_its_holder(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    (pseudonym,) = town.rows("SELECT id FROM respondents")
    play(ana, "/delete")
    shown = ana.tap("Yes, delete it all")
    ((receipt, day),) = town.rows("SELECT receipt, deleted_on FROM deletions")
    assert f"Your receipt: {receipt}." in shown
    assert re.fullmatch(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", str(receipt))
    assert day == "2026-11-23"
    assert str(receipt).replace("-", "").casefold() != pseudonym[0]
