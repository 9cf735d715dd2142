from dataclasses import replace

import pytest

from dialogues.script import ScriptHash, script_hash
from storage import scripts
from storage.database import Database, Transaction
from tests.storage.samples import NOW, SCRIPT, later, text

OTHER = replace(SCRIPT, dialogue="hang-out")
CHANGED = replace(SCRIPT, thanks=text("Thank you"))


async def test_a_version_is_stored_once_and_comes_back_the_same(database: Database) -> None:
    def work(tx: Transaction) -> None:
        name = scripts.store(tx, SCRIPT, "first file", None, NOW)
        assert name == script_hash(SCRIPT)
        assert scripts.store(tx, SCRIPT, "same content, other comments", None, later(1)) == name
        assert scripts.load(tx, name) == SCRIPT
        assert tx.execute("SELECT source FROM scripts").fetchall() == [("first file",)]

    await database.write(work)


async def test_a_version_that_was_never_stored_is_a_key_error(database: Database) -> None:
    with pytest.raises(KeyError):
        await database.read(lambda tx: scripts.load(tx, ScriptHash("0" * 16)))


async def test_the_latest_release_of_each_dialogue_is_live_in_order_of_the_first(database: Database) -> None:
    def work(tx: Transaction) -> None:
        assert not scripts.has_releases(tx)
        old, other, new = (scripts.store(tx, script, "", None, NOW) for script in (SCRIPT, OTHER, CHANGED))
        for name in (old, other, new):
            scripts.release(tx, name, None, NOW)
        assert [(live.hash, live.dialogue) for live in scripts.live(tx)] == [
            (new, "getting-around"),
            (other, "hang-out"),
        ]
        assert scripts.live(tx)[0].script == CHANGED
        scripts.release(tx, old, None, later(1))
        assert [live.hash for live in scripts.live(tx)] == [old, other]
        assert scripts.has_releases(tx)

    await database.write(work)
