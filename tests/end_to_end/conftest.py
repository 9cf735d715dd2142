import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.botapi.process import Process
from tests.botapi.server import FakeBotApi

TUCKSHOP = str(Path(sys.executable).with_name("tuckshop"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "tuckshop.sqlite3"


@pytest.fixture
def bot_of(database: Path, tmp_path: Path) -> Callable[..., Process]:
    """Make the bot as a process of its own, on the fake Bot API."""

    def make(api: FakeBotApi, **settings: str) -> Process:
        own = {
            "TUCKSHOP_TELEGRAM_API": api.url,
            "TUCKSHOP_TELEGRAM_TOKEN": api.token,
            "TUCKSHOP_DATABASE": str(database),
            "TUCKSHOP_MESSAGES_PER_SECOND": "1000",
        }
        return Process(api, [TUCKSHOP, "serve"], own | settings, tmp_path)

    return make
