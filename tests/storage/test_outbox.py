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
        assert outbox.first_shown(tx, CONVERSATION, 4) == 77
        assert outbox.first_shown(tx, CONVERSATION, 5) is None

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
        edits = []
        while heads := outbox.waiting(tx, NOW, 9):
            edits.append(heads[0].outgoing.edits)
            outbox.sent(tx, heads[0].id, 77 if heads[0].id == question else None, NOW)
        assert edits == [None, 77, 12]

    await database.write(work)


async def test_later_messages_to_an_address_wait_for_the_one_to_retry(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ana, ben = person(tx, "ana"), person(tx, "ben")
        first = said(tx, ana, "a1")
        said(tx, ben, "b1")
        said(tx, ana, "a2")
        outbox.retry(tx, first, later(10))
        assert texts(tx) == ["b1"]
        assert texts(tx, 10) == ["a1", "b1"]
        assert [one.attempts for one in outbox.waiting(tx, later(10), 9)] == [1, 0]
        outbox.sent(tx, first, None, NOW)
        assert texts(tx) == ["b1", "a2"]

    await database.write(work)


async def test_much_to_one_address_does_not_hold_up_another(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(300):
            said(tx, person(tx, "ana"), f"a{number}")
        said(tx, person(tx, "ben"), "b")
        assert texts(tx, limit=200) == ["a0", "b"]

    await database.write(work)


async def test_each_channel_has_its_own(database: Database) -> None:
    def work(tx: Transaction) -> None:
        said(tx, person(tx, "ana"), "a")
        said(tx, respondents.meet(tx, "terminal", "tty", "ben", NOW).id, "b")
        assert [one.outgoing.text for one in outbox.waiting(tx, NOW, 9, "terminal")] == ["b"]
        assert texts(tx) == ["a", "b"]

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


async def test_all_that_waits_for_somebody_can_be_given_up(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(300):
            said(tx, person(tx, "ana"), f"a{number}")
        said(tx, person(tx, "ben"), "b")
        outbox.give_up_all(tx, ANA, "blocked", NOW)
        assert texts(tx) == ["b"]
        assert tx.execute("SELECT DISTINCT respondent_id, count(*) FROM undelivered").fetchall() == [("ana", 300)]

    await database.write(work)


async def test_giving_up_a_goodbye_forgets_the_address(database: Database) -> None:
    def work(tx: Transaction) -> None:
        outbox.say_goodbye(tx, "telegram", "42", "leaver", "Deleted.", NOW)
        outbox.give_up_all(tx, RespondentId("leaver"), "blocked", NOW)
        assert tx.execute("SELECT count(*) FROM respondents").fetchone() == (0,)

    await database.write(work)


async def test_at_most_one_goodbye_waits_at_an_address(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(300):
            outbox.say_goodbye(tx, "telegram", "-42", f"leaver-{number}", "Not in groups.", NOW)
        assert tx.execute("SELECT count(*) FROM outbox").fetchone() == (1,)

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
        (goodbye,) = outbox.waiting(tx, NOW, 9)
        assert goodbye.outgoing.text == "Deleted."
        outbox.retry(tx, goodbye.id, later(5))
        assert texts(tx) == []
        outbox.sent(tx, goodbye.id, 1, NOW)
        assert texts(tx) == ["Hello"]
        assert tx.execute("SELECT respondent_id FROM contacts").fetchall() == [("new",)]

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
        assert sorted(texts(tx, 999)) == sorted(waiting[0] for waiting in unsent.values() if waiting)
