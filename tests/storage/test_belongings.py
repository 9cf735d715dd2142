"""Everything about a person is found by the schema itself, and nothing about anybody else."""

import random
from functools import partial
from itertools import chain

from bot.mydata_words import ABOUT, HAND_IN, WHAT
from storage import outbox, respondents, review
from storage.belongings import PEOPLE, Belongings, belongings, links
from storage.database import Database, Transaction
from storage.ids import RespondentId
from storage.outbox import Outgoing
from tests.storage.samples import NOW, member, person, tagged_reply
from tests.storage.test_forgetting import lived

NOT_ABOUT_A_PERSON = {
    "migrations", "scripts", "releases", "invitations", "codebooks", "activations", "inbox", "heartbeats", "purge_due",
    "audit", "deletions", "retentions", "taggers",
}  # fmt: skip
"""Tables whose rows are nobody's: a new table stands here, or has a foreign key to whose its rows are."""
ANA, BEN = RespondentId("ana"), RespondentId("ben")


def tables(tx: Transaction) -> dict[str, set[str]]:
    """Every table of the schema with its columns."""
    rows = tx.execute(
        """
        SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'
        """
    )
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


async def test_every_table_of_the_schema_is_about_nobody_or_in_what_is_held(database: Database) -> None:
    def work(tx: Transaction) -> None:
        assert set(belongings(tx, ANA).rows) == set(tables(tx)) - NOT_ABOUT_A_PERSON

    await database.read(work)


async def test_every_column_of_every_table_is_in_what_is_held(database: Database) -> None:
    def work(tx: Transaction) -> None:
        lived(tx, "ana", random.Random(1))
        schema = tables(tx)
        for table, rows in belongings(tx, ANA).rows.items():
            assert all(set(row) == schema[table] for row in rows), table
        assert {table for table, rows in belongings(tx, ANA).rows.items() if rows} >= {
            PEOPLE, "contacts", "consents", "conversations", "responses", "outbox", "taggings", "tags", "alerts",
            "tagging_failures", "uploads", "undelivered",
        }  # fmt: skip

    await database.write(work)


async def test_each_kind_of_record_is_explained_in_each_language(database: Database) -> None:
    held = await database.read(lambda tx: belongings(tx, ANA).rows)
    assert set(ABOUT) == set(HAND_IN) == set(WHAT)
    assert {language: set(WHAT[language]) for language in WHAT} == {language: set(held) for language in WHAT}


async def test_deleting_leaves_nothing_to_find(database: Database) -> None:
    def work(tx: Transaction) -> Belongings:
        lived(tx, "ana", random.Random(1))
        respondents.forget(tx, ANA)
        return belongings(tx, ANA)

    left = await database.write(work)
    assert not any(chain(left.rows.values(), left.hand_in.values()))


async def test_nothing_of_anybody_else_is_in_it(database: Database) -> None:
    await database.write(partial(lived, name="ana", rng=random.Random(1)))
    await database.write(partial(lived, name="ben", rng=random.Random(2)))
    shown = repr(await database.read(lambda tx: belongings(tx, ANA)))
    assert "ana" in shown
    assert "ben" not in shown


async def test_who_reviewed_is_somebody_else_to_whose_words_they_are(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = tagged_reply(tx, "ana", "transport")
        member(tx, "ben")
        assert review.claim_next(tx, BEN, NOW)
        assert review.confirm(tx, response_id, BEN, NOW)
        (row,) = belongings(tx, ANA).rows["reviews"]
        assert row["member_id"] == "somebody else"
        theirs = belongings(tx, BEN)
        assert theirs.rows["reviews"] == ()
        assert theirs.hand_in["reviews.member_id"] == (response_id,)

    await database.write(work)


async def test_who_is_sent_words_is_somebody_else_to_whose_words_they_are(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        outbox.put(tx, member(tx, "ben"), Outgoing("message", "ana's words", quotes=ANA), NOW)
        (row,) = belongings(tx, ANA).rows["outbox"]
        assert (row["text"], row["respondent_id"], row["quotes"]) == ("ana's words", "somebody else", "ana")
        (theirs,) = belongings(tx, BEN).rows["outbox"]
        assert (theirs["respondent_id"], theirs["quotes"]) == ("ben", "somebody else")

    await database.write(work)


async def test_a_vector_is_given_as_its_numbers(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        (row,) = belongings(tx, ANA).rows["taggings"]
        assert row["vector"] == [0.0, 0.0]

    await database.write(work)


async def test_every_link_to_a_person_says_what_deleting_them_does(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        actions = tx.execute(
            """
            SELECT DISTINCT keys.on_delete FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
            WHERE keys."table" = 'respondents'
            """
        ).fetchall()
        assert {action for (action,) in actions} == {"CASCADE", "SET NULL"}
        assert len(links(tx)) > 20

    await database.write(work)
