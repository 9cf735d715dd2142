import pytest

from storage import members, outbox, review, uploads
from storage.database import Database, Transaction
from storage.errors import RuleBrokenError
from storage.ids import RespondentId
from storage.outbox import Outgoing
from tests.storage.samples import NOW, later, member, person, tagged_reply

ANA, BEN = RespondentId("ana"), RespondentId("ben")


async def test_an_invitation_makes_one_member_once(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        person(tx, "ben")
        members.invite(tx, "staff", "hash", NOW, later(60))
        assert members.redeem(tx, "other-hash", ANA, NOW) is None
        assert members.redeem(tx, "hash", ANA, NOW) == "staff"
        assert members.redeem(tx, "hash", BEN, NOW) is None
        assert [(one.id, one.role) for one in members.members(tx)] == [(ANA, "staff")]

    await database.write(work)


async def test_an_expired_invitation_makes_nobody_a_member(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        members.invite(tx, "ambassador", "hash", NOW, later(60))
        assert members.redeem(tx, "hash", ANA, later(60)) is None
        assert members.redeem(tx, "hash", ANA, later(59.9)) == "ambassador"

    await database.write(work)


async def test_an_invitation_never_lowers_a_role(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        person(tx, "ben")
        members.invite(tx, "lead", "hash-1", NOW, later(60))
        members.invite(tx, "ambassador", "hash-2", NOW, later(60))
        assert members.redeem(tx, "hash-1", ANA, NOW) == "lead"
        assert members.redeem(tx, "hash-2", ANA, NOW) == "lead"
        assert members.redeem(tx, "hash-2", BEN, NOW) == "ambassador"
        assert [one.id for one in members.members(tx, "lead")] == [ANA]
        assert [one.id for one in members.members(tx, "ambassador")] == [BEN]
        assert members.members(tx, "staff") == ()

    await database.write(work)


async def test_who_is_removed_is_a_respondent_again_and_frees_their_claim(database: Database) -> None:
    def work(tx: Transaction) -> None:
        tagged_reply(tx, "ana", "transport")
        ben, cleo = member(tx, "ben"), member(tx, "cleo")
        assert review.claim_next(tx, ben, NOW)
        members.remove(tx, ben, later(1))
        assert [one.id for one in members.members(tx)] == [cleo]
        assert review.claim_next(tx, cleo, NOW)

    await database.write(work)


async def test_a_role_that_does_not_exist_is_refused(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ana")
        tx.execute("UPDATE respondents SET role = 'boss'")

    with pytest.raises(RuleBrokenError, match="CHECK"):
        await database.write(work)


async def test_the_roll_says_who_has_which_role_since_when(database: Database) -> None:
    def work(tx: Transaction) -> None:
        person(tx, "ben")
        ana = member(tx, "ana")
        assert members.roll(tx) == (members.Member(ana, "member 1", "ambassador", NOW),)
        members.remove(tx, ana, later(1))
        assert members.roll(tx) == ()

    await database.write(work)


async def test_what_waits_for_somebody_as_a_member_goes_with_the_role_and_the_rest_stays(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben, cleo = member(tx, "ben"), member(tx, "cleo")
        for person_id in (ben, cleo):
            outbox.put(tx, person_id, Outgoing("export", "tagged.csv", members_only=True), NOW)
            outbox.put(tx, person_id, Outgoing("message", "A help line"), NOW)
            uploads.add(tx, person_id, "file", "set.yaml", 12, NOW)
        members.remove(tx, ben, later(1))
        waiting = {one.respondent: one.outgoing.kind for one in outbox.waiting(tx, later(2), 9)}
        assert waiting == {ben: "message", cleo: "export"}
        left = uploads.next_upload(tx)
        assert left is not None
        assert left.respondent == cleo

    await database.write(work)
