from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.telegram.fakes import CountedDatabase


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[CountedDatabase]:
    opened = await CountedDatabase.open(tmp_path / "tuckshop.sqlite3")
    yield opened
    await opened.close()
