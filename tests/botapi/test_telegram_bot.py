"""python-telegram-bot's own Bot works against the fake."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from tests.botapi.faults import Faults
from tests.botapi.people import MEDIA_KINDS, Person
from tests.botapi.server import FakeBotApi

SECRET = "told-to-telegram-only"  # noqa: S105 - opens nothing


@pytest.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot") as bot:
        yield bot


@pytest.fixture
def ada(api: FakeBotApi) -> Person:
    person = Person(api, "Ada")
    person.say("/start")
    return person


async def test_it_talks(bot: Bot, ada: Person) -> None:
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Bus", callback_data="b"), InlineKeyboardButton("Foot", callback_data="f")]]
    )
    sent = await bot.send_message(ada.id, "<b>How?</b>", parse_mode=ParseMode.HTML, reply_markup=keyboard)
    assert (sent.text, sent.text_html, sent.reply_markup) == ("How?", "<b>How?</b>", keyboard)
    ada.tap("Foot")
    updates = await bot.get_updates()
    query = updates[-1].callback_query
    assert query is not None
    assert query.data == "f"
    assert await query.answer("Saved")
    assert await query.edit_message_text("How? On foot")
    assert ada.screen().text == "How? On foot"
    assert await bot.edit_message_reply_markup(ada.id, sent.id, reply_markup=keyboard)
    assert await bot.delete_message(ada.id, sent.id)
    assert await bot.send_chat_action(ada.id, ChatAction.TYPING)


async def test_it_understands_every_kind_of_media(bot: Bot, ada: Person) -> None:
    for kind in MEDIA_KINDS:
        ada.send_media(kind, album="a" if kind == "photo" else None)
    updates = (await bot.get_updates())[1:]
    assert [update.message.effective_attachment is not None for update in updates if update.message] == [True] * 10


async def test_it_exchanges_files(bot: Bot, api: FakeBotApi, ada: Person) -> None:
    ada.send_document("set.yaml", b"title: x")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    file = await bot.get_file(message.document.file_id)
    assert await file.download_as_bytearray() == b"title: x"
    await bot.send_document(ada.id, b"id,theme", filename="tagged.csv", caption="Here")
    assert "<document tagged.csv> Here" in ada.transcript()
    await bot.send_photo(ada.id, b"png")
    assert api.refusals == []


async def test_it_sets_itself_up(bot: Bot, api: FakeBotApi, ada: Person) -> None:
    assert (await bot.get_me()).username == "tuckshop_bot"
    assert await bot.set_my_commands([BotCommand("skip", "Skip")])
    assert [command.command for command in await bot.get_my_commands()] == ["skip"]
    assert await bot.set_my_description("d")
    assert await bot.set_my_short_description("s")
    assert await bot.set_my_name("n")
    assert (await bot.get_chat(ada.id)).first_name == "Ada"
    assert await bot.set_webhook("https://example.org/hook", secret_token=SECRET, drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    assert await bot.delete_webhook()
    group = ada.invite_bot("Year 9")
    assert await bot.leave_chat(group.id)
    assert api.refusals == []


async def test_it_hears_of_blocking(bot: Bot, ada: Person) -> None:
    ada.block()
    member = (await bot.get_updates())[-1].my_chat_member
    assert member is not None
    assert member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ada.id, "Hi")


async def test_refusals_become_its_errors(
    bot: Bot, api: FakeBotApi, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it, the library warns of its own future
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(ada.id, "")
    api.faults = Faults(throttled=1, retry_after_s=3)
    with pytest.raises(RetryAfter):
        await bot.send_message(ada.id, "Hi")
    api.faults = Faults()
    stranger = Bot("1:x", base_url=f"{api.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.request.shutdown()
