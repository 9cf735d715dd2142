from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram.error import NetworkError, TelegramError

from bot.telegram.client import connected, make_client
from bot.telegram.errors import TokenRefusedError
from bot.telegram.posting import MOST_UNITS, Blocked, Flooded, Outcome, Refused, Sent, Unreached, post
from bot.telegram.transport import TooManyRequestsError
from storage.ids import OutboxId, RespondentId
from storage.outbox import Outgoing, Waiting
from tests.bot.telegram.fakes import RecordingRequest, client_over, refused
from tests.botapi.people import Person
from tests.botapi.server import FakeBotApi


def waiting(outgoing: Outgoing, address: str = "7") -> Waiting:
    return Waiting(OutboxId(1), RespondentId("r"), "telegram", address, outgoing, 0)


async def no_mydata(respondent_id: RespondentId) -> bytes:
    raise AssertionError(f"{respondent_id} asked for no file")


async def no_export(name: str) -> Path:
    raise AssertionError("no export was asked for")


async def posted(request: RecordingRequest, outgoing: Outgoing, address: str = "7") -> Outcome:
    return await post(client_over(request), waiting(outgoing, address), no_export, no_mydata)


async def test_a_message_goes_out_plain_with_its_buttons() -> None:
    request = RecordingRequest()
    outcome = await posted(request, Outgoing("message", "<b>*hi*", ((("Yes", "t1"), ("No", "t2")), (("Skip", "t3"),))))

    assert outcome == Sent(101)
    (call,) = request.calls
    assert call.parameters == {
        "chat_id": 7,
        "text": "<b>*hi*",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "Yes", "callback_data": "t1"}, {"text": "No", "callback_data": "t2"}],
                [{"text": "Skip", "callback_data": "t3"}],
            ]
        },
    }


async def test_an_edit_without_buttons_takes_them_away() -> None:
    request = RecordingRequest()
    await posted(request, Outgoing("edit", "Done", edits=5))

    (call,) = request.calls
    assert (call.method, call.parameters["message_id"]) == ("editMessageText", 5)
    assert "reply_markup" not in call.parameters


async def test_an_edit_of_what_was_never_sent_is_done() -> None:
    request = RecordingRequest()

    assert await posted(request, Outgoing("edit", "Done")) == Sent(None)
    assert request.calls == []


@pytest.mark.parametrize(
    ("description", "outcome"),
    [
        ("Bad Request: message is not modified: specified new message content", Sent(None)),
        ("Bad Request: message to edit not found", Sent(None)),
        ("Bad Request: chat not found", Refused("Chat not found")),
        ("Bad Request: BUTTON_DATA_INVALID", Refused("Button_data_invalid")),
    ],
)
async def test_what_telegram_does_not_like_is_not_tried_again(description: str, outcome: Outcome) -> None:
    request = RecordingRequest()
    request.replies["editMessageText"].append(refused(400, description))

    assert await posted(request, Outgoing("edit", "Done", edits=5)) == outcome


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (refused(403, "Forbidden: bot was blocked by the user"), Blocked()),
        (refused(500, "Internal Server Error"), Unreached()),
        (refused(502, "Bad Gateway"), Unreached()),
        (refused(413, "Request Entity Too Large"), Refused("request entity too large")),
        (NetworkError("away"), Unreached()),
        (TelegramError("Invalid server response"), Unreached()),
        (TooManyRequestsError(17), Flooded(17)),
        (ZeroDivisionError("my words"), Refused("unknown error in http implementation")),
    ],
)
async def test_trouble_is_told_apart(trouble: object, outcome: Outcome) -> None:
    request = RecordingRequest()
    request.replies["sendMessage"].append(trouble)  # type: ignore[arg-type]  # one list for both kinds

    assert await posted(request, Outgoing("message", "hi")) == outcome


async def test_a_row_that_cannot_be_right_is_refused() -> None:
    outcome = await posted(RecordingRequest(), Outgoing("message", "hi"), address="nowhere")

    assert isinstance(outcome, Refused)
    assert outcome.reason.startswith("ValueError at posting.py")


async def test_a_refused_token_is_no_outcome() -> None:
    request = RecordingRequest()
    request.replies["sendMessage"].append(refused(401, "Unauthorized"))

    with pytest.raises(TokenRefusedError):
        await posted(request, Outgoing("message", "hi"))


@pytest.mark.parametrize("letter", ["x", "é", "🚌"])
async def test_a_text_too_long_is_cut_where_telegram_would_refuse_it(
    letter: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeBotApi() as api:
        client = make_client(SecretStr(api.token), api.url)
        async with connected(client):
            ada = Person(api, "Ada")
            ada.say("/start")
            text = letter * 5000
            assert await post(client, waiting(Outgoing("message", text), str(ada.id)), no_export, no_mydata) == Sent(2)
            assert len(ada.screen().text.encode("utf-16-le")) == 2 * MOST_UNITS
            assert api.refusals == []
    assert "is too long and was cut" in caplog.text


async def test_an_export_is_made_sent_and_removed(tmp_path: Path) -> None:
    made: list[Path] = []

    async def make_export(name: str) -> Path:
        made.append(tmp_path / f"{name}.csv")
        made[0].write_bytes(b"theme,n\r\n" * 3)
        return made[0]

    async with FakeBotApi() as api:
        client = make_client(SecretStr(api.token), api.url)
        async with connected(client):
            ada = Person(api, "Ada")
            ada.say("/export")
            outcome = await post(client, waiting(Outgoing("export", "themes"), str(ada.id)), make_export, no_mydata)
            (stored,) = api.world.files.values()

    assert outcome == Sent(2)
    assert stored.content == b"theme,n\r\n" * 3
    assert not made[0].exists()


async def test_an_export_that_cannot_be_made_is_refused() -> None:
    async def make_export(name: str) -> Path:
        raise OSError("no space in /home/x")

    outcome = await post(client_over(RecordingRequest()), waiting(Outgoing("export", "themes")), make_export, no_mydata)

    assert isinstance(outcome, Refused)
    assert "/home" not in outcome.reason
