import pytest

from storage import responses, review, tagging
from storage.database import Database, Transaction
from storage.errors import RuleBrokenError
from storage.ids import ConversationId
from storage.tagging import MachineTag, Tagged
from tests.storage.samples import NOW, begun, given, member, reply, tag, tagged_reply, tagger


def waiting(tx: Transaction, limit: int = 9) -> list[str]:
    return [one.text for one in tagging.untagged(tx, limit)]


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
        assert tagging.count_untagged(tx) == 4

    await database.write(work)


async def test_a_trial_is_not_tagged(database: Database) -> None:
    def work(tx: Transaction) -> None:
        responses.record(tx, begun(tx, "ana", trial=True), given(), None, NOW)
        assert waiting(tx) == []

    await database.write(work)


async def test_what_another_tagger_tagged_is_outdated_and_new_words_are_not(database: Database) -> None:
    def work(tx: Transaction) -> None:
        for name, version in (("ana", "v1"), ("ben", "v2"), ("cleo", "v3")):
            tag(tx, reply(tx, name, name), redacted=name, version=version)
        reply(tx, "dora", "dora")
        assert waiting(tx) == ["dora"]
        assert [one.redacted for one in tagging.outdated(tx, tagger("v2").version, 9)] == ["ana", "cleo"]
        assert len(tagging.outdated(tx, tagger("v4").version, 2)) == 2

    await database.write(work)


async def test_tagging_again_changes_tags_and_leaves_the_vectors(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = tagged_reply(tx, "ana", "transport", "money")
        (seen,) = tagging.outdated(tx, tagger("v2").version, 9)
        before = tx.execute("SELECT * FROM taggings").fetchall()
        tagging.note(tx, tagger("v2"), NOW)
        tagging.retag(tx, tagger("v2"), [Tagged(response_id, seen.revision, [MachineTag("climate", 0.5, 0, 4, "")])])
        assert [one.theme for one in tagging.suggestions(tx, response_id)] == ["climate"]
        assert tx.execute("SELECT * FROM taggings").fetchall() == before
        assert tagging.outdated(tx, tagger("v2").version, 9) == ()

    await database.write(work)


async def test_what_was_amended_while_it_was_tagged_again_keeps_no_old_tags(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = tagged_reply(tx, "ana", "transport")
        responses.amend(tx, ConversationId("conversation-of-ana"), given(value="Cheaper", words="Cheaper"), 7, NOW)
        tagging.retag(tx, tagger("v2"), [Tagged(response_id, 0, [MachineTag("climate", 0.5, 0, 4, "")])])
        assert tagging.suggestions(tx, response_id) == ()
        assert waiting(tx) == ["Cheaper"]

    await database.write(work)


async def test_what_is_flagged_or_failed_is_not_tagged_again(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ids = {name: tagged_reply(tx, name, "transport") for name in ("ana", "ben", "cleo")}
        tx.execute("UPDATE responses SET flags = '[\"danger\"]' WHERE id = :id", {"id": ids["ben"]})
        tagging.failed(tx, ids["cleo"], "torn", NOW, revision=0)
        assert [one.response_id for one in tagging.outdated(tx, "another", 9)] == [ids["ana"]]

    await database.write(work)


async def test_tags_take_the_place_of_earlier_ones(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = tagged_reply(tx, "ana", "transport", "money")
        assert tag(tx, response_id, "climate", redacted="[name] wants buses", version="v2")
        assert tagging.suggestions(tx, response_id) == (MachineTag("climate", 0.75, 0, 4, "says 'bus'"),)
        assert tx.execute("SELECT redacted, encoder FROM taggings").fetchall() == [("[name] wants buses", "use-3")]
        assert tx.execute("SELECT tagger, codebook_version FROM responses").fetchall() == [("tagger-v2", "v2")]
        assert waiting(tx) == []

    await database.write(work)


async def test_tags_of_words_amended_meanwhile_are_dropped(database: Database) -> None:
    def work(tx: Transaction) -> None:
        reply(tx, "ana", "Ask Ana on 0161 496 0000")
        (seen,) = tagging.untagged(tx, 9)
        responses.amend(tx, ConversationId("conversation-of-ana"), given(value="Cheaper", words="Cheaper"), 7, NOW)
        stored = tagging.store(tx, tagger(), Tagged(seen.response_id, seen.revision, []), "Ask", b"", NOW)
        assert not stored
        assert waiting(tx) == ["Cheaper"]

    await database.write(work)


async def test_tags_of_a_response_withdrawn_meanwhile_are_dropped(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = reply(tx, "ana")
        responses.withdraw(tx, ConversationId("conversation-of-ana"), given().question)
        assert not tagging.store(tx, tagger(), Tagged(response_id, 0, []), "x", b"", NOW)
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
        assert tagging.count_untagged(tx) == 0
        responses.amend(tx, ConversationId("conversation-of-ana"), given(value="Cheaper", words="Cheaper"), 7, NOW)
        assert waiting(tx) == ["Cheaper"]

    await database.write(work)


@pytest.mark.parametrize("bad", [MachineTag("t", 1.5, 0, 4, ""), MachineTag("t", 0.5, 4, 0, "")])
async def test_a_tag_that_makes_no_sense_is_refused_whole(database: Database, bad: MachineTag) -> None:
    response_id = await database.write(lambda tx: reply(tx, "ana"))
    with pytest.raises(RuleBrokenError, match="CHECK"):
        await database.write(lambda tx: tagging.store(tx, tagger(), Tagged(response_id, 0, [bad]), "x", b"", NOW))
    assert await database.read(waiting) == ["More buses"]
