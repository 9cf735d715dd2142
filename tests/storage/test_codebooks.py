import pytest

from storage import codebooks, tagging
from storage.database import Database, Transaction
from storage.errors import RuleBrokenError
from tests.storage.samples import NOW, reply


async def test_the_version_activated_last_is_active(database: Database) -> None:
    def work(tx: Transaction) -> None:
        assert codebooks.active(tx) is None
        codebooks.store(tx, "youth", "v1", '{"n": 1}', NOW)
        codebooks.store(tx, "youth", "v1", '{"n": 9}', NOW)
        codebooks.store(tx, "youth", "v2", '{"n": 2}', NOW)
        assert codebooks.active(tx) is None
        for version in ("v1", "v2", "v1", "v1"):
            codebooks.activate(tx, version, NOW)
        assert codebooks.active(tx) == ("v1", '{"n": 1}')
        assert tx.execute("SELECT count(*) FROM activations").fetchone() == (3,)

    await database.write(work)


async def test_only_a_stored_version_can_be_activated(database: Database) -> None:
    with pytest.raises(RuleBrokenError, match="FOREIGN KEY"):
        await database.write(lambda tx: codebooks.activate(tx, "v1", NOW))


async def test_another_codebook_gives_what_failed_a_new_try(database: Database) -> None:
    def work(tx: Transaction) -> None:
        codebooks.store(tx, "youth", "v1", "{}", NOW)
        tagging.failed(tx, reply(tx, "ana"), "too long", NOW, revision=0)
        assert tagging.untagged(tx, 9) == ()
        codebooks.activate(tx, "v1", NOW)
        assert len(tagging.untagged(tx, 9)) == 1

    await database.write(work)
