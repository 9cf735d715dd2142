"""Deleting removes every byte: rows, indexes, unused space in the file, and the log."""

import random
from functools import partial
from pathlib import Path

import pytest

from storage import (
    alert_words,
    alerts,
    conversations,
    deletions,
    looking,
    members,
    outbox,
    respondents,
    responses,
    review,
    tagging,
    uploads,
)
from storage.database import Database, Transaction
from storage.deletions import Deletion
from storage.ids import ConversationId, RespondentId, ResponseId
from storage.outbox import Outgoing
from storage.tagging import MachineTag, Tagged
from tests.storage.samples import NOW, begun, given, later, member, person, tagged_reply, tagger


def lived(tx: Transaction, name: str, rng: random.Random) -> None:
    """Leave a trace of `name` in every table that can hold one; each text, address and id has the name in it."""
    conversation = begun(tx, name, conversation=f"conversation-{name}")
    for question in ("wish", "wish.probe", "mode"):
        words = f"words of {name} " * rng.randint(1, 30)
        response_id = responses.record(tx, conversation, given(question, words, words), rng.randint(1, 99), NOW)
        told = MachineTag("transport", 0.5, 0, 3, f"close to {name}")
        vector = name.encode() * rng.choice((8, 60, 250))
        tagging.store(tx, tagger(), Tagged(response_id, 0, [told]), words, vector, NOW)
    amended = f"amended by {name} " * rng.randint(1, 40)
    responses.amend(tx, conversation, given("wish", amended, amended), 5, NOW)
    tagging.failed(tx, ResponseId(response_id), f"failed on {name}", NOW, revision=0)
    conversations.agree(tx, RespondentId(name), f"consent-{name}", NOW)
    outbox.put(
        tx, RespondentId(name), Outgoing("message", f"said to {name}", conversation=conversation, revision=1), NOW
    )
    outbox.give_up(tx, outbox.put(tx, RespondentId(name), Outgoing("message", name), NOW), f"no {name}", NOW)
    outbox.put(tx, person(tx, "a lead"), Outgoing("message", f"{name} wrote", quotes=RespondentId(name)), NOW)
    alert = alerts.raise_alert(tx, conversation, RespondentId(name), (f"flag-{name}",), NOW)
    alert_words.add(tx, alert, f"serious words of {name}", (response_id,), NOW)
    looking.keep(tx, RespondentId(name), f"words of {name} not looked at", "en", NOW)
    uploads.add(tx, RespondentId(name), f"file-{name}", f"{name}.yaml", 12, NOW)
    respondents.first_of_album(tx, RespondentId(name), f"album-{name}")
    members.invite(tx, "staff", f"hash-{name}", NOW, later(9))
    members.redeem(tx, f"hash-{name}", RespondentId(name), NOW)
    review.claim_next(tx, RespondentId(name), NOW)


def traces(folder: Path, name: str) -> list[str]:
    """The files that have the name in them; the hash of an invitation is the inviter's, so it may stay."""
    return [
        file.name
        for file in folder.iterdir()
        if name.encode() in file.read_bytes().replace(f"hash-{name}".encode(), b"")
    ]


@pytest.mark.parametrize("seed", [0, 1, 39])  # 39 leaves copies in unused space (SQLite 3.40) without VACUUM
async def test_after_forgetting_and_purging_no_byte_of_the_person_is_in_any_file(
    database: Database, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    names = [f"{rng.getrandbits(128):032x}" for _ in range(60)]
    for name in names:
        await database.write(partial(lived, name=name, rng=rng))
    assert traces(tmp_path, names[0])
    gone = set(rng.sample(names, 12))
    for name in sorted(gone):
        assert await database.write(partial(respondents.forget, respondent_id=RespondentId(name)))
    await database.purge()
    assert {name: traces(tmp_path, name) for name in gone} == {name: [] for name in gone}
    assert all(traces(tmp_path, name) for name in set(names) - gone)


async def test_forgetting_is_noted_until_it_was_purged(database: Database) -> None:
    await database.write(partial(person, name="ana"))
    assert not await database.purge_due()
    assert not await database.write(partial(respondents.forget, respondent_id=RespondentId("nobody")))
    assert not await database.purge_due()
    await database.write(partial(respondents.forget, respondent_id=RespondentId("ana")))
    assert await database.purge_due()
    await database.purge()
    assert not await database.purge_due()


@pytest.mark.parametrize(("address", "due"), [("42", True), ("-42", False)])
async def test_the_address_of_a_person_is_wiped_after_the_goodbye_but_not_a_groups(
    database: Database, address: str, *, due: bool
) -> None:
    def work(tx: Transaction) -> None:
        outbox.say_goodbye(tx, "telegram", address, "leaver", "Bye", NOW)
        outbox.sent(tx, outbox.waiting(tx, NOW, 1)[0].id, 5, NOW)

    await database.write(work)
    assert await database.purge_due() == due


async def test_a_stranger_met_only_now_is_forgotten_without_wiping(database: Database) -> None:
    await database.write(lambda tx: respondents.forget(tx, person(tx, "ana"), wipe=False))
    assert not await database.purge_due()


async def test_who_comes_back_is_someone_new(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        respondents.forget(tx, RespondentId("ana"))
        again = respondents.meet(tx, "telegram", "address-of-ana", "new", NOW)
        assert again.id == "new"
        assert conversations.current(tx, again.id) is None

    await database.write(work)


async def test_a_forgotten_member_leaves_decisions_without_saying_whose(database: Database) -> None:
    def work(tx: Transaction) -> None:
        response_id = tagged_reply(tx, "ana", "transport")
        ben = member(tx, "ben")
        assert review.claim_next(tx, ben, NOW)
        assert review.confirm(tx, response_id, ben, NOW)
        respondents.forget(tx, ben)
        assert review.progress(tx) == (1, 0)
        assert tx.execute("SELECT member_id, outcome FROM reviews").fetchall() == [(None, "themes")]

    await database.write(work)


async def test_a_forgotten_member_frees_what_they_were_reviewing(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        ben, cleo = member(tx, "ben"), member(tx, "cleo")
        assert review.claim_next(tx, ben, NOW)
        assert review.claim_next(tx, cleo, NOW) is None
        respondents.forget(tx, ben)
        assert review.claim_next(tx, cleo, NOW)

    await database.write(work)


async def test_what_others_gave_stays(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        tagged_reply(tx, "ben", "transport")
        respondents.forget(tx, RespondentId("ana"))
        assert conversations.load(tx, ConversationId("conversation-of-ben")).respondent == "ben"
        assert tx.execute("SELECT count(*) FROM tags").fetchone() == (1,)

    await database.write(work)


async def test_a_receipt_says_when_the_bytes_are_gone_and_not_before_the_goodbye_went_out(database: Database) -> None:
    def delete(tx: Transaction) -> None:
        person(tx, "ana")
        respondents.forget(tx, RespondentId("ana"))
        deletions.record(tx, "1234", NOW)
        outbox.say_goodbye(tx, "telegram", "address-of-ana", "leaver", "Bye", NOW)

    await database.write(delete)
    await database.purge()
    assert await database.read(lambda tx: deletions.find(tx, "1234")) == Deletion("1234", NOW.date(), wiped=False)
    await database.write(lambda tx: outbox.sent(tx, outbox.waiting(tx, NOW, 1)[0].id, 5, NOW))
    await database.purge()
    assert await database.read(lambda tx: deletions.find(tx, "1234")) == Deletion("1234", NOW.date(), wiped=True)
    assert await database.read(lambda tx: deletions.find(tx, "12345")) is None


async def test_a_group_that_waits_for_its_goodbye_holds_up_no_receipt(database: Database) -> None:
    def delete(tx: Transaction) -> None:
        respondents.forget(tx, person(tx, "ana"))
        deletions.record(tx, "1234", NOW)
        outbox.say_goodbye(tx, "telegram", "-42", "group", "Bye", NOW)

    await database.write(delete)
    await database.purge()
    assert await database.read(lambda tx: deletions.find(tx, "1234")) == Deletion("1234", NOW.date(), wiped=True)
