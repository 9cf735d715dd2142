"""The file of /mydata: a young person's own program reads everything that is held from it."""

import json

import pytest

from bot.mydata_file import mydata
from bot.mydata_words import ABOUT
from storage import outbox
from storage.errors import ExportError
from storage.ids import RespondentId
from storage.outbox import Outgoing
from tests.bot.town import WHOLE, Person, Town, play


def file_of(town: Town, person: Person) -> dict[str, dict[str, dict[str, list[dict[str, object]]]]]:
    (found,) = town.rows("SELECT respondent_id FROM contacts WHERE address = :one", one=person.sender.address)
    return json.loads(mydata(town.tx, RespondentId(str(found[0]))))  # type: ignore[no-any-return]


def test_mydata_sends_a_file_after_the_message(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE, "/mydata")
    assert ana.files == ["mydata.json"]


def test_a_terminal_gets_no_file(town: Town) -> None:
    ana = town.person("ana", channel="terminal")
    shown = ana.say("/mydata")
    assert "The file" not in shown
    assert ana.files == []


def test_the_file_holds_what_was_said_and_what_was_made_of_it(town: Town) -> None:
    ana = town.person("ana")
    play(ana, *WHOLE)
    town.tag("transport", redacted="more buses at night")
    held = file_of(town, ana)["held"]
    assert [row["text"] for row in held["responses"]["records"]][-1] == WHOLE[-1]
    assert held["taggings"]["records"][0]["redacted"] == "more buses at night"
    assert held["tags"]["records"][0]["theme"] == "transport"
    assert held["contacts"]["records"][0]["address"] == ana.sender.address
    assert "list of numbers" in str(held["taggings"]["what"])


def test_the_file_speaks_the_language_of_the_chat(town: Town) -> None:
    ana = town.person("ana", "es")
    play(ana, "/menu")
    assert file_of(town, ana)["about"] == ABOUT["es"]


def test_the_file_repeats_no_words_that_are_on_their_way_to_a_member(town: Town) -> None:
    lea = town.member("lea", "lead")
    (found,) = town.rows("SELECT id FROM respondents WHERE role = 'lead'")
    outbox.put(town.tx, RespondentId(str(found[0])), Outgoing("message", "what Ana wrote"), town.now)
    (waiting,) = file_of(town, lea)["held"]["outbox"]["records"]
    assert waiting["kind"] == "message"
    assert "what Ana wrote" not in waiting.values()


def test_of_who_is_gone_there_is_no_file(town: Town) -> None:
    with pytest.raises(ExportError):
        mydata(town.tx, RespondentId("nobody"))
