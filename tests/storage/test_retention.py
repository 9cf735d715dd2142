"""What was kept long enough goes, to the last byte; the rest stays, and so does proof."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialogues.conversation import Conversation
from storage import alerts, conversations, members, outbox, raw_words, respondents, responses, retention, review
from storage.database import Database, Transaction
from storage.ids import ConversationId, RespondentId
from storage.outbox import Outgoing
from storage.retention import CLAIMS, FAILURES, Terms
from tests.storage.samples import EN, NOW, begun, given, member, person, reply, tag, tagged_reply
from tests.storage.test_forgetting import traces

TERMS = Terms(raw_text_days=30, contact_days=60, response_days=90)
ANA = RespondentId("ana")
SOON = NOW + timedelta(minutes=1)


def after(days: float) -> timedelta:
    return timedelta(days=days)


def drop(tx: Transaction, days: float = 31) -> int:
    now = NOW + after(days)
    return raw_words.drop(tx, now - after(TERMS.raw_text_days), 50, lambda text, language: f"[{language}]", now)


def said(tx: Transaction) -> list[tuple[object, ...]]:
    return tx.execute("SELECT question, value, text FROM responses ORDER BY id").fetchall()


async def test_raw_words_give_way_to_what_the_machine_redacted(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = reply(tx, "ana", "I am Zoe, more buses")
        tag(tx, response_id, "transport", redacted="I am [name], more buses")
        assert drop(tx, days=29) == 0
        assert drop(tx) == 1
        assert said(tx) == [("wish", '"I am [name], more buses"', "I am [name], more buses")]
        assert drop(tx) == 0

    await database.write(work)


async def test_what_was_never_tagged_is_redacted_first(database: Database) -> None:
    def work(tx: Transaction) -> None:
        reply(tx, "ana", "I am Zoe")
        assert drop(tx) == 1
        assert said(tx) == [("wish", '"[en]"', "[en]")]

    await database.write(work)


async def test_of_a_closed_question_the_option_stays_and_what_was_typed_goes(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation = begun(tx, "ana")
        for response in (
            given("mode", "bus", "the bus, says Zoe"),
            given("ways", ("bike", "Zoe's scooter"), "Zoe's scooter"),
            given("minutes", 12, "twelve"),
        ):
            responses.record(tx, conversation, response, 7, NOW)
        assert drop(tx) == 3
        assert said(tx) == [
            ("mode", '"bus"', None),
            ("ways", '["bike", "[en]"]', "[en]"),
            ("minutes", "12", None),
        ]

    await database.write(work)


async def test_the_conversation_itself_remembers_no_raw_words(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation = begun(tx, "ana")
        wish = given(words="Zoe wants buses", value="Zoe wants buses")
        state = Conversation(EN, responses=(wish,), unplaced="Zoe again")
        conversations.save(tx, conversation, state, NOW)
        responses.record(tx, conversation, wish, 7, NOW)
        drop(tx)
        (raw,) = tx.execute("SELECT state FROM conversations").fetchone()
        assert "Zoe" not in raw
        stored = conversations.load(tx, conversation).conversation
        assert [one.text for one in stored.responses] == ["[en]"]

    await database.write(work)


async def test_new_words_in_the_place_of_old_ones_are_kept_their_own_time(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation = begun(tx, "ana")
        responses.record(tx, conversation, given(), 7, NOW)
        drop(tx)
        responses.amend(tx, conversation, given(words="Zoe", value="Zoe"), 7, NOW + after(31))
        assert drop(tx, days=60) == 0
        assert drop(tx, days=62) == 1

    await database.write(work)


async def test_words_behind_an_open_alert_stay_until_it_is_closed(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation = begun(tx, "ana")
        responses.record(tx, conversation, given(), 7, NOW)
        alert = alerts.raise_alert(tx, conversation, ANA, ("danger",), NOW)
        assert drop(tx) == 0
        assert retention.sweep(tx, TERMS, NOW + after(365))["conversations"] == 0
        alerts.close(tx, alert, member(tx, "lea"), "contacted", SOON)
        assert drop(tx) == 1

    await database.write(work)


async def test_the_contact_of_who_was_not_here_goes_and_what_they_said_stays(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        tagged_reply(tx, "ben", "transport")
        respondents.meet(tx, "telegram", "address-of-ben", "new", NOW + after(50))
        assert retention.sweep(tx, TERMS, NOW + after(61))["contacts"] == 1
        assert tx.execute("SELECT address FROM contacts").fetchall() == [("address-of-ben",)]
        assert tx.execute("SELECT count(*) FROM responses").fetchone() == (2,)

    await database.write(work)


async def test_a_member_keeps_their_contact_while_they_have_a_role(database: Database) -> None:
    def work(tx: Transaction) -> None:
        lea = member(tx, "lea")
        assert retention.sweep(tx, TERMS, NOW + after(365))["contacts"] == 0
        members.remove(tx, lea, NOW)
        assert retention.sweep(tx, TERMS, NOW + after(365))["contacts"] == 1

    await database.write(work)


async def test_after_the_last_term_nothing_of_a_person_is_left(database: Database, tmp_path: Path) -> None:
    def say(tx: Transaction) -> None:
        tagged_reply(tx, "zzqxana", "transport")
        alert = alerts.raise_alert(tx, None, RespondentId("zzqxana"), ("danger",), NOW)
        alerts.close(tx, alert, member(tx, "lea"), "contacted", NOW)
        outbox.put(tx, RespondentId("zzqxana"), Outgoing("message", "zzqxana"), NOW)

    await database.write(say)
    assert traces(tmp_path, "zzqxana")
    counts = await database.write(lambda tx: retention.sweep(tx, TERMS, NOW + after(91)))
    assert (counts["conversations"], counts["contacts"], counts["people"], counts["alerts"]) == (1, 1, 1, 1)
    await database.write(lambda tx: retention.note(tx, counts, NOW))
    assert await database.purge_due()
    await database.purge()
    assert traces(tmp_path, "zzqxana") == []


async def test_what_only_the_program_needed_goes_too(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        assert review.claim_next(tx, member(tx, "ben"), NOW)
        outbox.give_up(tx, outbox.put(tx, ANA, Outgoing("message", "Hi"), NOW), "no", NOW)
        early = retention.sweep(tx, TERMS, NOW + CLAIMS)
        assert (early["claims"], early["undelivered"]) == (0, 0)
        late = retention.sweep(tx, TERMS, NOW + FAILURES + after(1))
        assert (late["claims"], late["undelivered"], late["invitations"]) == (1, 1, 1)

    await database.write(work)


async def test_a_run_is_recorded_with_its_counts_alone(database: Database) -> None:
    assert await database.read(retention.last_run) is None
    await database.write(lambda tx: retention.note(tx, {"contacts": 0}, NOW))
    assert not await database.purge_due()
    await database.write(lambda tx: retention.note(tx, {"contacts": 2}, SOON))
    assert await database.purge_due()
    assert await database.read(retention.last_run) == (SOON, {"contacts": 2})


@pytest.mark.parametrize("days", [0, 29])
async def test_before_its_term_nothing_goes(database: Database, days: int) -> None:
    def work(tx: Transaction) -> None:
        begun(tx, "ana", conversation=ConversationId("one"))
        person(tx, "ben")
        assert not any(retention.sweep(tx, TERMS, NOW + after(days)).values())

    await database.write(work)
