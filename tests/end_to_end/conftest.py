import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.botapi.process import Process
from tests.botapi.server import FakeBotApi
from tests.end_to_end.bookkeeping import settings_for

TUCKSHOP = str(Path(sys.executable).with_name("tuckshop"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "tuckshop.sqlite3"


@pytest.fixture
def bot_of(database: Path, tmp_path: Path) -> Callable[..., Process]:
    """Make the bot as a process of its own, on the fake Bot API."""

    def make(api: FakeBotApi, **settings: str) -> Process:
        return Process(api, [TUCKSHOP, "serve"], settings_for(api, database) | settings, tmp_path)

    return make
