import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming import (
    CameBack,
    Command,
    Delivery,
    EditedWords,
    Incoming,
    InGroup,
    Left,
    Media,
    Sender,
    Tap,
    Upload,
    Words,
)
from bot.telegram.updates import MEDIA, received

ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "de"}
ROBOT = {"id": 8, "is_bot": True, "first_name": "R", "username": "other_bot"}
OURS = {"id": 9, "is_bot": True, "first_name": "T", "username": "tuckshop_bot"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "G"}
CHANNEL = {"id": -200, "type": "channel", "title": "C"}
PHOTO = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
FILE = {"file_id": "f", "file_unique_id": "u"}

FIELDS = {
    "photo": [PHOTO],
    "voice": FILE | {"duration": 1},
    "audio": FILE | {"duration": 1},
    "video": FILE | {"width": 1, "height": 1, "duration": 1},
    "video_note": FILE | {"length": 1, "duration": 1},
    "animation": FILE | {"width": 1, "height": 1, "duration": 1},
    "sticker": PHOTO | {"type": "regular", "is_animated": False, "is_video": False},
    "location": {"longitude": 1.0, "latitude": 1.0},
    "contact": {"phone_number": "1", "first_name": "A"},
    "dice": {"value": 1, "emoji": "🎲"},
    "poll": {
        "id": "1",
        "question": "?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    },
}
UNREADABLE_POLL = {"id": "1", "question": "?"}


def message(chat: object = PRIVATE, sender: object = ADA, **fields: object) -> dict[str, object]:
    return {"message_id": 5, "date": 1, "chat": chat, "from": sender} | fields


def read(**fields: object) -> Delivery | None:
    update = received(json.loads(json.dumps({"update_id": 3} | fields)), "tuckshop_bot")
    assert update is not None
    return update.delivery


def incoming(**fields: object) -> Incoming | None:
    found = read(**fields)
    return found.incoming if found else None


def test_words_come_with_their_sender() -> None:
    assert read(message=message(text="hello")) == Delivery(3, Sender("telegram", "7", "de"), Words("hello", 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/skip", Command("skip", "", 5)),
        ("/Skip@Tuckshop_bot", Command("skip", "", 5)),
        ("/skip@tuckshop_bot  foo bar", Command("skip", "foo bar", 5)),
        ("/start site-7", Command("start", "site-7", 5)),
        ("/stop!", Command("stop", "!", 5)),
        ("  /back", Command("back", "", 5)),
        ("/note\nline", Command("note", "line", 5)),
        ("/", Words("/", 5)),
        ("/etc/passwd", Words("/etc/passwd", 5)),
        ("/über", Words("/über", 5)),
        ("I say /stop", Words("I say /stop", 5)),
        ("5/7", Words("5/7", 5)),
    ],
)
def test_a_command_is_told_from_words(text: str, expected: Incoming) -> None:
    assert incoming(message=message(text=text)) == expected


def test_text_is_made_fit_for_every_database() -> None:
    assert incoming(message=message(text="a\0b\ud800c")) == Words("ab?c", 5)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_media_come_by_their_kind(kind: str) -> None:
    assert incoming(message=message(**{kind: FIELDS[kind]}, caption="look")) == Media(kind, 5, caption="look")


def test_what_the_library_cannot_read_takes_no_words_with_it() -> None:
    reply = {"message_id": 4, "date": 1, "chat": PRIVATE, "poll": UNREADABLE_POLL}
    query = {"id": "q", "from": ADA, "chat_instance": "1", "data": "t", "message": message(poll=UNREADABLE_POLL)}

    assert incoming(message=message(text="mine", reply_to_message=reply)) == Words("mine", 5)
    assert incoming(message=message(poll=UNREADABLE_POLL)) == Media("poll", 5)
    assert incoming(edited_message=message(text="new", reply_to_message=reply)) == EditedWords("new", 5)
    assert incoming(callback_query=query) == Tap("t", 5)


def test_an_animation_is_no_document_and_a_venue_no_mere_location() -> None:
    place = {"location": FIELDS["location"], "title": "T", "address": "A"}

    assert incoming(message=message(animation=FIELDS["animation"], document=FILE)) == Media("animation", 5)
    assert incoming(message=message(venue=place, location=FIELDS["location"])) == Media("venue", 5)


def test_the_parts_of_an_album_share_its_id() -> None:
    assert incoming(message=message(photo=[PHOTO], media_group_id="g1")) == Media("photo", 5, "g1")


def test_a_document_is_an_upload() -> None:
    document = FILE | {"file_name": "bus.yaml", "file_size": 12}

    assert incoming(message=message(document=document)) == Upload("f", "bus.yaml", 12, 5)
    assert incoming(message=message(document=FILE)) == Upload("f", "", 0, 5)


def test_an_edit_brings_new_words() -> None:
    assert incoming(edited_message=message(text="now /skip", edit_date=2)) == EditedWords("now /skip", 5)


def test_a_message_that_was_edited_into_a_command_says_so() -> None:
    assert incoming(edited_message=message(text="/skip now", edit_date=2)) == Command("skip", "now", 5, edited=True)


def test_an_edited_caption_comes_again_with_what_it_stands_under() -> None:
    assert incoming(edited_message=message(photo=[PHOTO], caption="new")) == Media("photo", 5, caption="new")
    assert incoming(edited_message=message(document=FILE, caption="new")) == Media("document", 5, caption="new")
    assert incoming(edited_message=message(photo=[PHOTO])) is None


def test_a_file_comes_with_what_is_written_below() -> None:
    assert incoming(message=message(document=FILE, caption="look")) == Upload("f", "", 0, 5, "look")


@pytest.mark.parametrize("date", [0, 1])
def test_a_tap_counts_on_a_message_that_telegram_no_longer_shows(date: int) -> None:
    query = {"id": "q", "from": ADA, "chat_instance": "1", "data": "t"}

    assert incoming(callback_query=query | {"message": message(sender=OURS, date=date)}) == Tap("t", 5)


def test_a_tap_without_any_message_counts_too() -> None:
    found = read(callback_query={"id": "q", "from": ADA, "chat_instance": "1", "data": "t"})

    assert found == Delivery(3, Sender("telegram", "7", "de"), Tap("t", None))


def test_a_tap_that_means_nothing_can_still_be_answered() -> None:
    game = received({"update_id": 3, "callback_query": {"id": "q", "from": ADA, "chat_instance": "1"}})

    assert game is not None
    assert (game.delivery, game.query_id) == (None, "q")


def changed(chat: object, before: str, after: str) -> dict[str, object]:
    def member(status: str) -> dict[str, object]:
        until: dict[str, object] = {"until_date": 0} if status == "kicked" else {}
        return until | {"status": status, "user": OURS}

    return {"chat": chat, "from": ADA, "date": 1, "old_chat_member": member(before), "new_chat_member": member(after)}


def test_blocking_and_unblocking() -> None:
    assert incoming(my_chat_member=changed(PRIVATE, "member", "kicked")) == Left()
    assert incoming(my_chat_member=changed(PRIVATE, "kicked", "member")) == CameBack()


def test_being_added_to_a_group_but_not_being_removed() -> None:
    assert incoming(my_chat_member=changed(GROUP, "left", "member")) == InGroup("de")
    assert incoming(my_chat_member=changed(GROUP, "member", "left")) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "/start"},
        {"text": "/start@tuckshop_bot"},
        {"text": "hey @Tuckshop_Bot what is this"},
        {"photo": [PHOTO], "caption": "@tuckshop_bot"},
        {"text": "yes", "reply_to_message": {"message_id": 4, "date": 1, "chat": GROUP, "from": OURS}},
    ],
)
def test_in_a_group_it_listens_when_it_is_addressed(fields: dict[str, object]) -> None:
    found = read(message=message(GROUP, **fields))

    assert found == Delivery(3, Sender("telegram", "-100", "de"), InGroup("de"))


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "just chatting"},
        {"text": "/start@other_bot"},
        {"text": "@tuckshop_bots"},
        {"text": "yes", "reply_to_message": {"message_id": 4, "date": 1, "chat": GROUP, "from": ROBOT}},
        {"new_chat_members": [OURS]},
    ],
)
def test_in_a_group_it_overhears_nothing(fields: dict[str, object]) -> None:
    assert read(message=message(GROUP, **fields)) is None


def test_a_channel_is_a_group_too() -> None:
    post = {"message_id": 5, "date": 1, "chat": CHANNEL}

    assert incoming(channel_post=post | {"text": "@tuckshop_bot"}) == InGroup(None)
    assert incoming(channel_post=post | {"text": "news"}) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"message": message(sender=ROBOT, text="beep")},
        {"edited_message": message(sender=ROBOT, text="beep")},
        {"edited_message": message(GROUP, text="/start")},
        {"message": message(pinned_message=message(text="x"))},
        {"message": message(text="   ")},
        {"inline_query": {"id": "1", "from": ADA, "query": "x", "offset": ""}},
        {"something_new": {"id": 1}},
        {},
    ],
)
def test_the_rest_means_nothing(fields: dict[str, object]) -> None:
    assert read(**fields) is None


@pytest.mark.parametrize("raw", [None, 5, [], {}, {"update_id": "x"}, {"update_id": True}, {"update_id": 2**70}])
def test_what_has_no_id_is_no_update(raw: object) -> None:
    assert received(raw) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("\ud83d"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
chats = st.sampled_from([PRIVATE, GROUP, CHANNEL, {"id": "x", "type": "private"}, {"id": 2**80, "type": "private"}])
people = st.sampled_from([ADA, ROBOT, {"id": None, "is_bot": 0, "first_name": 1, "language_code": 3}])
odd_messages = st.fixed_dictionaries(
    {"message_id": st.integers() | json_values, "date": st.just(1) | json_values, "chat": chats | json_values},
    optional={"from": people | json_values, "text": st.sampled_from(["/skip", "\ud800"]) | json_values}
    | {"document": st.just(FILE) | json_values, "caption": json_values, "media_group_id": json_values}
    | {kind: st.just(FIELDS.get(kind)) | json_values for kind in MEDIA},
)
members = st.fixed_dictionaries({"status": st.sampled_from(["member", "kicked", "?"]) | json_values, "user": people})
odd_updates = st.fixed_dictionaries(
    {"update_id": st.integers()},
    optional={
        "message": odd_messages | json_values,
        "edited_message": odd_messages,
        "channel_post": odd_messages,
        "callback_query": st.fixed_dictionaries(
            {"id": st.text() | json_values, "from": people | json_values, "chat_instance": json_values},
            optional={"data": json_values, "message": odd_messages | json_values},
        ),
        "my_chat_member": st.fixed_dictionaries(
            {"chat": chats, "from": people, "date": st.just(1), "old_chat_member": members, "new_chat_member": members}
        ),
    },
)


@given(odd_updates | json_values)
def test_no_update_raises_and_what_comes_out_is_fit_to_store(raw: object) -> None:
    update = received(raw, "tuckshop_bot")

    if update is not None and update.delivery is not None:
        assert update.delivery.update_id == update.update_id
        json.dumps(repr(update.delivery), ensure_ascii=False).encode()
        int(update.delivery.sender.address)
