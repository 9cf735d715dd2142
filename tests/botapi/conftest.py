"""A running fake, and a bot's side of it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.botapi.client import Client
from tests.botapi.server import FakeBotApi


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as running:
        yield running


@pytest.fixture
async def client(api: FakeBotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, api)
