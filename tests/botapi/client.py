"""The plainest bot there can be: calls over HTTP, and what came back. For the fake's own tests."""

from dataclasses import dataclass

import aiohttp

from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi
from tests.botapi.world import Json


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and the body's parts."""

    status: int
    description: str
    result: object
    parameters: Json

    @property
    def record(self) -> Json:
        """The result, where it is one object."""
        assert isinstance(self.result, dict), self
        return self.result

    @property
    def records(self) -> list[Json]:
        """The result, where it is a list of objects."""
        assert isinstance(self.result, list), self
        return self.result


class Client:
    """Calls methods of the fake with JSON bodies."""

    def __init__(self, session: aiohttp.ClientSession, api: FakeBotApi) -> None:
        self.session = session
        self.api = api

    async def call(self, method: str, **params: object) -> Reply:
        """Call a method and return the answer, be it a refusal."""
        async with self.session.post(f"{self.api.url}/bot{self.api.token}/{method}", json=params) as answer:
            return reply(answer.status, await answer.json())

    async def send(self, person: Person, text: str, *rows: list[str]) -> int:
        """Send a message with buttons, whose data are their labels, and return its id."""
        keyboard = [[{"text": label, "callback_data": label} for label in row] for row in rows]
        markup = {"reply_markup": {"inline_keyboard": keyboard}} if rows else {}
        answer = await self.call("sendMessage", chat_id=person.id, text=text, **markup)
        message_id = answer.record["message_id"]
        assert isinstance(message_id, int)
        return message_id


def reply(status: int, body: Json) -> Reply:
    """Return the parts of an answer's body."""
    parameters = body.get("parameters", {})
    assert isinstance(parameters, dict)
    return Reply(status, str(body.get("description", "")), body.get("result"), parameters)


def inline(*buttons: Json) -> Json:
    """Return a keyboard of one row."""
    return {"inline_keyboard": [list(buttons)]}
