import json
from collections.abc import Sequence

from hypothesis import given as assuming
from hypothesis import settings
from hypothesis import strategies as st

from dialogues.condition import Value
from storage import responses, review, rows, tagging
from storage.database import Database, Transaction
from storage.disguises import disguises
from storage.export import _record
from storage.ids import ConversationId
from storage.rows import Row
from storage.suppression import FEW
from tests.storage.fresh import fresh
from tests.storage.samples import NOW, begun, given, later, member, reply, tag, tagged_reply


def exported(tx: Transaction, *, smallest: int = 5, pilot: bool = False) -> list[Row]:
    return list(rows.stream(tx, disguises(tx, smallest, pilot=pilot)))


def states(tx: Transaction) -> list[tuple[str, tuple[str, ...], str]]:
    return [(row.review_state, row.themes, row.coder) for row in exported(tx)]


async def test_a_tagged_response_is_a_row(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = reply(tx, "ana", "Ask Ana for buses")
        tag(tx, response_id, "transport", redacted="Ask [name] for buses")
        assert exported(tx, smallest=1) == [
            Row(
                response_id=response_id,
                conversation=1,
                dialogue="getting-around",
                version=tx.execute("SELECT hash FROM scripts").fetchone()[0],
                question="wish",
                wording="The wording of wish",
                language="en",
                site="north",
                band="",
                week="2026-11-23",
                outcome="answered",
                value=None,
                text="Ask [name] for buses",
                themes=("transport",),
                confidence=(0.75,),
                standing=("suggested",),
                coder="model m1",
                review_state="not reviewed",
            ),
        ]

    await database.write(work)


async def test_a_theme_that_the_machine_may_give_alone_is_accepted(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tag(tx, reply(tx, "ana"), "transport")
        for bar, standing in ((None, "suggested"), (0.8, "suggested"), (0.75, "accepted")):
            tx.execute("UPDATE taggers SET accepted_from = :bar", {"bar": bar})
            assert [row.standing for row in exported(tx)] == [(standing,)]

    await database.write(work)


async def test_a_row_says_how_far_its_response_is(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ana, ben = reply(tx, "ana"), member(tx, "ben")
        assert states(tx) == [("not yet tagged", (), "")]
        tagging.failed(tx, ana, "broken", NOW, revision=0)
        assert states(tx) == [("could not be tagged", (), "")]
        tag(tx, ana, "transport")
        assert states(tx) == [("not reviewed", ("transport",), "model m1")]
        review.claim_next(tx, ben, NOW)
        review.toggle(tx, ana, ben, "money", on=True)
        review.confirm(tx, ana, ben, NOW)
        assert states(tx) == [("reviewed", ("money", "transport"), "ambassador")]
        assert [row.confidence for row in exported(tx)] == [(None, 0.75)]
        assert [row.standing for row in exported(tx)] == [("confirmed", "confirmed")]
        responses.amend(tx, ConversationId("conversation-of-ana"), given(value="Cheaper", words="Cheaper"), 7, later(1))
        assert states(tx) == [("not yet tagged", (), "")]
        tag(tx, ana, "climate")
        assert states(tx) == [("reopened", ("climate",), "model m1")]

    await database.write(work)


async def test_a_decision_for_no_theme_is_an_ambassadors_too(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id, ben = tagged_reply(tx, "ana", "transport"), member(tx, "ben")
        review.claim_next(tx, ben, NOW)
        review.none_of_these(tx, response_id, ben, NOW)
        assert states(tx) == [("reviewed", (), "ambassador")]

    await database.write(work)


async def test_flagged_responses_and_trials_are_left_out(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        responses.flag(tx, ConversationId("conversation-of-ana"), given().question, ("self-harm",))
        responses.record(tx, begun(tx, "ben", trial=True), given(), None, NOW)
        assert exported(tx) == []

    await database.write(work)


async def test_the_rows_of_a_conversation_stand_together_in_the_order_of_the_disguises(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for number in range(rows.BATCH_CONVERSATIONS + 5):
            conversation = begun(tx, f"p{number}")
            responses.record(tx, conversation, given("mode", "bus", None), None, NOW)
            responses.record(tx, conversation, given("minutes", number, None), None, NOW)
        told = disguises(tx, 5)
        found = list(rows.stream(tx, told))
        assert [row.conversation for row in found[::2]] == list(range(1, len(told) + 1))
        assert [row.question for row in found] == ["mode", "minutes"] * len(told)
        assert [row.value for row in found[1::2]] != list(range(len(told)))  # not in the order of coming

    await database.write(work)


async def test_what_was_deleted_meanwhile_has_no_row(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        told = disguises(tx, 5)
        tx.execute("DELETE FROM conversations")
        assert list(rows.stream(tx, told)) == []

    await database.write(work)


async def test_a_wording_is_not_told_where_it_tells_the_language_or_the_version(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        assert [(row.wording, row.language) for row in exported(tx)] == [("", FEW)]

    await database.write(work)


SECRET = "zq7secret"  # noqa: S105 - stands for a name in a reply
values = st.one_of(
    st.sampled_from([True, 12, 3.5, "bus", ("bus", "bike"), ("bus", "other"), None, ()]),
    st.just(SECRET),
    st.just(("bus", SECRET)),
)
replies = st.lists(
    st.tuples(
        st.sampled_from(["consent", "mode", "ways", "minutes", "wish", "wish.probe", "unheard-of"]),
        values,
        st.sampled_from([None, SECRET, f"the bus and {SECRET}"]),
        st.sampled_from(["answered", "refused", "dont_know"]),
        st.booleans(),
    ),
    unique_by=lambda one: one[0],
)


@settings(max_examples=100, deadline=None)
@assuming(replies)
def test_whatever_was_given_no_raw_words_are_in_any_row(
    given_: Sequence[tuple[str, Value | None, str | None, str, bool]],
) -> None:
    with fresh() as tx:
        conversation_id = begun(tx, "ana")
        for question, value, words, outcome, tagged in given_:
            response = given(question, value, words, outcome)  # type: ignore[arg-type] # the strategy draws outcomes
            response_id = responses.record(tx, conversation_id, response, None, NOW)
            if tagged and response_id in {one.response_id for one in tagging.untagged(tx, 99)}:
                tag(tx, response_id, "transport", redacted="[name]")
        found = [json.dumps(_record(row)) for row in exported(tx)]
    assert len(found) == len(given_)
    assert SECRET not in "".join(found)
