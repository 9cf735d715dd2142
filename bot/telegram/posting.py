"""One message to Telegram, and what became of it.

Knows nothing of pace, order or the database: the sender decides when, and what follows from the outcome.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, assert_never

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken
from telegram.error import TelegramError as BotApiError

from bot.telegram.errors import TokenRefusedError, place
from bot.telegram.transport import TooManyRequestsError
from storage.errors import BusyError, ExportError
from storage.ids import RespondentId
from storage.outbox import Outgoing, Waiting

MakeExport: TypeAlias = Callable[[str], Awaitable[Path]]
"""Makes the file that an outgoing export's text names, for this one sending: it is removed afterwards."""

MakeMydata: TypeAlias = Callable[[RespondentId], Awaitable[bytes]]
"""Makes the file of everything that is held about a person; it never stands on a disk."""

MOST_UNITS = 4096
"""Telegram's limit of a message, in UTF-16 code units. Who writes messages splits them; this is the last resort."""
MOST_REASON_CHARS = 200
ALREADY_SO = ("message is not modified", "message to edit not found")
"""What Telegram says of an edit that has nothing to change: it was made before, or the person deleted the message."""
HOPELESS = ("request entity too large", "unknown error in http implementation")
"""What PTB calls a network error and is none: the same call would fail the same way."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there, under this id (None where there is no message to speak of)."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Flooded:
    """Telegram wants to hear nothing for this chat until `after_s` seconds from now."""

    after_s: float


@dataclass(frozen=True, slots=True)
class Unreached:
    """Telegram was not reached or has trouble (perhaps it went out all the same); or the database is busy."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person does not want to hear from the bot."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be sent, however often it is tried; `told` is what the person may be told of it, None if nothing."""

    reason: str
    told: str | None = None


class WithdrawnError(Exception):
    """It is not to be sent any more: whoever asked for it is no member now, or had everything deleted."""


Outcome: TypeAlias = Sent | Flooded | Unreached | Blocked | Refused


async def post(bot: Bot, waiting: Waiting, make_export: MakeExport, make_mydata: MakeMydata) -> Outcome:
    """Send one message and return what became of it. Raises TokenRefusedError only."""
    try:
        return Sent(await _sent(bot, waiting, make_export, make_mydata))
    except InvalidToken:
        raise TokenRefusedError from None
    except BotApiError as error:
        return _outcome(error)
    except ExportError as error:
        return Refused(place(error), told=str(error))
    except WithdrawnError:
        return Sent(None)
    except BusyError:
        return Unreached()
    except Exception as error:  # noqa: BLE001 - the edge: one broken message must not silence the bot
        return Refused(place(error))


def _outcome(error: BotApiError) -> Outcome:
    words = error.message.lower()
    match error:
        case TooManyRequestsError():
            return Flooded(error.after_s)
        case Forbidden():
            return Blocked()
        case BadRequest() if any(each in words for each in ALREADY_SO):
            return Sent(None)
        case BadRequest() | ChatMigrated():
            return Refused(error.message[:MOST_REASON_CHARS])
        case _:
            return next((Refused(each) for each in HOPELESS if each in words), Unreached())


async def _sent(bot: Bot, waiting: Waiting, make_export: MakeExport, make_mydata: MakeMydata) -> int | None:
    address, outgoing = int(waiting.address), waiting.outgoing
    match outgoing.kind:
        case "message":
            text = _fitting(waiting)
            message = await bot.send_message(
                address, text, reply_markup=_keyboard(outgoing), link_preview_options=NO_PREVIEW
            )
            return message.message_id
        case "edit":
            return await _edited(bot, address, waiting)
        case "export":
            return await _exported(bot, address, await make_export(outgoing.text))
        case "mydata":
            document = InputFile(await make_mydata(waiting.respondent), filename=outgoing.text)
            return (await bot.send_document(address, document)).message_id
        case _:
            assert_never(outgoing.kind)


async def _edited(bot: Bot, address: int, waiting: Waiting) -> int | None:
    outgoing = waiting.outgoing
    if outgoing.edits is None:  # what it would change was never sent
        return None
    changed = await bot.edit_message_text(
        _fitting(waiting),
        address,
        outgoing.edits,
        reply_markup=_keyboard(outgoing),
        link_preview_options=NO_PREVIEW,
    )
    return changed.message_id if isinstance(changed, Message) else None


async def _exported(bot: Bot, address: int, path: Path) -> int:
    try:
        with await asyncio.to_thread(path.open, "rb") as content:
            document = InputFile(content, filename=path.name, read_file_handle=False)
            message = await bot.send_document(address, document)
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)
    return message.message_id


def _keyboard(outgoing: Outgoing) -> InlineKeyboardMarkup | None:
    if not outgoing.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=token) for label, token in row] for row in outgoing.buttons]
    )


def _fitting(waiting: Waiting) -> str:
    """Return the text, cut where Telegram would refuse it whole."""
    text = waiting.outgoing.text
    units = text.encode("utf-16-le", "replace")
    if len(units) > 2 * MOST_UNITS:
        log.error("Outbox row %s is too long and was cut: %d UTF-16 units", waiting.id, len(units) // 2)
    return units[: 2 * MOST_UNITS].decode("utf-16-le", "ignore")
