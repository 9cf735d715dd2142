import pytest

from nlp.review_order import Reason
from storage import codebooks, ranking, responses, review
from storage.database import Database, Transaction
from storage.ids import ConversationId, MemberId, ResponseId
from storage.ranking import RANDOM_SHARE
from storage.review import Quality
from tests.storage.samples import NOW, given, later, member, tag, tagged_reply


def draw(tx: Transaction, response_id: ResponseId, number: float) -> None:
    tx.execute("UPDATE responses SET draw = ? WHERE id = ?", (number, response_id))


def next_of(tx: Transaction, member_id: MemberId, minutes: float = 0) -> ResponseId | None:
    item = review.claim_next(tx, member_id, later(minutes))
    return None if item is None else item.response_id


async def test_the_queue_comes_first_and_then_the_oldest(database: Database) -> None:
    def work(tx: Transaction) -> None:
        old, new, newest = [tagged_reply(tx, name, "transport") for name in ("ana", "dora", "eva")]
        ranking.rank(tx, [(newest, "doubt"), (new, "cover")])
        assert [next_of(tx, member(tx, name)) for name in ("ben", "cleo", "finn", "gus")] == [newest, new, old, None]

    await database.write(work)


async def test_a_new_order_takes_the_place_of_the_old(database: Database) -> None:
    def work(tx: Transaction) -> None:
        first, second = tagged_reply(tx, "ana", "transport"), tagged_reply(tx, "dora", "transport")
        ranking.rank(tx, [(second, "cover"), (ResponseId(999), "cover")])
        ranking.rank(tx, [(first, "cover"), (second, "cover")])
        assert next_of(tx, member(tx, "ben")) == first

    await database.write(work)


async def test_the_queue_never_shows_what_may_not_be_reviewed(database: Database) -> None:
    def work(tx: Transaction) -> None:
        own, flagged, amended = [tagged_reply(tx, name, "transport") for name in ("ben", "dora", "eva")]
        ranking.rank(tx, [(own, "cover"), (flagged, "cover"), (amended, "random")])
        responses.flag(tx, ConversationId("conversation-of-dora"), given().question, ("self-harm",))
        responses.amend(tx, ConversationId("conversation-of-eva"), given(words="Bikes"), 9, NOW)
        ben = member(tx, "ben")
        assert next_of(tx, ben) is None
        assert tag(tx, amended, "money")
        assert next_of(tx, ben) == amended
        assert tx.execute("SELECT drawn FROM claims").fetchall() == [(None,)]

    await database.write(work)


async def test_what_is_drawn_to_measure_is_never_picked_for_what_it_says(database: Database) -> None:
    def work(tx: Transaction) -> None:
        waiting = [tagged_reply(tx, name, "transport") for name in ("ana", "dora", "eva", "finn")]
        for response_id, number in zip(waiting, (0.9, 0.1, RANDOM_SHARE, 0.05), strict=True):
            draw(tx, response_id, number)
        assert [one.response_id for one in ranking.candidates(tx, "use-3", 9)] == [waiting[2], waiting[0]]
        assert ranking.candidates(tx, "another", 9) == []
        assert ranking.drawn(tx, 9) == [waiting[3], waiting[1]]
        assert ranking.drawn(tx, 1) == [waiting[3]]

    await database.write(work)


async def test_every_reply_has_a_number_of_its_own(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for name in range(400):
            tagged_reply(tx, f"person-{name}", "transport")
        numbers = [number for (number,) in tx.execute("SELECT draw FROM responses")]
        assert len(set(numbers)) == len(numbers)
        assert all(0 <= number < 1 for number in numbers)
        assert 40 < sum(number < RANDOM_SHARE for number in numbers) < 130

    await database.write(work)


@pytest.mark.parametrize(("reason", "counted"), [("cover", 0), ("doubt", 0), ("random", 1)])
async def test_only_what_was_drawn_measures_the_machine(database: Database, reason: Reason, counted: int) -> None:
    def work(tx: Transaction) -> None:
        activated(tx)
        ranking.rank(tx, [(tagged_reply(tx, "ana", "transport", "money"), reason)])
        ben = member(tx, "ben")
        response_id = next_of(tx, ben)
        assert response_id is not None
        for theme, on in (("transport", True), ("money", False), ("school", True)):
            review.toggle(tx, response_id, ben, theme, on)
        assert review.random_decisions(tx) == ([], 0)
        assert review.confirm(tx, response_id, ben, NOW)
        said = [(0.75, False), (0.75, True)]
        assert review.random_decisions(tx) == (said[: 2 * counted], counted)
        assert ranking.decided_counts(tx) == {"transport": 1, "school": 1}

    await database.write(work)


async def test_what_the_machine_says_afterwards_does_not_measure_it(database: Database) -> None:
    def work(tx: Transaction) -> None:
        activated(tx)
        response_id = tagged_reply(tx, "ana", "money")
        ranking.rank(tx, [(response_id, "random")])
        ben = member(tx, "ben")
        assert next_of(tx, ben) == response_id
        assert review.none_of_these(tx, response_id, ben, NOW)
        assert tag(tx, response_id)
        assert review.random_decisions(tx) == ([(0.75, False)], 1)

    await database.write(work)


async def test_new_words_end_what_was_measured_on_the_old(database: Database) -> None:
    def work(tx: Transaction) -> None:
        activated(tx)
        response_id, ben = tagged_reply(tx, "ana", "money"), member(tx, "ben")
        ranking.rank(tx, [(response_id, "random")])
        draw(tx, response_id, 0)
        next_of(tx, ben)
        review.confirm(tx, response_id, ben, NOW)
        responses.amend(tx, ConversationId("conversation-of-ana"), given(words="Bikes"), 9, NOW)
        assert tag(tx, response_id, "transport")
        assert ranking.drawn(tx, 9) == []
        assert next_of(tx, ben) == response_id
        assert review.confirm(tx, response_id, ben, NOW)
        assert review.random_decisions(tx) == ([], 0)

    await database.write(work)


async def test_another_codebook_is_measured_anew(database: Database) -> None:
    def work(tx: Transaction) -> None:
        activated(tx)
        response_id, ben = tagged_reply(tx, "ana", "money"), member(tx, "ben")
        ranking.rank(tx, [(response_id, "random")])
        next_of(tx, ben)
        review.toggle(tx, response_id, ben, "money", on=True)
        review.confirm(tx, response_id, ben, NOW)
        assert review.random_decisions(tx) == ([(0.75, True)], 1)
        activated(tx, "v2")
        assert review.random_decisions(tx) == ([], 0)

    await database.write(work)


def activated(tx: Transaction, version: str = "v1") -> None:
    codebooks.store(tx, "town", version, "{}", NOW)
    codebooks.activate(tx, version, NOW)


async def test_decisions_are_there_to_learn_from_with_their_vectors(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben = member(tx, "ben")
        first, second, third = [tagged_reply(tx, name, "transport", "money") for name in ("ana", "dora", "eva")]
        assert next_of(tx, ben) == first
        assert review.confirm(tx, first, ben, NOW)
        assert next_of(tx, ben) == second
        assert review.none_of_these(tx, second, ben, NOW)
        found = review.decisions(tx)
        assert [(one.response_id, one.themes) for one in found] == [
            (first, {"transport", "money"}),
            (second, frozenset()),
        ]
        assert (found[0].redacted, found[0].vector, found[0].encoder, found[0].language) == (
            "More buses",
            b"\x00" * 8,
            "use-3",
            "en",
        )
        responses.flag(tx, ConversationId("conversation-of-ana"), given().question, ("self-harm",))
        responses.withdraw(tx, ConversationId("conversation-of-dora"), given().question)
        assert review.decisions(tx) == []
        assert next_of(tx, ben) == third

    await database.write(work)


async def test_a_reply_drawn_to_measure_shows_nothing_of_the_machine(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ranking.rank(tx, [(tagged_reply(tx, "ana", "money"), "random")])
        item = review.claim_next(tx, member(tx, "ben"), NOW)
        assert item is not None
        assert (item.is_measured, item.suggestions, item.selected) == (True, (), frozenset())

    await database.write(work)


async def test_a_decision_that_is_changed_measures_what_was_said_before_the_first(database: Database) -> None:
    def work(tx: Transaction) -> None:
        activated(tx)
        response_id, ben, cleo = tagged_reply(tx, "ana", "money"), member(tx, "ben"), member(tx, "cleo")
        ranking.rank(tx, [(response_id, "random")])
        next_of(tx, ben)
        review.none_of_these(tx, response_id, ben, NOW)
        assert tag(tx, response_id, "transport")
        assert review.reopen(tx, response_id, cleo, NOW) is None
        again = review.reopen(tx, response_id, ben, NOW)
        assert again is not None
        assert (again.is_measured, again.suggestions, again.selected) == (True, (), frozenset())
        assert review.random_decisions(tx) == ([], 0)
        review.toggle(tx, response_id, ben, "money", on=True)
        assert review.confirm(tx, response_id, ben, NOW)
        assert review.random_decisions(tx) == ([(0.75, True)], 1)

    await database.write(work)


async def test_how_good_the_machine_is_is_told_from_enough_replies_on(database: Database) -> None:
    def decide(tx: Transaction, number: int, ben: MemberId) -> None:
        response_id = tagged_reply(tx, f"person-{number}", "money")
        ranking.rank(tx, [(response_id, "random")])
        assert next_of(tx, ben) == response_id
        review.toggle(tx, response_id, ben, "money", on=number % 5 > 0)
        review.toggle(tx, response_id, ben, "school", on=number % 5 == 0)
        assert review.confirm(tx, response_id, ben, NOW)

    def work(tx: Transaction) -> None:
        activated(tx)
        ben = member(tx, "ben")
        for number in range(review.FEWEST_REVIEWS - 1):
            decide(tx, number, ben)
        assert review.quality(tx) == Quality(review.FEWEST_REVIEWS - 1, None, None)
        decide(tx, review.FEWEST_REVIEWS - 1, ben)
        assert review.quality(tx) == Quality(review.FEWEST_REVIEWS, 0.8, 0.8)

    await database.write(work)


async def test_replies_whose_tags_are_all_accepted_are_left_for_later(database: Database) -> None:
    def work(tx: Transaction) -> None:
        accepted, bare = tagged_reply(tx, "ana", "money"), tagged_reply(tx, "dora")
        for response_id in (accepted, bare):
            draw(tx, response_id, 0.9)
        assert [one.response_id for one in ranking.candidates(tx, "use-3", 9)] == [accepted, bare]
        tx.execute("UPDATE taggers SET accepted_from = 0.75")
        assert [one.response_id for one in ranking.candidates(tx, "use-3", 9)] == [bare]

    await database.write(work)


def effort(tx: Transaction, member_id: MemberId) -> int:
    """How many tens of SQLite's own steps it takes to find the next reply."""
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    tx.set_progress_handler(tick, 10)
    review.claim_next(tx, member_id, NOW)
    tx.set_progress_handler(None, 0)
    return ticks


async def test_the_next_reply_is_found_in_the_queue_however_many_wait(database: Database) -> None:
    def work(tx: Transaction) -> tuple[int, int]:
        first, *_ = [tagged_reply(tx, f"person {number}", "transport") for number in range(5)]
        ranking.rank(tx, [(first, "doubt")])
        few = effort(tx, member(tx, "ben"))
        for number in range(5, 200):
            tagged_reply(tx, f"person {number}", "transport")
        tx.execute("DELETE FROM claims")
        return few, effort(tx, member(tx, "cleo"))

    few, many = await database.write(work)
    assert many < 2 * few
