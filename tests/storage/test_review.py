from collections.abc import Sequence

from hypothesis import given as assuming
from hypothesis import settings
from hypothesis import strategies as st

from storage import responses, review
from storage.database import Database, Transaction
from storage.ids import ConversationId, MemberId, ResponseId
from storage.review import CLAIM_MINUTES
from tests.storage.fresh import fresh
from tests.storage.samples import NOW, begun, given, later, member, reply, tag, tagged_reply


def claimed(tx: Transaction, member_id: MemberId, minutes: float = 0) -> ResponseId | None:
    item = review.claim_next(tx, member_id, later(minutes))
    return None if item is None else item.response_id


async def test_a_member_sees_redacted_words_with_what_the_machine_suggests(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = reply(tx, "ana", "Ask Ana for more buses")
        tag(tx, response_id, "transport", "money", redacted="Ask [name] for more buses")
        item = review.claim_next(tx, member(tx, "ben"), NOW)
        assert item is not None
        assert (item.wording, item.redacted) == ("The wording of wish", "Ask [name] for more buses")
        assert (item.language, item.site, item.dialogue) == ("en", "north", "Getting around")
        assert [one.theme for one in item.suggestions] == ["money", "transport"]
        assert item.selected == {"money", "transport"}

    await database.write(work)


async def test_two_members_are_given_different_responses(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, cleo = member(tx, "ben"), member(tx, "cleo")
        first, second = tagged_reply(tx, "ana", "transport"), tagged_reply(tx, "dora", "transport")
        assert claimed(tx, ben) == first
        assert claimed(tx, cleo) == second
        assert claimed(tx, ben, 1) == first

    await database.write(work)


async def test_a_claim_lasts_until_another_takes_it_up_after_its_time(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, cleo = member(tx, "ben"), member(tx, "cleo")
        response_id = tagged_reply(tx, "ana", "transport")
        assert claimed(tx, ben) == response_id
        assert claimed(tx, cleo, CLAIM_MINUTES) is None
        assert claimed(tx, cleo, CLAIM_MINUTES + 1) == response_id
        assert not review.confirm(tx, response_id, ben, NOW)
        assert review.toggle(tx, response_id, ben, "money", on=True) is None
        assert not review.leave(tx, response_id, ben, NOW)
        assert review.confirm(tx, response_id, cleo, NOW)
        assert not review.none_of_these(tx, response_id, cleo, NOW)

    await database.write(work)


async def test_members_do_not_review_what_they_said_themselves(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, cleo = member(tx, "ben"), member(tx, "cleo")
        response_id = tagged_reply(tx, "ben", "transport")
        assert claimed(tx, ben) is None
        assert claimed(tx, cleo) == response_id

    await database.write(work)


async def test_only_what_was_tagged_and_counts_is_reviewed(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben = member(tx, "ben")
        reply(tx, "ana")
        responses.record(tx, begun(tx, "dora", trial=True), given(), None, NOW)
        assert claimed(tx, ben) is None
        assert review.progress(tx) == (0, 0)

    await database.write(work)


async def test_toggling_twice_the_same_way_changes_nothing_more(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, response_id = member(tx, "ben"), tagged_reply(tx, "ana", "transport")
        claimed(tx, ben)
        for _ in range(2):
            item = review.toggle(tx, response_id, ben, "money", on=True)
            assert item is not None
            assert item.selected == {"transport", "money"}
        for _ in range(2):
            item = review.toggle(tx, response_id, ben, "transport", on=False)
            assert item is not None
            assert item.selected == {"money"}
        assert review.confirm(tx, response_id, ben, NOW)
        assert tx.execute("SELECT theme FROM review_themes").fetchall() == [("money",)]

    await database.write(work)


async def test_none_of_these_is_a_decision_too(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, response_id = member(tx, "ben"), tagged_reply(tx, "ana", "transport")
        claimed(tx, ben)
        assert review.none_of_these(tx, response_id, ben, NOW)
        assert tx.execute("SELECT outcome FROM reviews").fetchall() == [("none",)]
        assert tx.execute("SELECT theme FROM review_themes").fetchall() == []
        assert review.progress(tx) == (1, 0)

    await database.write(work)


async def test_what_a_member_leaves_goes_to_others_and_not_back_to_them(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, cleo = member(tx, "ben"), member(tx, "cleo")
        response_id = tagged_reply(tx, "ana", "transport")
        assert claimed(tx, ben) == response_id
        assert review.leave(tx, response_id, ben, NOW)
        assert claimed(tx, ben) is None
        assert claimed(tx, cleo) == response_id
        assert review.progress(tx) == (0, 1)

    await database.write(work)


async def test_a_response_flagged_while_it_is_reviewed_disappears(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, response_id = member(tx, "ben"), tagged_reply(tx, "ana", "transport")
        assert claimed(tx, ben) == response_id
        responses.flag(tx, ConversationId("conversation-of-ana"), given().question, ("self-harm",))
        assert review.item(tx, response_id, ben) is None
        assert not review.confirm(tx, response_id, ben, NOW)
        assert claimed(tx, ben) is None

    await database.write(work)


acts = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["claim", "confirm", "none", "leave", "toggle"]),
        st.integers(0, 3),
        st.sampled_from([0, 1, CLAIM_MINUTES + 1]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@assuming(acts)
def test_whatever_two_members_do_no_response_is_decided_twice(plan: Sequence[tuple[int, str, int, int]]) -> None:
    with fresh() as tx:
        both = [member(tx, "ben"), member(tx, "cleo")]
        waiting = [tagged_reply(tx, name, "transport") for name in ("ana", "dora", "eva", "finn")]
        decided: dict[ResponseId, MemberId] = {}
        minutes = 0
        for who, act, which, pause in plan:
            minutes += pause
            response_id, member_id, now = waiting[which], both[who], later(minutes)
            holds = review.item(tx, response_id, member_id) is not None
            assert not (holds and review.item(tx, response_id, both[1 - who]))
            if act == "claim":
                assert claimed(tx, member_id, minutes) not in decided
            elif act == "toggle":
                assert (review.toggle(tx, response_id, member_id, "money", on=True) is not None) == holds
            elif act == "leave":
                assert review.leave(tx, response_id, member_id, now) == holds
            elif (review.confirm if act == "confirm" else review.none_of_these)(tx, response_id, member_id, now):
                assert holds
                assert response_id not in decided
                decided[response_id] = member_id
        assert dict(tx.execute("SELECT response_id, member_id FROM reviews").fetchall()) == decided
        assert review.progress(tx) == (len(decided), len(waiting) - len(decided))
