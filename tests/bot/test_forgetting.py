"""Whatever people did: the file of /mydata holds what the tables hold, and after /delete no table knows them."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.incoming import Left
from bot.mydata_file import mydata
from storage.ids import RespondentId
from storage.migrations.applying import apply_next
from tests.bot.town import BUSES, PARKS, WHOLE, Town, play

ACTS = (
    "/start MARK", "/menu", "/skip", "/back", "/pause", "/resume", "/stop", "/safe", "/mydata", "/complain", "/help",
    "20", "by bus", "MARK more buses please", "MARK at night on the 250",
    "yes", "i want to kill myself", "[newest]", "(edit)", "(photo)", "(tag)",
)  # fmt: skip


def act(town: Town, name: str, line: str) -> None:
    """Do something; only the words of one of the two are marked."""
    person = next(one for one in town.people.values() if one.name == name)
    mark = "zzqx" if name == "ana" else "other"
    if line == "[newest]":
        if person.tokens:
            person.tap_token(person.tokens[-1])
    elif line == "(edit)":
        person.edit(f"{mark} new words")
    elif line == "(photo)":
        person.send_media()
    elif line == "(tag)":
        town.tag("transport")
    else:
        person.say(line.replace("MARK", mark))


def rows_with(town: Town, value: str) -> list[str]:
    """The tables and columns in which the value stands, by itself or within."""
    columns = town.rows(
        """
        SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table'
        """
    )
    return [
        f"{table}.{column}"
        for table, column in columns
        if town.rows(f"SELECT 1 FROM {table} WHERE instr({column}, :value)", value=value)  # noqa: S608 - our schema
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("ana", "ben")), st.sampled_from(ACTS)), max_size=25))
def test_the_file_holds_what_the_tables_hold_and_deleting_leaves_no_row(lines: Sequence[tuple[str, str]]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        while apply_next(connection):
            pass
        town = Town(connection)
        town.offer(BUSES, PARKS)
        ana, ben = town.person("ana"), town.person("ben")
        play(ben, *WHOLE)
        play(ana, *WHOLE[:-1])
        for name, line in lines:
            act(town, name, line)
        ((pseudonym,),) = town.rows("SELECT respondent_id FROM contacts WHERE address = :at", at=ana.sender.address)
        held = json.loads(mydata(town.tx, RespondentId(str(pseudonym))))["held"]
        for table in ("respondents", "contacts", "conversations", "alerts", "complaints", "unseen_words"):
            key = "id" if table == "respondents" else "respondent_id"
            (count,) = town.rows(f"SELECT count(*) FROM {table} WHERE {key} = :id", id=pseudonym)  # noqa: S608
            assert len(held[table]["records"]) == count[0], table
        words = town.rows(
            "SELECT text FROM responses JOIN conversations ON conversations.id = conversation_id"
            " WHERE respondent_id = :id",
            id=pseudonym,
        )
        assert [row["text"] for row in held["responses"]["records"]] == [text for (text,) in words]
        conversations = town.rows("SELECT id FROM conversations WHERE respondent_id = :id", id=pseudonym)
        play(ana, "/delete", "[Yes, delete it all]")
        for value in (pseudonym, "zzqx", *(found for (found,) in conversations)):
            assert rows_with(town, str(value)) == []
        assert town.rows("SELECT 1 FROM contacts WHERE address = :at", at=ana.sender.address) == []


@pytest.mark.parametrize("blocked", [False, True], ids=["held up", "blocked"])
def test_words_on_their_way_to_a_member_are_deleted_unsent(
    town: Town, monkeypatch: pytest.MonkeyPatch, *, blocked: bool
) -> None:
    """A member's phone may be off, or the bot blocked: what waits there must not outlive whose words it holds."""
    lea, amy, sam, ana = (
        town.member("lea", "lead"),
        town.member("amy", "ambassador"),
        town.member("sam", "staff"),
        town.person("ana"),
    )
    play(ana, *WHOLE[:-1], "zzqx buses", "/complain zzqx was asked twice", "zzqx i want to kill myself")
    town.tag("buses")
    if blocked:
        for member in (lea, amy, sam):
            member.send(Left())
    monkeypatch.setattr(Town, "deliver", lambda town: None)
    amy.say("/review")
    sam.say("/complaints")
    lea.tap_token("a:1:read")
    lea.say("/reach 1 Hello")
    ana.say("zzqx hello kim")
    assert town.rows("SELECT count(*) FROM outbox WHERE instr(text, 'zzqx')") == [(4,)]
    play(ana, "/delete")
    ana.tap_token("d:yes")
    assert rows_with(town, "zzqx") == []
    assert town.rows("SELECT count(*) > 0 FROM outbox") == [(True,)]
