from storage import uploads
from storage.database import Database, Transaction
from storage.uploads import Upload
from tests.storage.samples import NOW, member


async def test_files_are_fetched_in_order_and_again_until_finished(database: Database) -> None:
    def work(tx: Transaction) -> None:
        ben = member(tx, "ben")
        assert uploads.next_upload(tx) is None
        first = uploads.add(tx, ben, "file-1", "bus.yaml", 120, NOW)
        second = uploads.add(tx, ben, "file-2", "park.yaml", 80, NOW)
        assert uploads.next_upload(tx) == Upload(first, ben, "file-1", "bus.yaml", 120)
        uploads.finish(tx, first)
        uploads.finish(tx, first)
        found = uploads.next_upload(tx)
        assert found is not None
        assert found.id == second
        uploads.finish(tx, second)
        assert uploads.next_upload(tx) is None

    await database.write(work)
