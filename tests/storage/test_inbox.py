from storage.database import Database, Transaction
from storage.inbox import forget_before, is_new
from tests.storage.samples import NOW, later


async def test_an_update_is_new_once_for_each_channel(database: Database) -> None:
    def work(tx: Transaction) -> None:
        assert is_new(tx, "telegram", 1, NOW)
        assert not is_new(tx, "telegram", 1, later(5))
        assert is_new(tx, "web", 1, NOW)
        assert is_new(tx, "telegram", 2**40, NOW)

    await database.write(work)


async def test_an_update_is_forgotten_only_when_it_is_old(database: Database) -> None:
    def work(tx: Transaction) -> None:
        is_new(tx, "telegram", 1, NOW)
        is_new(tx, "telegram", 2, later(10))
        assert forget_before(tx, later(5)) == 1
        assert is_new(tx, "telegram", 1, later(10))
        assert not is_new(tx, "telegram", 2, later(10))

    await database.write(work)
