"""The methods by which a bot tells who it is and what it can do."""

import re
from collections.abc import Callable

from tests.botapi.account import Account
from tests.botapi.params import Params
from tests.botapi.refusal import bad_request
from tests.botapi.world import fits

MOST_COMMANDS = 100
MOST_COMMAND_DESCRIPTION = 256
MOST_CHARACTERS = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(account: Account, _: Params) -> object:
    """Return the bot's own account."""
    abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
    return account.world.bot.as_json() | {name: name == "can_join_groups" for name in abilities}


def get_chat(account: Account, params: Params) -> object:
    """Return what is known of a chat."""
    extra = {"accent_color_id": 0, "max_reaction_count": 11}
    return account.chat(params.text("chat_id")).as_json() | extra | {"accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def set_my_commands(account: Account, params: Params) -> object:
    """Change the list of commands that people see."""
    items = params.json("commands")
    if not isinstance(items, list):
        raise bad_request("can't parse BotCommand: expected an Array")
    if len(items) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    account.profile.commands[_scope(params)] = [_command(item) for item in items]
    return True


def _command(item: object) -> dict[str, str]:
    name, description = (
        (str(item.get(key, "")) for key in ("command", "description")) if isinstance(item, dict) else ("", "")
    )
    if not _COMMAND.fullmatch(name.removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description or not fits(description, MOST_COMMAND_DESCRIPTION):
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


def get_my_commands(account: Account, params: Params) -> object:
    """Return the commands of exactly this scope and language."""
    return account.profile.commands.get(_scope(params), [])


def delete_my_commands(account: Account, params: Params) -> object:
    """Forget the commands of this scope and language."""
    account.profile.commands.pop(_scope(params), None)
    return True


def _scope(params: Params) -> tuple[str, str]:
    scope = params.json("scope")
    given = scope if isinstance(scope, dict) else {"type": "default"}
    name = str(given.get("type", "default"))
    return f"{name} {given['chat_id']}" if "chat_id" in given else name, params.text("language_code")


def set_text(field: str) -> Callable[[Account, Params], object]:
    """Return the method that sets the bot's name or a description."""

    def method(account: Account, params: Params) -> object:
        text = params.text(field)
        if not fits(text, MOST_CHARACTERS[field]):
            raise bad_request(f"BOT_{field.upper()}_INVALID")
        account.profile.texts[(field, params.text("language_code"))] = text
        return True

    return method


def get_text(field: str) -> Callable[[Account, Params], object]:
    """Return the method that tells the bot's name or a description."""

    def method(account: Account, params: Params) -> object:
        texts = account.profile.texts
        return {field: texts.get((field, params.text("language_code")), texts.get((field, ""), ""))}

    return method


def set_chat_menu_button(_: Account, params: Params) -> object:
    """Change the button beside the input field."""
    params.json("menu_button")
    return True
