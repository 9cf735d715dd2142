import pytest

from dialogues.script import StepId
from storage import respondents, responses, review, tagging
from storage.database import Database, Transaction
from storage.errors import RuleBrokenError
from storage.ids import ConversationId, RespondentId
from tests.storage.samples import NOW, begun, given, later, member, person, reply, tag, tagged_reply

CONVERSATION = ConversationId("conversation-of-ana")
WISH = StepId("wish")


async def test_a_response_is_stored_as_it_was_given(database: Database) -> None:
    def work(tx: Transaction) -> None:
        responses.record(tx, begun(tx, "ana"), given("ways", ("bus", "bike"), "bus ’n bike\x00 😀"), 7, later(1))
        columns = "outcome, value, text, wording, language, asked_at, responded_at, amended_at, message_id"
        row = tx.execute(f"SELECT {columns} FROM responses").fetchone()  # noqa: S608 - names from the line above
        assert row == (
            "answered", '["bus", "bike"]', "bus ’n bike\x00 😀", "The wording of ways", "en",
            "2026-11-23T12:00:00.000000+00:00", "2026-11-23T12:01:00.000000+00:00", None, 7,
        )  # fmt: skip

    await database.write(work)


async def test_a_question_has_one_response_in_a_conversation(database: Database) -> None:
    await database.write(lambda tx: reply(tx, "ana"))
    with pytest.raises(RuleBrokenError, match="UNIQUE"):
        await database.write(lambda tx: responses.record(tx, CONVERSATION, given(), 8, NOW))


async def test_a_response_needs_its_conversation(database: Database) -> None:
    with pytest.raises(RuleBrokenError, match="FOREIGN KEY"):
        await database.write(lambda tx: responses.record(tx, CONVERSATION, given(), 8, NOW))


async def test_amending_keeps_the_row_and_drops_what_the_machine_made(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = tagged_reply(tx, "ana", "transport")
        assert responses.amend(tx, CONVERSATION, given(value="Cheaper", words="Cheaper"), 7, later(3)) == response_id
        assert tx.execute("SELECT count(*) FROM taggings").fetchone() == (0,)
        assert tx.execute("SELECT count(*) FROM tags").fetchone() == (0,)
        assert [(one.text, one.revision) for one in tagging.untagged(tx, 9)] == [("Cheaper", 1)]

    await database.write(work)


async def test_amending_what_was_never_given_is_a_key_error(database: Database) -> None:
    await database.write(lambda tx: begun(tx, "ana"))
    with pytest.raises(KeyError):
        await database.write(lambda tx: responses.amend(tx, CONVERSATION, given(), 7, NOW))


async def test_amending_reopens_a_decision_and_keeps_its_themes_as_the_start(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id, ben = tagged_reply(tx, "ana", "transport"), member(tx, "ben")
        review.claim_next(tx, ben, NOW)
        review.toggle(tx, response_id, ben, "money", on=True)
        assert review.confirm(tx, response_id, ben, NOW)
        responses.amend(tx, CONVERSATION, given(value="Cheaper", words="Cheaper"), 7, NOW)
        assert review.claim_next(tx, ben, NOW) is None
        tag(tx, response_id, "climate")
        again = review.claim_next(tx, ben, NOW)
        assert again is not None
        assert again.selected == {"transport", "money"}

    await database.write(work)


async def test_amending_ends_the_claim_of_who_was_reviewing(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id, ben = tagged_reply(tx, "ana", "transport"), member(tx, "ben")
        review.claim_next(tx, ben, NOW)
        responses.amend(tx, CONVERSATION, given(value="Cheaper", words="Cheaper"), 7, NOW)
        tag(tx, response_id, "money")
        assert not review.confirm(tx, response_id, ben, NOW)

    await database.write(work)


async def test_withdrawing_removes_the_response_and_its_tags(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        responses.withdraw(tx, CONVERSATION, WISH)
        responses.withdraw(tx, CONVERSATION, WISH)
        for table in ("responses", "taggings", "tags"):
            assert tx.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - names from above

    await database.write(work)


async def test_the_id_of_a_withdrawn_response_is_never_used_again(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first = reply(tx, "ana")
        responses.withdraw(tx, CONVERSATION, WISH)
        assert responses.record(tx, CONVERSATION, given(), 7, NOW) > first

    await database.write(work)


async def test_a_message_leads_to_the_response_of_who_sent_it(database: Database) -> None:
    def work(tx: Transaction) -> None:
        reply(tx, "ana")
        reply(tx, "ben")
        assert responses.by_message(tx, RespondentId("ana"), 7) == (CONVERSATION, "wish")
        assert responses.by_message(tx, RespondentId("ana"), 8) is None
        assert responses.by_message(tx, person(tx, "cleo"), 7) is None
        responses.amend(tx, CONVERSATION, given(), None, NOW)
        assert responses.by_message(tx, RespondentId("ana"), 7) is None

    await database.write(work)


async def test_a_flagged_response_is_kept_from_tagging_and_review(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben = member(tx, "ben")
        tagged_reply(tx, "ana", "transport")
        responses.flag(tx, CONVERSATION, WISH, ("self-harm",))
        assert tagging.outdated(tx, "another", 9) == ()
        assert review.claim_next(tx, ben, NOW) is None
        responses.flag(tx, CONVERSATION, WISH, ())
        assert len(tagging.outdated(tx, "another", 9)) == 1

    await database.write(work)


async def test_a_response_of_someone_forgotten_is_gone(database: Database) -> None:
    def work(tx: Transaction) -> None:
        reply(tx, "ana")
        respondents.forget(tx, RespondentId("ana"))
        assert tx.execute("SELECT count(*) FROM responses").fetchone() == (0,)

    await database.write(work)
