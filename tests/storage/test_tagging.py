import pytest

from storage import responses, review, tagging
from storage.database import Database, Transaction
from storage.errors import RuleBrokenError
from storage.ids import ConversationId
from storage.tagging import MachineTag
from tests.storage.samples import NOW, begun, given, member, reply, tag, tagged_reply


def waiting(tx: Transaction, version: str = "v1", limit: int = 9) -> list[str]:
    return [one.text for one in tagging.untagged(tx, version, limit)]


async def test_only_own_words_are_tagged(database: Database) -> None:
    def work(tx: Transaction) -> None:
        conversation_id = begun(tx, "ana")
        for response in (
            given("consent", True, "ok"),
            given("mode", "bus", "the bus I guess"),
            given("ways", ("bus", "other"), "bus or dad"),
            given("minutes", 12, "twelve"),
            given("wish", "Cheaper", "Cheaper"),
            given("wish.probe", "For teens", "For teens"),
        ):
            responses.record(tx, conversation_id, response, None, NOW)
        second = begun(tx, "ben")
        responses.record(tx, second, given("mode", "other", "By hoverboard"), None, NOW)
        responses.record(tx, second, given("ways", ("other",), None), None, NOW)
        responses.record(tx, second, given("wish", None, "dunno", "dont_know"), None, NOW)
        assert waiting(tx) == ["bus or dad", "Cheaper", "For teens", "By hoverboard"]
        assert tagging.count_untagged(tx, "v1") == 4

    await database.write(work)


async def test_a_trial_is_not_tagged(database: Database) -> None:
    def work(tx: Transaction) -> None:
        responses.record(tx, begun(tx, "ana", trial=True), given(), None, NOW)
        assert waiting(tx) == []

    await database.write(work)


async def test_new_words_come_before_those_of_another_codebook(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for name, version in (("ana", "v1"), ("ben", "v2"), ("cleo", "v3")):
            tag(tx, reply(tx, name, name), version=version)
        reply(tx, "dora", "dora")
        assert waiting(tx, "v2") == ["dora", "ana", "cleo"]
        assert waiting(tx, "v2", limit=2) == ["dora", "ana"]
        assert tagging.count_untagged(tx, "v2") == 3

    await database.write(work)


async def test_what_another_encoder_has_read_is_named_but_for_what_is_flagged_or_failed(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ids = {name: tagged_reply(tx, name, "transport") for name in ("ana", "ben", "cleo", "dora")}
        tx.execute("UPDATE responses SET flags = '[\"danger\"]' WHERE id = :id", {"id": ids["ben"]})
        tagging.failed(tx, ids["cleo"], "torn", NOW, revision=0)
        tx.execute("UPDATE taggings SET encoder = 'use-9' WHERE response_id = :id", {"id": ids["dora"]})
        assert tagging.read_by_others(tx, "use-4", 1) != tagging.read_by_others(tx, "use-4", 9)
        assert {one.response_id for one in tagging.read_by_others(tx, "use-4", 9)} == {ids["ana"], ids["dora"]}
        assert [one.response_id for one in tagging.read_by_others(tx, "use-3", 9)] == [ids["dora"]]

    await database.write(work)


async def test_finding_them_reads_no_vector(database: Database) -> None:
    def work(tx: Transaction) -> None:
        plan = tx.execute(
            "EXPLAIN QUERY PLAN SELECT response_id FROM taggings WHERE encoder < 'a' UNION ALL"
            " SELECT response_id FROM taggings WHERE encoder > 'a'"
        ).fetchall()
        assert str(plan).count("COVERING INDEX taggings_by_encoder") == 2

    await database.read(work)


async def test_tags_take_the_place_of_earlier_ones(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = tagged_reply(tx, "ana", "transport", "money")
        assert tag(tx, response_id, "climate", redacted="[name] wants buses", version="v2")
        assert tagging.suggestions(tx, response_id) == (MachineTag("climate", 0.75, 0, 4, "says 'bus'"),)
        assert tx.execute("SELECT redacted, encoder, model FROM taggings").fetchall() == [
            ("[name] wants buses", "use-3", "m1")
        ]
        assert waiting(tx, "v2") == []

    await database.write(work)


async def test_tags_of_words_amended_meanwhile_are_dropped(database: Database) -> None:
    def work(tx: Transaction) -> None:
        reply(tx, "ana", "Ask Ana on 0161 496 0000")
        (seen,) = tagging.untagged(tx, "v1", 9)
        responses.amend(tx, ConversationId("conversation-of-ana"), given(value="Cheaper", words="Cheaper"), 7, NOW)
        stored = tagging.store(tx, seen.response_id, "Ask", b"", "e", "m", "v1", [], NOW, revision=seen.revision)
        assert not stored
        assert waiting(tx) == ["Cheaper"]

    await database.write(work)


async def test_tags_of_a_response_withdrawn_meanwhile_are_dropped(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = reply(tx, "ana")
        responses.withdraw(tx, ConversationId("conversation-of-ana"), given().question)
        assert not tagging.store(tx, response_id, "x", b"", "e", "m", "v1", [], NOW, revision=0)
        tagging.failed(tx, response_id, "gone", NOW, revision=0)

    await database.write(work)


async def test_a_decision_survives_tagging_again(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id, ben = tagged_reply(tx, "ana", "transport"), member(tx, "ben")
        review.claim_next(tx, ben, NOW)
        assert review.confirm(tx, response_id, ben, NOW)
        before = tx.execute("SELECT * FROM reviews JOIN review_themes USING (response_id)").fetchall()
        assert tag(tx, response_id, "climate", version="v2")
        assert tx.execute("SELECT * FROM reviews JOIN review_themes USING (response_id)").fetchall() == before
        assert review.claim_next(tx, ben, NOW) is None

    await database.write(work)


async def test_what_failed_is_left_alone_until_it_is_amended(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = reply(tx, "ana")
        tagging.failed(tx, response_id, "first", NOW, revision=0)
        tagging.failed(tx, response_id, "second", NOW, revision=0)
        assert waiting(tx) == []
        assert tagging.count_untagged(tx, "v1") == 0
        responses.amend(tx, ConversationId("conversation-of-ana"), given(value="Cheaper", words="Cheaper"), 7, NOW)
        assert waiting(tx) == ["Cheaper"]

    await database.write(work)


@pytest.mark.parametrize("bad", [MachineTag("t", 1.5, 0, 4, ""), MachineTag("t", 0.5, 4, 0, "")])
async def test_a_tag_that_makes_no_sense_is_refused_whole(database: Database, bad: MachineTag) -> None:
    response_id = await database.write(lambda tx: reply(tx, "ana"))
    with pytest.raises(RuleBrokenError, match="CHECK"):
        await database.write(
            lambda tx: tagging.store(tx, response_id, "x", b"", "e", "m", "v1", [bad], NOW, revision=0)
        )
    assert await database.read(waiting) == ["More buses"]
