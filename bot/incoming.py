"""What comes in from a channel, in our own words: the front ends turn their updates into these, and the desk answers.

Knows nothing of Telegram's types, of storage or of the engine.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Channel: TypeAlias = Literal["telegram", "terminal"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who it comes from: an address on a channel, and the language code that the channel reports, if any."""

    channel: Channel
    address: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text message that is no command."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`; the name in lower case, without slash or bot name. `edited`: it was other words before."""

    name: str
    argument: str
    message_id: int
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button: its token, as `outgoing` gave it, and the message it stands under (None where unknown)."""

    token: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class EditedWords:
    """New words for a message sent before."""

    text: str
    message_id: int


@dataclass(frozen=True, slots=True)
class Media:
    """Anything that is not text; `album` is shared by the parts of one album, `caption` is what was written below."""

    kind: str
    message_id: int
    album: str | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A document, by the channel's own file id; nothing has been fetched yet."""

    file_id: str
    filename: str
    size_bytes: int
    message_id: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked the bot."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """The person unblocked the bot."""


@dataclass(frozen=True, slots=True)
class InGroup:
    """Something was said to the bot in a group, where it does not consult."""

    language: str | None = None


Incoming: TypeAlias = Words | Command | Tap | EditedWords | Media | Upload | Left | CameBack | InGroup


@dataclass(frozen=True, slots=True)
class Delivery:
    """One update: its id on the channel (None where the channel cannot repeat itself), who sent it, and what it is.

    `second` are the flags that a second look raised on its words; None where there was no time for one.
    """

    update_id: int | None
    sender: Sender
    incoming: Incoming
    second: tuple[str, ...] | None = ()


def typed(incoming: Incoming) -> str:
    """Return the words that somebody typed in it, "" for none. A command's name may begin a sentence of several."""
    match incoming:
        case Words(text) | EditedWords(text):
            return text
        case Command(name, argument):
            return f"{name.replace('_', ' ')} {argument}" if " " in argument.strip() else ""
        case Media() | Upload():
            return incoming.caption
        case _:
            return ""
