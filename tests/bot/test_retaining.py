"""The retention clock in the whole: what was said in chats goes when its time has come, by itself."""

from pathlib import Path

import pytest

from bot.retaining import EVERY, redactor, retain, would_go
from storage.database import Database
from tests.bot.test_chores import chores
from tests.bot.town import WHOLE, Town, play

SAID = "my name is Zzqxa, ring me on 0412 345 678. more buses"


@pytest.fixture
def spoken(town: Town) -> Town:
    """Somebody has said something that names them, twice."""
    ana = town.person("ana")
    play(ana, *WHOLE[:-1], SAID)
    town.deliver()
    return town


def days(town: Town) -> tuple[int, int, int]:
    deployment = town.house.deployment
    return deployment.raw_text_days, deployment.contact_days, deployment.response_days


async def test_raw_words_are_redacted_after_their_days_and_no_byte_stays(spoken: Town, path: Path) -> None:
    raw, *_ = days(spoken)
    spoken.later(days=raw + 1)
    database = await Database.open(path)
    try:
        counts = await retain(database, spoken.house.deployment, redactor("AU"), "command line", spoken.now)
        await database.purge()
    finally:
        await database.close()
    assert counts["raw words"] == 4
    assert "[phone]" in str(spoken.responses()[-1][3])
    assert "buses" in str(spoken.responses()[-1][3])
    assert all(b"0412 345 678" not in file.read_bytes() for file in path.parent.iterdir())


async def test_a_dry_run_tells_the_same_and_changes_nothing(spoken: Town, path: Path) -> None:
    spoken.later(days=4000)
    before = spoken.dump()
    database = await Database.open(path)
    try:
        told = await would_go(database, spoken.house.deployment, spoken.now)
        assert spoken.dump() == before
        done = await retain(database, spoken.house.deployment, lambda text, _: text, "command line", spoken.now)
    finally:
        await database.close()
    assert told == done
    assert told["conversations"] == 1


async def test_the_clock_runs_by_itself_once_a_day_and_leaves_proof(
    spoken: Town, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with chores(spoken, path) as once:
        await once()
        await once()
        assert spoken.rows("SELECT count(*) FROM retentions") == [(1,)]
        spoken.now += EVERY
        await once()
        assert spoken.rows("SELECT count(*) FROM retentions") == [(2,)]
        spoken.later(days=4000)
        await once()
    assert spoken.rows("SELECT count(*) FROM respondents") == [(0,)]
    assert "and gone: 7" in caplog.text
    assert all(b"Zzqxa" not in file.read_bytes() for file in path.parent.iterdir())
    assert spoken.rows("SELECT count(*) FROM audit WHERE about = 'retention'") == [(3,)]
