"""Keyboards under messages: what Telegram accepts, and how a button looks to the person who taps it."""

import json
from dataclasses import dataclass
from typing import TypeAlias

from tests.botapi.formatted import is_blank
from tests.botapi.refusal import bad_request

MOST_BUTTONS = 100
MOST_CALLBACK_BYTES = 64
ACTIONS = frozenset(
    {
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


@dataclass(frozen=True, slots=True)
class Button:
    """What a button says and does; `data` is what a tap sends back, None for a link or the like."""

    label: str
    data: str | None
    raw: str

    def as_json(self) -> object:
        """Return the Bot API's InlineKeyboardButton."""
        value: object = json.loads(self.raw)
        return value


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """A `reply_markup`: inline rows, or rows in place of the keyboard (`replies`), or taking those away."""

    rows: Rows = ()
    replies: tuple[tuple[str, ...], ...] | None = None

    def as_json(self) -> dict[str, object]:
        """Return the Bot API's InlineKeyboardMarkup."""
        return {"inline_keyboard": [[button.as_json() for button in row] for row in self.rows]}


def read_markup(value: object) -> Markup:
    """Return the markup of a call's `reply_markup`. Raises Refused where Telegram would."""
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        rows = tuple(
            tuple(_button(item) for item in row) for row in _array(value["inline_keyboard"], "inline_keyboard")
        )
        return Markup(_checked(tuple(row for row in rows if row)))
    if "keyboard" in value:
        return Markup(
            replies=tuple(tuple(_label(item) for item in row) for row in _array(value["keyboard"], "keyboard"))
        )
    if "remove_keyboard" in value or "force_reply" in value:
        return Markup(replies=())
    return Markup()


def _array(value: object, name: str) -> list[list[object]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{name}" must be of type Array of Arrays')
    return value


def _label(item: object) -> str:
    text = item.get("text") if isinstance(item, dict) else item
    if not isinstance(text, str) or is_blank(text):
        raise bad_request("can't parse keyboard button: button text must be non-empty")
    return text


def _button(item: object) -> Button:
    if not isinstance(item, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = item.get("text")
    if text is None:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = [name for name in item if name in ACTIONS]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = item.get("callback_data")
    return Button(text, data if isinstance(data, str) else None, json.dumps(item, sort_keys=True))


def _checked(rows: Rows) -> Rows:
    """Return the rows if Telegram's servers take them: these find what its parser lets through."""
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        given = json.loads(button.raw)
        if is_blank(button.label):
            raise bad_request("BUTTON_TEXT_INVALID")
        if len(ACTIONS & set(given)) > 1:
            raise bad_request("BUTTON_TYPE_INVALID")
        if "callback_data" in given and not _fits(button.data):
            raise bad_request("BUTTON_DATA_INVALID")
        if "url" in given and not str(given["url"]).startswith(("http://", "https://", "tg://")):
            raise bad_request("BUTTON_URL_INVALID")
    return rows


def _fits(data: str | None) -> bool:
    return data is not None and 0 < len(data.encode()) <= MOST_CALLBACK_BYTES
