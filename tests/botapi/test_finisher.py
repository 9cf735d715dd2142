import asyncio

import pytest

from tests.botapi.client import Client
from tests.botapi.finisher import REPLIES, Finisher
from tests.botapi.people import Unheard
from tests.botapi.server import FakeBotApi


@pytest.fixture
def ada(api: FakeBotApi) -> Finisher:
    person = Finisher(api, "Ada", seed=1, ended=lambda screen: screen.text == "Thanks")
    person.say("/start")
    return person


async def _react(client: Client, ada: Finisher, text: str, *labels: str) -> str:
    """Wait for a tap, show these buttons in its place, and return what was tapped."""
    assert await ada.chat.changed.until(lambda: bool(ada.chat.taps), 5)
    query = ada.chat.taps[0]
    keyboard = {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}
    where = {"chat_id": ada.id, "message_id": query.message.id}
    await client.call("editMessageText", text=text, reply_markup=keyboard, **where)
    await client.call("answerCallbackQuery", callback_query_id=query.id)
    return query.data.strip("✓ ")


async def test_it_presses_each_option_once_ticked_or_not_but_does_not_skip(client: Client, ada: Finisher) -> None:
    await client.send(ada, "Which?", ["Bus", "Tram", "Done", "Skip"])
    tapped = []
    for labels in (("✓ Bus", "✓ Tram", "Done", "Skip"), ("Bus", "✓ Tram", "✓ Done", "Skip"), ("Skip",)):
        step = asyncio.create_task(ada.step())
        tapped.append(await _react(client, ada, "Which?", *labels))
        await step
    assert sorted(tapped) == ["Bus", "Done", "Tram"]
    assert [(one.shown_question_text, one.kind) for one in ada.sent] == [("Which?", "tap")] * 3


async def test_it_types_where_there_is_nothing_sensible_to_tap(client: Client, ada: Finisher) -> None:
    await client.send(ada, "Why?", ["Skip"])
    finishing = asyncio.create_task(ada.finish(begin=""))
    assert await ada.chat.changed.until(lambda: bool(ada.sent), 5)
    await client.send(ada, "Thanks")
    assert await finishing
    assert ada.sent[0].text in REPLIES
    assert (ada.sent[0].shown_question_text, ada.sent[0].unanswered) == ("Why?", 0)


async def test_it_says_when_there_is_nothing_to_answer(ada: Finisher) -> None:
    with pytest.raises(Unheard, match="nothing to answer"):
        await ada.step()
