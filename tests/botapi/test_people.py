import pytest

from tests.botapi.client import Client
from tests.botapi.people import Person, Unheard
from tests.botapi.server import FakeBotApi

STORY = """\
Ada #1: /start
Bot #2: How do you
    get there?
    [Bus] [Tram]
    [On foot]
Ada taps [Tram] on #2
Bot notes: Saved
Bot edits #2: How do you get there? Tram
Ada #3: <photo> look
Ada #4: I mean the bsu
Ada edits #4: I mean the bus
Bot deletes #2
Ada has blocked the bot
Ada has unblocked the bot"""


@pytest.fixture
def ada(api: FakeBotApi) -> Person:
    return Person(api, "Ada")


async def test_a_transcript_tells_who_did_what(client: Client, api: FakeBotApi, ada: Person) -> None:
    ada.say("/start")
    await client.send(ada, "How do you\nget there?", ["Bus", "Tram"], ["On foot"])
    query = ada.tap("Tram")
    await client.call("answerCallbackQuery", callback_query_id=query.id, text="Saved")
    await client.call("editMessageText", chat_id=ada.id, message_id=2, text="How do you get there? Tram")
    ada.send_media("photo", caption="look")
    ada.edit(ada.say("I mean the bsu").id, "I mean the bus")
    await client.call("deleteMessage", chat_id=ada.id, message_id=2)
    ada.block()
    ada.unblock()
    assert api.transcript(ada.id) == STORY


async def test_only_buttons_that_are_there_can_be_tapped(client: Client, ada: Person) -> None:
    ada.say("/start")
    await client.send(ada, "How?", ["Bus", "Bus or tram"])
    await client.send(ada, "Where?", ["North"])
    assert ada.tap("Bus").data == "Bus"
    assert ada.tap("tram").data == "Bus or tram"
    assert ada.tap("North", 3).message.id == 3
    with pytest.raises(ValueError, match=r"no button 'Bus'; there are \[North\]"):
        ada.tap("Bus", 3)


async def test_a_tap_carries_the_message_as_it_was_then(client: Client, ada: Person) -> None:
    ada.say("/start")
    await client.send(ada, "How?", ["Bus"])
    ada.tap("Bus")
    await client.call("deleteMessage", chat_id=ada.id, message_id=2)
    ada.forge("x" * 64, 2)
    taps = [update["callback_query"] for update in (await client.call("getUpdates")).records[1:]]
    messages = [tap["message"] for tap in taps if isinstance(tap, dict)]
    assert messages[0]["text"] == "How?"
    assert messages[1] == {"chat": ada.chat.as_json(), "message_id": 2, "date": 0}


@pytest.mark.parametrize("text", ["", "   \n", "\u200b", "x" * 4097])
async def test_people_cannot_send_what_telegrams_apps_do_not(ada: Person, text: str) -> None:
    with pytest.raises(ValueError, match="Telegram's apps send"):
        ada.say(text)


async def test_who_has_blocked_the_bot_says_nothing_and_waits_for_nothing(api: FakeBotApi, ada: Person) -> None:
    ada.say("/start")
    ada.block()
    await ada.heard()
    assert api.unanswered() == []
    with pytest.raises(ValueError, match="unblock it first"):
        ada.say("hi")


async def test_a_bot_that_does_not_react_is_told_of_with_the_transcript(ada: Person) -> None:
    ada.say("/start")
    with pytest.raises(Unheard, match="Ada #1: /start"):
        await ada.heard(within_s=0.01)
    with pytest.raises(Unheard, match="the screen was not as wanted"):
        await ada.until(lambda screen: bool(screen.buttons), within_s=0.01)


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(client: Client, api: FakeBotApi, ada: Person) -> None:
    group = ada.invite_bot("Year 9")
    ada.say("hello all", group)
    ada.say("/start@tuckshop_bot", group)
    ada.say("hey @tuckshop_bot", group)
    updates = (await client.call("getUpdates")).records
    assert [next(key for key in update if key != "update_id") for update in updates] == [
        "my_chat_member",
        "message",
        "message",
    ]
    assert api.unanswered() == []
    assert api.transcript(group.id).startswith("Ada #1: hello all")
