from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import outbox, respondents
from storage.database import Database, Transaction
from storage.ids import ConversationId, OutboxId, RespondentId
from storage.outbox import Outgoing
from tests.storage.fresh import fresh
from tests.storage.samples import NOW, begun, later, person

ANA = RespondentId("ana")
CONVERSATION = ConversationId("conversation-of-ana")


def texts(tx: Transaction, minutes: float = 0, limit: int = 99) -> list[str]:
    return [one.outgoing.text for one in outbox.waiting(tx, later(minutes), limit)]


def said(tx: Transaction, respondent_id: RespondentId, words: str) -> OutboxId:
    return outbox.put(tx, respondent_id, Outgoing("message", words), NOW)


async def test_what_is_put_waits_as_it_is_until_it_was_sent(database: Database) -> None:
    def work(tx: Transaction) -> None:
        begun(tx, "ana")
        outgoing = Outgoing("message", "Which?", ((("Bus", "t1"), ("Bike", "t2")), (("Skip", "t3"),)), CONVERSATION, 4)
        outbox_id = outbox.put(tx, ANA, outgoing, NOW)
        assert outbox.waiting(tx, NOW, 9) == (
            outbox.Waiting(outbox_id, ANA, "telegram", "address-of-ana", outgoing, 0),
        )
        outbox.sent(tx, outbox_id, 77, NOW)
        outbox.sent(tx, outbox_id, 78, NOW)
        assert outbox.waiting(tx, NOW, 9) == ()
        assert outbox.message_of(tx, CONVERSATION, 4) == 77
        assert outbox.message_of(tx, CONVERSATION, 5) is None

    await database.write(work)


async def test_once_sent_nothing_of_the_text_stays(database: Database) -> None:
    def work(tx: Transaction) -> None:
        outbox.sent(tx, said(tx, person(tx, "ana"), "Hello"), 5, NOW)
        assert tx.execute("SELECT count(*) FROM outbox").fetchone() == (0,)

    await database.write(work)


async def test_an_edit_finds_the_message_of_its_revision_once_that_was_sent(database: Database) -> None:
    def work(tx: Transaction) -> None:
        begun(tx, "ana")
        question = outbox.put(tx, ANA, Outgoing("message", "Which?", (), CONVERSATION, 1), NOW)
        outbox.put(tx, ANA, Outgoing("edit", "Which? Bus", (), CONVERSATION, 1), NOW)
        outbox.put(tx, ANA, Outgoing("edit", "Another", edits=12), NOW)
        assert [one.outgoing.edits for one in outbox.waiting(tx, NOW, 9)] == [None, None, 12]
        outbox.sent(tx, question, 77, NOW)
        assert [one.outgoing.edits for one in outbox.waiting(tx, NOW, 9)] == [77, 12]

    await database.write(work)


async def test_later_messages_to_an_address_wait_for_the_one_to_retry(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ana, ben = person(tx, "ana"), person(tx, "ben")
        first = said(tx, ana, "a1")
        said(tx, ben, "b1")
        second = said(tx, ana, "a2")
        said(tx, ana, "a3")
        outbox.retry(tx, first, later(10))
        assert texts(tx) == ["b1"]
        assert texts(tx, 10) == ["a1", "b1", "a2", "a3"]
        outbox.retry(tx, second, later(20))
        assert texts(tx, 10) == ["a1", "b1"]
        assert texts(tx, 20, limit=2) == ["a1", "b1"]
        assert [one.attempts for one in outbox.waiting(tx, later(20), 9)] == [1, 0, 1, 0]

    await database.write(work)


async def test_nothing_is_sent_to_who_blocked_us(database: Database) -> None:
    def work(tx: Transaction) -> None:
        said(tx, person(tx, "ana"), "a1")
        respondents.mark_blocked(tx, ANA, NOW)
        assert texts(tx) == []
        assert outbox.oldest_unsent(tx) is None
        person(tx, "ana")
        assert texts(tx) == ["a1"]
        assert outbox.oldest_unsent(tx) == NOW

    await database.write(work)


async def test_what_cannot_be_sent_is_given_up_with_its_reason(database: Database) -> None:
    def work(tx: Transaction) -> None:
        outbox_id = said(tx, person(tx, "ana"), "a1")
        outbox.give_up(tx, outbox_id, "chat not found", later(1))
        outbox.give_up(tx, outbox_id, "chat not found", later(1))
        assert texts(tx) == []
        assert tx.execute("SELECT respondent_id, reason FROM undelivered").fetchall() == [("ana", "chat not found")]

    await database.write(work)


async def test_a_goodbye_is_sent_and_then_the_address_is_forgotten(database: Database) -> None:
    def work(tx: Transaction) -> None:
        outbox.say_goodbye(tx, "telegram", "42", "leaver", "Deleted.", NOW)
        (goodbye,) = outbox.waiting(tx, NOW, 9)
        assert (goodbye.address, goodbye.outgoing.text) == ("42", "Deleted.")
        outbox.sent(tx, goodbye.id, 5, NOW)
        for table in ("respondents", "contacts", "outbox"):
            assert tx.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - names from above

    await database.write(work)


async def test_who_writes_again_before_the_goodbye_is_new_and_hears_it_first(database: Database) -> None:
    def work(tx: Transaction) -> None:
        outbox.say_goodbye(tx, "telegram", "42", "leaver", "Deleted.", NOW)
        again = respondents.meet(tx, "telegram", "42", "new", NOW)
        assert again.id == "new"
        said(tx, again.id, "Hello")
        respondents.forget(tx, again.id)
        outbox.say_goodbye(tx, "telegram", "42", "leaver-2", "Deleted again.", NOW)
        assert texts(tx) == ["Deleted.", "Deleted again."]
        first, second = outbox.waiting(tx, NOW, 9)
        outbox.retry(tx, first.id, later(5))
        assert texts(tx) == []
        outbox.sent(tx, first.id, 1, NOW)
        outbox.give_up(tx, second.id, "blocked", NOW)
        assert tx.execute("SELECT count(*) FROM contacts").fetchone() == (0,)

    await database.write(work)


steps = st.lists(
    st.tuples(st.sampled_from(["put", "sent", "retry", "give_up"]), st.integers(0, 2), st.integers(1, 9)), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_messages_to_an_address_always_go_out_in_the_order_they_were_put(plan: Sequence[tuple[str, int, int]]) -> None:
    with fresh() as tx:
        people = [person(tx, name) for name in ("ana", "ben", "cleo")]
        unsent: dict[str, list[str]] = {name: [] for name in people}
        for minute, (act, who, wait) in enumerate(plan):
            name = people[who]
            if act == "put":
                unsent[name].append(f"{name}-{minute}")
                said(tx, name, f"{name}-{minute}")
            heads = {one.respondent: one for one in reversed(outbox.waiting(tx, later(minute), 99))}
            for one in heads.values():
                assert one.outgoing.text == unsent[one.respondent][0]
            if name not in heads or act == "put":
                continue
            if act == "retry":
                outbox.retry(tx, heads[name].id, later(minute + wait))
                assert name not in {one.respondent for one in outbox.waiting(tx, later(minute), 99)}
                continue
            unsent[name].pop(0)
            if act == "sent":
                outbox.sent(tx, heads[name].id, None, NOW)
            else:
                outbox.give_up(tx, heads[name].id, "gone", NOW)
        assert sorted(texts(tx, 999)) == sorted(text for waiting in unsent.values() for text in waiting)
