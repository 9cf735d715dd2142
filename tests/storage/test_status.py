from dialogues.conversation import Conversation
from storage import alerts, codebooks, conversations, outbox, responses, review
from storage.database import Database, Transaction
from storage.heartbeat import beat
from storage.ids import RespondentId
from storage.outbox import Outgoing
from storage.review import Quality
from storage.status import Status, status
from tests.storage.samples import EN, NOW, begun, given, later, member, reply, tagged_reply


async def test_an_empty_database_has_nothing_to_report(database: Database) -> None:
    assert await database.read(lambda tx: status(tx, NOW)) == Status(
        at=NOW, respondents=0, members=0, conversations={}, responses=0, untagged=0, not_taggable=0,
        not_looked_at=0, review_decided=0, review_waiting=0,
        quality=Quality(0, None, None), unsent=0, oldest_unsent=None, undelivered=0,
        alerts_open=0, heartbeats={},
    )  # fmt: skip


async def test_it_counts_what_runs_and_what_waits(database: Database) -> None:
    def work(tx: Transaction) -> None:
        codebooks.store(tx, "youth", "v1", "{}", NOW)
        codebooks.activate(tx, "v1", NOW)
        ben = member(tx, "ben")
        decided = tagged_reply(tx, "ana", "transport")
        review.claim_next(tx, ben, NOW)
        review.confirm(tx, decided, ben, NOW)
        tagged_reply(tx, "cleo", "transport")
        reply(tx, "dora")
        responses.record(tx, begun(tx, "eva", trial=True), given(), None, NOW)
        ended = begun(tx, "finn")
        conversations.save(tx, ended, Conversation(EN, phase="ended", ending="break_off"), NOW)
        outbox.put(tx, ben, Outgoing("message", "Hello"), later(1))
        outbox.say_goodbye(tx, "telegram", "9", "leaver", "Bye", later(2))
        alerts.raise_alert(tx, None, RespondentId("ana"), ("abuse",), NOW)
        beat(tx, "polling", NOW)
        beat(tx, "polling", later(3))
        assert status(tx, later(4)) == Status(
            at=later(4), respondents=6, members=1, conversations={"break_off": 1, "running": 3}, responses=3,
            untagged=1, not_taggable=0, not_looked_at=0, review_decided=1, review_waiting=1,
            quality=Quality(0, None, None), unsent=2,
            oldest_unsent=later(1), undelivered=0, alerts_open=1, heartbeats={"polling": later(3)},
        )  # fmt: skip

    await database.write(work)
