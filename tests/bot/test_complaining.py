"""Something was wrong: what can be put right at once, and a complaint that reaches the team."""

import pytest

from bot import member_phrases as words
from bot.complaining import MOST_WAITING
from bot.phrases import ENGLISH, SPANISH
from storage.complaints import LISTENS_FOR
from tests.bot.town import WHOLE, Town, play

PARTWAY = ("/start", "[Buses · 2 min]", "[I'm in]", "[By bus]")
WORRYING = "i want to kill myself"


def kept(town: Town) -> list[tuple[object, ...]]:
    return town.rows("SELECT text, handled_at IS NOT NULL FROM complaints ORDER BY id")


def test_complaining_says_what_can_be_put_right_and_takes_the_next_words(town: Town) -> None:
    sam, ana = town.member("sam", "staff"), town.person("ana")
    play(ana, *PARTWAY)
    shown = ana.say("/complain")
    assert shown == f"bot: {ENGLISH.complain_how.format(contact=town.house.deployment.contact['en'])}"
    assert "It is #1" in (ana.say("you asked me twice") and sam.story[-1])
    assert "complaint #1" in ana.story[-1]
    assert kept(town) == [("you asked me twice", 0)]
    assert [row[0] for row in town.responses()] == ["q1", "mode"]
    play(ana, "20")
    assert town.responses()[-1][:3] == ("minutes", "answered", "20")


def test_it_speaks_spanish(town: Town) -> None:
    ana = town.person("ana", "es")
    assert ana.say("/complain").startswith("bot: " + SPANISH.complain_how[:40])
    assert "queja n.º 1" in ana.say("preguntas raras")


def test_words_behind_the_command_are_the_complaint(town: Town) -> None:
    ana = town.person("ana")
    ana.say("/complain you are too slow")
    assert kept(town) == [("you are too slow", 0)]


@pytest.mark.parametrize("act", ["/menu", "/help", "[Carry on: Buses]", "/delete"])
def test_whoever_does_something_else_has_not_complained(town: Town, act: str) -> None:
    ana = town.person("ana")
    play(ana, *PARTWAY, "/menu", "/complain", act, "20")
    assert kept(town) == []


def test_after_half_an_hour_words_are_what_they_are(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *PARTWAY, "/complain")
    town.now += LISTENS_FOR
    play(ana, "20")
    assert kept(town) == []
    assert town.responses()[-1][0] == "minutes"


@pytest.mark.parametrize("behind", ["/complain ", ""])
def test_a_complaint_that_sounds_serious_brings_help_and_reaches_the_lead_alone(town: Town, behind: str) -> None:
    sam, lea, ana = town.member("sam", "staff"), town.member("lea", "lead"), town.person("ana")
    before = len(sam.story)
    if not behind:
        ana.say("/complain")
    assert "Test Line" in ana.say(behind + WORRYING) or "helpline" in ana.transcript.casefold()
    assert kept(town) == []
    assert lea.story[-1].startswith("bot: A message sounded serious.")
    assert sam.story[before:] == []


def test_staff_and_lead_read_complaints_and_an_ambassador_does_not(town: Town) -> None:
    sam, amy, ana = town.member("sam", "staff"), town.member("amy", "ambassador"), town.person("ana")
    assert sam.say("/complaints") == f"bot: {words.COMPLAINTS_NONE}"
    ana.say("/complain Kim was rude")
    assert "“Kim was rude”" in sam.say("/complaints")
    assert "ana" not in sam.say("/complaints")
    assert amy.say("/complaints") == "bot: That is for staff and lead."
    assert ana.say("/complaints") == f"bot: {ENGLISH.unknown_command}"


def test_what_is_taken_care_of_is_shown_no_more(town: Town) -> None:
    sam, ana = town.member("sam", "staff"), town.person("ana")
    ana.say("/complain Kim was rude")
    assert sam.say("/complaints done 1") == "bot: #1 is taken care of."
    assert sam.say("/complaints done 1").startswith("bot: There is no complaint #1")
    assert sam.say("/complaints") == f"bot: {words.COMPLAINTS_NONE}"
    assert town.rows("SELECT deed, about FROM audit ORDER BY seq DESC LIMIT 1") == [("handled", "complaint 1")]


def test_the_team_is_told_once_while_complaints_wait(town: Town) -> None:
    sam = town.member("sam", "staff")
    before = len(sam.story)
    for number in range(12):
        town.person(f"person {number}").say(f"/complain number {number}")
    assert len(sam.story[before:]) == 1
    assert "... and 2 more." in sam.say("/complaints")


def test_complaints_are_shown_to_their_writer_and_go_with_them(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "/complain Kim was rude")
    assert "Kim was rude" in ana.say("/mydata")
    play(ana, "/delete", "[Yes, delete it all]")
    assert kept(town) == []


def test_nobody_buries_the_complaints_of_others(town: Town) -> None:
    sam, ana, ben = town.member("sam", "staff"), town.person("ana"), town.person("ben")
    for number in range(MOST_WAITING):
        ana.say(f"/complain number {number}")
    assert "3 complaints of yours" in ana.say("/complain one more")
    assert "3 complaints of yours" in ana.say("/complain")
    assert len(kept(town)) == MOST_WAITING
    assert "complaint #4" in ben.say("/complain mine")
    sam.say("/complaints done 1")
    assert "complaint #5" in ana.say("/complain one more")


def test_help_comes_also_to_whoever_complains_too_much(town: Town) -> None:
    ana = town.person("ana")
    for number in range(MOST_WAITING):
        ana.say(f"/complain number {number}")
    assert "Kids Help" in ana.say(f"/complain {WORRYING}")
