from dataclasses import replace
from datetime import timedelta

from storage import complaints, members, outbox, respondents
from storage.database import Database, Transaction
from storage.ids import RespondentId
from storage.outbox import Outgoing
from tests.storage.samples import NOW, later, person

ANA = RespondentId("ana")


async def test_who_writes_from_an_address_is_met_once(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first = respondents.meet(tx, "telegram", "42", "ana", NOW)
        assert first == respondents.Respondent(ANA, "telegram", "42", None, None, None, blocked=False)
        assert respondents.meet(tx, "telegram", "42", "another-id", later(1)) == first
        assert respondents.meet(tx, "web", "42", "ben", NOW).id == "ben"
        assert respondents.find(tx, ANA) == first
        assert respondents.find(tx, RespondentId("another-id")) is None

    await database.write(work)


async def test_the_address_stands_in_contacts_only(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        tables = [name for (name,) in tx.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        holding = {
            table
            for table in tables
            for row in tx.execute(f"SELECT * FROM {table}")  # noqa: S608 - names from the schema itself
            if "address-of-ana" in map(str, row)
        }
        assert holding == {"contacts"}

    await database.write(work)


async def test_language_and_site_are_kept(database: Database) -> None:
    def work(tx: Transaction) -> None:
        before = respondents.meet(tx, "telegram", "42", "ana", NOW)
        respondents.set_language(tx, ANA, "es")
        respondents.set_site(tx, ANA, "north-campus")
        assert respondents.find(tx, ANA) == replace(before, language="es", site="north-campus")

    await database.write(work)


async def test_who_blocked_us_is_welcome_again_by_writing(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        respondents.mark_blocked(tx, ANA, NOW)
        found = respondents.find(tx, ANA)
        assert found is not None
        assert found.blocked
        assert not respondents.meet(tx, "telegram", "address-of-ana", "x", later(1)).blocked

    await database.write(work)


async def test_only_the_first_part_of_an_album_is_the_first(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        person(tx, "ben")
        assert [respondents.first_of_album(tx, ANA, album) for album in "aaabb"] == [True, False, False, True, False]
        assert respondents.first_of_album(tx, RespondentId("ben"), "a")

    await database.write(work)


async def test_someone_leaving_who_blocked_us_is_forgotten_too(database: Database) -> None:
    def work(tx: Transaction) -> None:
        outbox.say_goodbye(tx, "telegram", "42", "leaver", "Bye", NOW)
        respondents.mark_blocked(tx, RespondentId("leaver"), NOW)
        assert respondents.find(tx, RespondentId("leaver")) is None

    await database.write(work)


async def test_forgetting_takes_what_waits_to_be_sent(database: Database) -> None:
    def work(tx: Transaction) -> None:
        outbox.put(tx, person(tx, "ana"), Outgoing("message", "Hello"), NOW)
        assert respondents.forget(tx, ANA)
        assert outbox.waiting(tx, NOW, 9) == ()
        assert not respondents.forget(tx, ANA)

    await database.write(work)


async def test_who_complained_or_began_meanwhile_is_not_forgotten_as_undecided(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ana, next_day = person(tx, "ana"), NOW + timedelta(days=1)
        complaints.write(tx, ana, "unfair", NOW)
        assert respondents.undecided(tx, next_day) == ()
        respondents.forget_undecided(tx, ana, next_day)
        assert respondents.find(tx, ana) is not None

    await database.write(work)


async def test_who_never_began_anything_is_undecided_after_a_while(database: Database) -> None:
    def look(tx: Transaction) -> tuple[tuple[RespondentId, ...], ...]:
        respondents.meet(tx, "telegram", "42", ANA, NOW)
        next_day = NOW + timedelta(days=1)
        before = respondents.undecided(tx, next_day)
        members.invite(tx, "lead", "hash", NOW, next_day)
        members.redeem(tx, "hash", ANA, NOW)
        return respondents.undecided(tx, NOW), before, respondents.undecided(tx, next_day)

    assert await database.write(look) == ((), (ANA,), ())
