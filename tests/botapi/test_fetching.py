import asyncio

import aiohttp
import pytest

from tests.botapi.client import Client
from tests.botapi.faults import Faults
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi

TAKEN_OVER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def _ids(client: Client, **params: object) -> list[object]:
    return [update["update_id"] for update in (await client.call("getUpdates", **params)).records]


async def test_updates_come_again_until_a_higher_offset_acknowledges_them(client: Client, api: FakeBotApi) -> None:
    ada = Person(api, "Ada")
    for text in "abc":
        ada.say(text)
    first = await _ids(client)
    assert len(first) == 3
    assert await _ids(client, limit=2) == first[:2]
    assert await _ids(client, offset=first[1]) == first[1:]
    assert await _ids(client, offset=-1) == first[2:]
    assert await _ids(client, offset=int(str(first[2])) + 1) == []


async def test_a_poll_waits_for_the_first_update(client: Client, api: FakeBotApi) -> None:
    waiting = asyncio.create_task(_ids(client, timeout=5))
    await api.account.updates.changed.until(lambda: api.account.updates.polls == 1, 5)
    Person(api, "Ada").say("hi")
    assert len(await waiting) == 1


async def test_only_one_may_poll(client: Client, api: FakeBotApi) -> None:
    first = asyncio.create_task(client.call("getUpdates", timeout=5))
    await api.account.updates.changed.until(lambda: api.account.updates.polls == 1, 5)
    second = asyncio.create_task(client.call("getUpdates", timeout=5))
    answer = await first
    assert (answer.status, answer.description) == (409, TAKEN_OVER)
    Person(api, "Ada").say("hi")
    assert len((await second).records) == 1


async def test_a_webhook_takes_over_from_a_poll(client: Client, api: FakeBotApi) -> None:
    waiting = asyncio.create_task(client.call("getUpdates", timeout=5))
    await api.account.updates.changed.until(lambda: api.account.updates.polls == 1, 5)
    await client.call("setWebhook", url="http://127.0.0.1:1/hook")
    assert (await waiting).description == "Conflict: terminated by setWebhook request"


async def test_a_poll_that_was_given_up_takes_nothing_along(client: Client, api: FakeBotApi) -> None:
    waiting = asyncio.create_task(client.call("getUpdates", timeout=5))
    await api.account.updates.changed.until(lambda: api.account.updates.polls == 1, 5)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    Person(api, "Ada").say("hi")
    assert len(await _ids(client)) == 1


async def test_only_the_kinds_asked_for_come(client: Client, api: FakeBotApi) -> None:
    await client.call("getUpdates", allowed_updates=["callback_query"])
    ada = Person(api, "Ada")
    ada.say("hi")
    assert await _ids(client) == []
    await client.call("getUpdates", allowed_updates=[])
    ada.block()
    assert len(await _ids(client)) == 1


async def test_updates_have_the_form_that_telegram_gives_them(client: Client, api: FakeBotApi) -> None:
    ada = Person(api, "Ada", "fr", username="ada")
    said = ada.say("🎈 /start north")
    ada.edit(said.id, "later")
    updates = (await client.call("getUpdates")).records
    message = updates[0]["message"]
    assert isinstance(message, dict)
    assert message["from"] == {
        "id": ada.id,
        "is_bot": False,
        "first_name": "Ada",
        "language_code": "fr",
        "username": "ada",
    }
    assert message["entities"] == [{"type": "bot_command", "offset": 3, "length": 6}]
    edited = updates[1]["edited_message"]
    assert isinstance(edited, dict)
    assert (edited["message_id"], edited["text"]) == (1, "later")
    assert "edit_date" in edited


async def test_every_update_comes_twice_when_asked_to() -> None:
    async with FakeBotApi(faults=Faults(duplicates=1)) as api, aiohttp.ClientSession() as session:
        client, ada, seen, offset = Client(session, api), Person(api, "Ada"), list[object](), 0
        for text in "abcd":
            ada.say(text)
            seen += await _ids(client, offset=offset)
            offset = max(int(str(update_id)) for update_id in seen) + 1
    counts = [seen.count(update_id) for update_id in sorted(set(seen), key=str)]
    assert counts == [2, 2, 2, 1]
    assert api.injected == {"duplicate": 4}


@pytest.mark.parametrize("url", ["http://example.org/hook", "https://example.org:444/hook"])
async def test_a_webhook_needs_https_and_a_port_of_telegrams(client: Client, url: str) -> None:
    answer = await client.call("setWebhook", url=url)
    assert answer.description.startswith("Bad Request: bad webhook: ")
    answer = await client.call("setWebhook", url="https://example.org/hook", secret_token=" ".join(url))
    assert answer.description == "Bad Request: secret token contains unallowed characters"


async def test_no_polling_beside_a_webhook(client: Client, api: FakeBotApi) -> None:
    Person(api, "Ada").say("hi")
    await client.call("setWebhook", url="http://127.0.0.1:1/hook")
    assert (await client.call("getUpdates")).status == 409
    info = (await client.call("getWebhookInfo")).record
    assert (info["url"], info["pending_update_count"]) == ("http://127.0.0.1:1/hook", 1)
    await client.call("deleteWebhook", drop_pending_updates=True)
    assert await _ids(client) == []


async def test_a_file_is_found_and_downloaded(client: Client, api: FakeBotApi) -> None:
    Person(api, "Ada").send_document("set.yaml", b"title: x")
    message = (await client.call("getUpdates")).records[0]["message"]
    assert isinstance(message, dict)
    found = (await client.call("getFile", file_id=message["document"]["file_id"])).record
    async with client.session.get(f"{api.url}/file/bot{api.token}/{found['file_path']}") as answer:
        assert await answer.read() == b"title: x"
    answer_to_wrong = await client.call("getFile", file_id="nonsense")
    assert answer_to_wrong.description == "Bad Request: wrong file_id or the file is temporarily unavailable"
    async with client.session.get(f"{api.url}/file/bot{api.token}/documents/none") as answer:
        assert answer.status == 404
