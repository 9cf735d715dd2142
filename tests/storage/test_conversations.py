from dataclasses import replace

import pytest

from dialogues.conversation import Candidate, Conversation
from dialogues.script import ScriptHash
from storage import conversations, respondents
from storage.database import Database, Transaction
from storage.errors import RuleBrokenError
from storage.ids import ConversationId, RespondentId
from tests.storage.samples import EN, NOW, begun, given, later, person

ANA = RespondentId("ana")
ENDED = Conversation(EN, phase="ended", ending="complete")


async def test_a_conversation_comes_back_as_it_was_saved(database: Database) -> None:
    state = Conversation(
        EN, step=3, furthest=4, revision=9, waiting="probe", selected=("bus",), candidates=(Candidate("Bus", "bus"),),
        unplaced="the ¾ tram ", misses=1, asked_at=NOW, agreed=frozenset({"k"}),
        responses=(given(), given("ways", ("bus",))),
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        conversation_id = begun(tx, "ana")
        conversations.save(tx, conversation_id, state, later(1))
        stored = conversations.load(tx, conversation_id)
        assert stored.conversation == state
        assert (stored.respondent, stored.site, stored.trial) == ("ana", "north", False)
        assert conversations.current(tx, ANA) == stored

    await database.write(work)


async def test_what_was_never_begun_is_a_key_error(database: Database) -> None:
    with pytest.raises(KeyError):
        await database.read(lambda tx: conversations.load(tx, ConversationId("none")))
    with pytest.raises(KeyError):
        await database.write(lambda tx: conversations.save(tx, ConversationId("none"), ENDED, NOW))


async def test_a_respondent_has_one_conversation_at_a_time(database: Database) -> None:
    await database.write(lambda tx: begun(tx, "ana", conversation="first"))
    with pytest.raises(RuleBrokenError, match="UNIQUE"):
        await database.write(lambda tx: begun(tx, "ana", conversation="second"))

    def work(tx: Transaction) -> None:
        conversations.save(tx, ConversationId("first"), ENDED, NOW)
        assert conversations.current(tx, ANA) is None
        begun(tx, "ana", conversation="second")
        current = conversations.current(tx, ANA)
        assert current is not None
        assert current.id == "second"

    await database.write(work)


async def test_a_conversation_is_pinned_to_a_version_that_exists(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversations.begin(
            tx, ConversationId("c"), person(tx, "ana"), ScriptHash("none"), "web", Conversation(EN), None, False, NOW
        )

    with pytest.raises(RuleBrokenError, match="FOREIGN KEY"):
        await database.write(work)


async def test_reminders_come_due_longest_overdue_first(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ana, ben, cleo = (begun(tx, name) for name in ("ana", "ben", "cleo"))
        conversations.set_reminder(tx, ana, later(20))
        conversations.set_reminder(tx, ben, later(10))
        conversations.set_reminder(tx, cleo, later(30))
        assert conversations.due(tx, later(9), 9) == ()
        assert conversations.due(tx, later(20), 9) == (ben, ana)
        assert conversations.due(tx, later(20), 1) == (ben,)
        conversations.set_reminder(tx, ben, None)
        conversations.save(tx, ana, ENDED, NOW)
        respondents.mark_blocked(tx, RespondentId("cleo"), NOW)
        conversations.set_reminder(tx, ana, NOW)
        assert conversations.due(tx, later(60), 9) == ()

    await database.write(work)


async def test_only_completed_dialogues_that_were_no_trial_are_finished(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversations.save(tx, begun(tx, "ana"), ENDED, NOW)
        conversations.save(tx, begun(tx, "ben", trial=True), ENDED, NOW)
        conversations.save(tx, begun(tx, "cleo"), replace(ENDED, ending="declined"), NOW)
        assert conversations.finished_dialogues(tx, ANA) == {"getting-around"}
        assert conversations.finished_dialogues(tx, RespondentId("ben")) == frozenset()
        assert conversations.finished_dialogues(tx, RespondentId("cleo")) == frozenset()

    await database.write(work)


async def test_consent_is_kept_by_its_key(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        conversations.agree(tx, ANA, "key-1", NOW)
        conversations.agree(tx, ANA, "key-1", later(1))
        assert conversations.agreed_consents(tx, ANA) == {"key-1"}
        assert conversations.agreed_consents(tx, person(tx, "ben")) == frozenset()

    await database.write(work)
