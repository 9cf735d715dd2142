import aiohttp
import pytest

from tests.botapi.client import Client, reply
from tests.botapi.faults import Faults
from tests.botapi.limits import Limits, Rate
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi


async def test_the_same_call_comes_by_query_form_multipart_or_json(client: Client, api: FakeBotApi) -> None:
    ada = Person(api, "Ada")
    ada.say("/start")
    url = f"{api.url}/bot{api.token}/SENDmessage"
    values = {"chat_id": str(ada.id), "reply_markup": '{"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}'}
    parts = aiohttp.FormData(values | {"text": "by multipart"}, default_to_multipart=True)
    async with client.session.get(url, params=values | {"text": "by query"}):
        pass
    async with client.session.post(url, data=values | {"text": "by form"}):
        pass
    async with client.session.post(url, data=parts):
        pass
    await client.call("sendMessage", text="by JSON", **values)
    assert [m.body.text for m in ada.screen().keyboards] == ["by query", "by form", "by multipart", "by JSON"]


async def test_wrong_tokens_and_methods_are_refused(client: Client, api: FakeBotApi) -> None:
    async with client.session.get(f"{api.url}/bot1:wrong/getMe") as answer:
        assert reply(answer.status, await answer.json()).description == "Unauthorized"
        assert answer.status == 401
    unknown = await client.call("sendTelepathy")
    assert (unknown.status, unknown.description) == (404, "Not Found: method not found")
    async with client.session.post(f"{api.url}/bot{api.token}/getMe", data="{", headers=JSON) as answer:
        assert answer.status == 400
    assert [refusal.status for refusal in api.refusals] == [401, 404]


JSON = {"Content-Type": "application/json"}


async def test_a_document_is_sent_with_its_caption_and_kept(client: Client, api: FakeBotApi) -> None:
    ada = Person(api, "Ada")
    ada.say("/export")
    assert await _send_file(client, ada, b"a,b", "x" * 1024) == (200, "")
    assert await _send_file(client, ada, b"a,b", "x" * 1025) == (400, "Bad Request: message caption is too long")
    assert await _send_file(client, ada, b"", "") == (400, "Bad Request: file must be non-empty")
    missing = await client.call("sendDocument", chat_id=ada.id)
    assert missing.description == "Bad Request: there is no document in the request"
    again = await client.call("sendDocument", chat_id=ada.id, document="file-0")
    assert again.status == 200
    assert [stored.content for stored in api.world.files.values()] == [b"a,b"]
    assert f"Bot #2: <document tagged.csv> {'x' * 1024}" in ada.transcript()


async def _send_file(client: Client, person: Person, content: bytes, caption: str) -> tuple[int, str]:
    form = aiohttp.FormData({"chat_id": str(person.id), "caption": caption, "document": "attach://it"})
    form.add_field("it", content, filename="tagged.csv", content_type="text/csv")
    async with client.session.post(f"{client.api.url}/bot{client.api.token}/sendDocument", data=form) as answer:
        return answer.status, reply(answer.status, await answer.json()).description


@pytest.mark.parametrize(
    ("faults", "carried_out"),
    [
        (Faults(errors_before=1), False),
        (Faults(errors_after=1), True),
        (Faults(cuts_before=1), False),
        (Faults(cuts_after=1), True),
        (Faults(throttled=1, retry_after_s=7), False),
    ],
)
async def test_faults_come_before_or_after_the_call_is_carried_out(
    client: Client, api: FakeBotApi, faults: Faults, carried_out: bool
) -> None:
    ada = Person(api, "Ada")
    ada.say("/start")
    api.faults = faults
    url, params = f"{api.url}/bot{api.token}/sendMessage", {"chat_id": str(ada.id), "text": "Hi"}
    for _ in range(2):
        try:
            async with client.session.post(url, data=params) as answer:
                assert answer.status in {500, 502, 429}
        except aiohttp.ClientError:
            assert faults.cuts_before + faults.cuts_after == 1
    assert (len(ada.screen().messages) == 3) is carried_out
    assert api.injected.total() == 2
    assert api.refusals == []


async def test_a_throttled_call_is_told_when_to_come_back(client: Client, api: FakeBotApi) -> None:
    api.faults = Faults(throttled=1, retry_after_s=7)
    answer = await client.call("getMe")
    assert (answer.status, answer.description) == (429, "Too Many Requests: retry after 7")
    assert answer.parameters == {"retry_after": 7}


async def test_a_delayed_call_is_carried_out_all_the_same(client: Client, api: FakeBotApi) -> None:
    api.faults = Faults(delays=1, delay_s=0.01)
    assert (await client.call("getMe")).record["username"] == "tuckshop_bot"
    assert api.injected == {"delay": 1}


async def test_rates_are_kept_on_the_clock_given() -> None:
    now = [1000.0]
    limits = Limits(overall=Rate(3, 1), per_chat=Rate(1, 1))
    async with FakeBotApi(limits=limits, clock=lambda: now[0]) as api, aiohttp.ClientSession() as session:
        client, people = Client(session, api), [Person(api, name) for name in "ABCD"]
        for person in people:
            person.say("hi")
        first = [await client.call("sendMessage", chat_id=person.id, text="hi") for person in people]
        assert [answer.status for answer in first] == [200, 200, 200, 429]
        assert first[3].parameters == {"retry_after": 1}
        now[0] += 1
        assert (await client.call("sendMessage", chat_id=people[3].id, text="hi")).status == 200
        assert (await client.call("sendMessage", chat_id=people[3].id, text="hi")).status == 429
    assert [refusal.parameters for refusal in api.refusals] == [{"retry_after": 1}] * 2


async def test_the_profile_is_kept_by_scope_and_language(client: Client, api: FakeBotApi) -> None:
    commands = [{"command": "skip", "description": "Skip"}]
    await client.call("setMyCommands", commands=commands)
    await client.call("setMyCommands", commands=[{"command": "weiter", "description": "x"}], language_code="de")
    assert Person(api, "Ada").commands == ("skip",)
    assert Person(api, "Kai", "de").commands == ("weiter",)
    assert (await client.call("getMyCommands")).result == commands
    await client.call("setMyDescription", description="What it is")
    assert (await client.call("getMyDescription", language_code="de")).result == {"description": "What it is"}
    assert (await client.call("setMyDescription", description="x" * 513)).status == 400
    bad = await client.call("setMyCommands", commands=[{"command": "Bad Name", "description": "x"}])
    assert bad.description == "Bad Request: BOT_COMMAND_INVALID"
