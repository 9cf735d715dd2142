import pytest

from tests.botapi.client import Client, inline
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi
from tests.botapi.world import Json

OLD_QUERY = "Bad Request: query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@pytest.fixture
def ada(api: FakeBotApi) -> Person:
    person = Person(api, "Ada")
    person.say("/start")
    return person


async def test_it_sends_a_message_to_who_wrote_first(client: Client, ada: Person) -> None:
    assert await client.send(ada, "  Hello  ", ["Yes", "No"]) == 2
    assert ada.screen().text == "Hello"
    assert [button.label for button in ada.screen().buttons] == ["Yes", "No"]


TOO_MANY = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 8] * 13}


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n\t "}, "Bad Request: text must be non-empty"),
        ({"text": "\u200b\u200d"}, "Bad Request: text must be non-empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "🎈" * 2049}, "Bad Request: message is too long"),
        ({"chat_id": 12345}, "Bad Request: chat not found"),
        ({"chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
        ({"reply_markup": "{"}, "Bad Request: can't parse reply markup JSON object"),
        ({"reply_markup": "[1]"}, "Bad Request: object expected as reply markup"),
        ({"reply_markup": TOO_MANY}, "Bad Request: reply markup is too long"),
        ({"reply_markup": inline({"text": "x", "callback_data": ""})}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"reply_markup": inline({"text": "x", "callback_data": "é" * 33})}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"reply_markup": inline({"text": " ", "callback_data": "x"})}, "Bad Request: BUTTON_TEXT_INVALID"),
        (
            {"reply_markup": inline({"text": "x", "callback_data": "x", "url": "https://example.org"})},
            "Bad Request: BUTTON_TYPE_INVALID",
        ),
        ({"reply_markup": inline({"text": "x", "url": "example"})}, "Bad Request: BUTTON_URL_INVALID"),
        (
            {"reply_markup": inline({"text": "x"})},
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_it_refuses_what_telegram_refuses(
    client: Client, api: FakeBotApi, ada: Person, params: Json, description: str
) -> None:
    answer = await client.call("sendMessage", **({"chat_id": ada.id, "text": "Hi"} | params))
    assert (answer.status, answer.description) == (400, description)
    assert [(refusal.method, refusal.description) for refusal in api.refusals] == [("sendMessage", description)]
    assert len(ada.screen().messages) == 1


async def test_it_accepts_what_is_just_within_the_limits(client: Client, api: FakeBotApi, ada: Person) -> None:
    await client.send(ada, "🎈" * 2048, ["é" * 32])
    await client.call("sendMessage", chat_id=ada.id, text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 8] * 12}
    await client.call("sendMessage", chat_id=ada.id, text="x", reply_markup=keyboard)
    assert api.refusals == []


async def test_it_cannot_write_to_who_never_wrote(client: Client, api: FakeBotApi) -> None:
    answer = await client.call("sendMessage", chat_id=Person(api, "Ben").id, text="Hi")
    assert (answer.status, answer.description) == (403, "Forbidden: bot can't initiate conversation with a user")


async def test_it_cannot_write_to_who_blocked_the_bot_until_unblocked(client: Client, ada: Person) -> None:
    ada.block()
    answer = await client.call("sendMessage", chat_id=ada.id, text="Hi")
    assert (answer.status, answer.description) == (403, "Forbidden: bot was blocked by the user")
    ada.unblock()
    assert (await client.call("sendMessage", chat_id=ada.id, text="Hi")).status == 200


async def test_an_edit_changes_words_and_buttons(client: Client, ada: Person) -> None:
    message_id = await client.send(ada, "How?", ["Bus"])
    await client.call("editMessageText", chat_id=ada.id, message_id=message_id, text="How? Bus")
    assert (ada.screen().text, ada.screen().buttons) == ("How? Bus", ())


async def test_an_edit_that_changes_nothing_is_refused(client: Client, ada: Person) -> None:
    message_id = await client.send(ada, "How?")
    answer = await client.call(
        "editMessageText", chat_id=ada.id, message_id=message_id, text="<b></b>How?", parse_mode="HTML"
    )
    assert (answer.status, answer.description) == (400, NOT_MODIFIED)
    answer = await client.call("editMessageReplyMarkup", chat_id=ada.id, message_id=message_id)
    assert answer.description == NOT_MODIFIED


async def test_an_edit_of_no_message_or_of_somebody_elses_is_refused(client: Client, ada: Person) -> None:
    message_id = await client.send(ada, "How?")
    await client.call("deleteMessage", chat_id=ada.id, message_id=message_id)
    deleted_by_ada = await client.send(ada, "And where?")
    ada.delete(deleted_by_ada)
    for gone in (message_id, deleted_by_ada, 99):
        answer = await client.call("editMessageText", chat_id=ada.id, message_id=gone, text="x")
        assert answer.description == "Bad Request: message to edit not found"
    answer = await client.call("editMessageText", chat_id=ada.id, message_id=1, text="x")
    assert answer.description == "Bad Request: message can't be edited"
    answer = await client.call("deleteMessage", chat_id=ada.id, message_id=message_id)
    assert answer.description == "Bad Request: message to delete not found"


async def test_a_tap_is_answered_once(client: Client, api: FakeBotApi, ada: Person) -> None:
    await client.send(ada, "How?", ["Bus"])
    query = ada.tap("Bus")
    assert [(one.kind, one.text) for one in api.unanswered()] == [("tap", "Bus")]
    assert (await client.call("answerCallbackQuery", callback_query_id=query.id, text="Saved")).result is True
    assert api.unanswered() == []
    assert ada.toasts == ("Saved",)
    answer = await client.call("answerCallbackQuery", callback_query_id=query.id)
    assert (answer.status, answer.description) == (400, OLD_QUERY)
    assert [refusal.repeat for refusal in api.refusals] == [False]


async def test_a_refusal_of_what_was_done_before_is_marked_as_repeat(
    client: Client, api: FakeBotApi, ada: Person
) -> None:
    await client.send(ada, "How?", ["Bus"])
    query = ada.tap("Bus")
    for _ in range(2):
        await client.call("answerCallbackQuery", callback_query_id=query.id)
    assert [refusal.repeat for refusal in api.refusals] == [True]


async def test_a_tap_that_is_unknown_old_or_answered_at_length_is_refused(
    client: Client, api: FakeBotApi, ada: Person
) -> None:
    await client.send(ada, "How?", ["Bus"])
    query = ada.tap("Bus")
    answer = await client.call("answerCallbackQuery", callback_query_id=query.id, text="x" * 201)
    assert answer.description == "Bad Request: MESSAGE_TOO_LONG"
    query.at -= api.account.query_lifetime_s + 1
    for query_id in (query.id, "1", ""):
        assert (await client.call("answerCallbackQuery", callback_query_id=query_id)).description == OLD_QUERY


async def test_messages_and_actions_need_a_known_kind(client: Client, ada: Person) -> None:
    answer = await client.call("sendChatAction", chat_id=ada.id, action="dancing")
    assert answer.description == "Bad Request: wrong parameter action in request"
    assert (await client.call("sendChatAction", chat_id=ada.id, action="typing")).result is True


async def test_it_leaves_groups_but_not_people(client: Client, api: FakeBotApi, ada: Person) -> None:
    group = ada.invite_bot("Year 9")
    assert (await client.call("leaveChat", chat_id=group.id)).result is True
    answer = await client.call("sendMessage", chat_id=group.id, text="Hi")
    assert answer.description == "Forbidden: bot is not a member of the supergroup chat"
    assert (await client.call("leaveChat", chat_id=ada.id)).status == 400
    assert "Bot leaves" in api.transcript(group.id)


async def test_a_message_is_answered_by_any_message_after_it(client: Client, api: FakeBotApi, ada: Person) -> None:
    ada.say("and another thing")
    assert [one.text for one in ada.unanswered()] == ["/start", "and another thing"]
    await client.send(ada, "Hello")
    await ada.heard()
    assert api.unanswered() == []
    assert len(api.reply_s) == 2


async def test_a_reply_needs_the_message_it_replies_to(client: Client, ada: Person) -> None:
    answer = await client.call("sendMessage", chat_id=ada.id, text="x", reply_parameters={"message_id": 9})
    assert answer.description == "Bad Request: message to be replied not found"
    lenient = {"message_id": 9, "allow_sending_without_reply": True}
    assert (await client.call("sendMessage", chat_id=ada.id, text="x", reply_parameters=lenient)).status == 200
