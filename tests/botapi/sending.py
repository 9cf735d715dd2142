"""The methods by which a bot speaks, changes what it said, and answers taps."""

from tests.botapi.account import Account
from tests.botapi.formatted import Formatted, is_blank
from tests.botapi.keyboard import read_markup
from tests.botapi.params import Params, Upload
from tests.botapi.refusal import Refused, bad_request
from tests.botapi.world import Chat, Message, StoredFile, fits

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_TOAST = 200
MOST_FILE_BYTES = 50 * 1024 * 1024
DELETABLE_S = 48 * 3600
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(account: Account, params: Params) -> object:
    """Say something."""
    body = _text(params, "message is too long")
    markup = read_markup(params.json("reply_markup"))
    chat = account.writable_chat(params.text("chat_id"))
    _check_reply(chat, params)
    account.pace(chat)
    now = account.clock()
    message = account.world.post(chat, account.world.bot, now, body, markup)
    return _spoken(account, message, "said")


def _check_reply(chat: Chat, params: Params) -> None:
    """Refuse a reply to a message that is not there, unless the call says that this does not matter."""
    given = params.json("reply_parameters")
    reply = Params(given if isinstance(given, dict) else {})
    replied = chat.messages.get(reply.integer("message_id"))
    gone = replied is None or replied.deleted
    if reply.has("message_id") and gone and not reply.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")


def _spoken(account: Account, message: Message, how: str) -> object:
    account.world.answer(message.chat, account.clock())
    account.world.tell("edited" if how == "edited" else "said", account.world.bot, message, account.clock())
    return message.as_json()


def _text(params: Params, too_long: str) -> Formatted:
    if not params.text("text"):
        raise bad_request("message text is empty")
    body = params.formatted("text", "entities")
    if is_blank(body.text):
        raise bad_request("text must be non-empty")
    if not fits(body.text, MOST_TEXT):
        raise bad_request(too_long)
    return body


def send_document(account: Account, params: Params) -> object:
    """Send a file."""
    return _send_file(account, params, "document")


def send_photo(account: Account, params: Params) -> object:
    """Send a picture."""
    return _send_file(account, params, "photo")


def _send_file(account: Account, params: Params, kind: str) -> object:
    body = _caption(params)
    markup = read_markup(params.json("reply_markup"))
    stored = _stored(account, params, kind)
    chat = account.writable_chat(params.text("chat_id"))
    _check_reply(chat, params)
    account.pace(chat)
    message = account.world.post(chat, account.world.bot, account.clock(), body, markup)
    message.attachment = attachment(kind, stored)
    return _spoken(account, message, "said")


def _caption(params: Params) -> Formatted:
    body = params.formatted("caption", "caption_entities")
    if not fits(body.text, MOST_CAPTION):
        raise bad_request("message caption is too long")
    return body


def _stored(account: Account, params: Params, kind: str) -> StoredFile:
    upload = params.upload(kind)
    if upload is not None:
        return account.world.store(upload.name, upload.mime_type, _checked(upload).content)
    if not params.text(kind):
        raise bad_request(f"there is no {kind} in the request")
    try:
        return account.world.files[params.text(kind)]
    except KeyError:
        raise bad_request("wrong file identifier/HTTP URL specified") from None


def _checked(upload: Upload) -> Upload:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MOST_FILE_BYTES:
        raise Refused(413, "")
    return upload


def attachment(kind: str, stored: StoredFile) -> dict[str, object]:
    """Return a message's fields for a file of that kind."""
    if kind == "photo":
        return {"photo": [{**stored.as_json(), "width": 320, "height": 240}]}
    return {kind: {**stored.as_json(), "file_name": stored.name, "mime_type": stored.mime_type}}


def edit_message_text(account: Account, params: Params) -> object:
    """Change the words and buttons of a message."""
    body = _text(params, "MESSAGE_TOO_LONG")
    message = _editable(account, params)
    if message.attachment:
        raise bad_request("there is no text in the message to edit")
    return _edit(account, message, params, body)


def edit_message_caption(account: Account, params: Params) -> object:
    """Change the words under a file."""
    body = _caption(params)
    message = _editable(account, params)
    if not message.attachment:
        raise bad_request("there is no caption in the message to edit")
    return _edit(account, message, params, body)


def edit_message_reply_markup(account: Account, params: Params) -> object:
    """Change the buttons under a message; without any, take them away."""
    message = _editable(account, params)
    return _edit(account, message, params, message.body)


def _editable(account: Account, params: Params) -> Message:
    if not params.has("message_id"):
        raise bad_request("message identifier is not specified")
    message = _existing(account.chat(params.text("chat_id")), params, "edit")
    account.writable_chat(params.text("chat_id"))
    if message.sender != account.world.bot:
        raise bad_request("message can't be edited")
    return message


def _existing(chat: Chat, params: Params, verb: str) -> Message:
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request(f"message to {verb} not found")
    return message


def _edit(account: Account, message: Message, params: Params, body: Formatted) -> object:
    markup = read_markup(params.json("reply_markup"))
    if (body, markup.rows) == (message.body, message.markup.rows):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    account.pace(message.chat)
    message.body, message.markup, message.edited_at = body, markup, account.clock()
    return _spoken(account, message, "edited")


def delete_message(account: Account, params: Params) -> object:
    """Delete a message of the bot, or in a private chat one of the person."""
    chat = account.chat(params.text("chat_id"))
    message = _existing(chat, params, "delete")
    account.writable_chat(params.text("chat_id"))
    foreign = message.sender != account.world.bot and chat.person is None
    if foreign or account.clock() - message.sent_at > DELETABLE_S:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    account.world.tell("deleted", account.world.bot, message, account.clock())
    return True


def answer_callback_query(account: Account, params: Params) -> object:
    """Answer a tap, with a passing note or without; once, and soon."""
    query = account.world.queries.get(params.text("callback_query_id"))
    late = query is not None and account.clock() - query.at > account.query_lifetime_s
    if query is None or query.answered or late:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if not fits(params.text("text"), MOST_TOAST):
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered, query.toast = True, params.text("text")
    query.chat.taps.remove(query)
    account.world.reply_s.append(account.clock() - query.at)
    if query.toast:
        account.world.tell("toasted", account.world.bot, query.message, account.clock(), query.toast)
    query.chat.changed.send()
    return True


def send_chat_action(account: Account, params: Params) -> object:
    """Show that the bot is busy."""
    if params.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    account.writable_chat(params.text("chat_id"))
    return True


def leave_chat(account: Account, params: Params) -> object:
    """Leave a group."""
    chat = account.writable_chat(params.text("chat_id"))
    if chat.person is not None:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_left = True
    account.world.tell_of("left", account.world.bot, chat, account.clock())
    return True
