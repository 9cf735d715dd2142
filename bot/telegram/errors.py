"""What can end the Telegram channel, or one file's way in.

    TelegramError
    ├── TokenRefusedError   Telegram does not know the bot's token
    ├── UnreachableError    Telegram could not be reached at start for too long
    ├── DeafError           no poll has succeeded for too long: the program should be started again
    ├── WebhookError        the webhook cannot be set up
    └── FileTooLargeError   a file that somebody sent is larger than we read

None of them holds a token, an address with a token in it, or anything that a person wrote.
"""

import traceback
from pathlib import PurePath


class TelegramError(Exception):
    """Something that this channel cannot mend by trying again."""


class TokenRefusedError(TelegramError):
    """Telegram does not know the bot's token."""

    def __init__(self) -> None:
        super().__init__(
            "the token was refused by Telegram. Check TUCKSHOP_TELEGRAM_TOKEN: @BotFather shows the current one "
            "under /mybots, and an old one stops working when it is revoked."
        )


class UnreachableError(TelegramError):
    """Telegram could not be reached at start for as long as the bot may stay deaf."""

    def __init__(self, tried_s: float) -> None:
        super().__init__(
            f"Telegram could not be reached for {tried_s:.0f} seconds. Check the network, TUCKSHOP_TELEGRAM_API and "
            "TUCKSHOP_TELEGRAM_TOKEN, and start the program again, unless its supervisor does."
        )


class DeafError(TelegramError):
    """No poll has succeeded for longer than the bot may stay deaf."""

    def __init__(self, silent_s: float) -> None:
        super().__init__(
            f"no update could be fetched from Telegram for {silent_s:.0f} seconds. The program ends so that its "
            "supervisor starts it afresh; if it happens again, check the network and TUCKSHOP_TELEGRAM_API."
        )


class WebhookError(TelegramError):
    """The webhook cannot be set up."""


class FileTooLargeError(TelegramError):
    """A file is larger than we read."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"the file is larger than {most_bytes:,} bytes")


def place(error: BaseException) -> str:
    """Return the kind of an error and the line that raised it, for logs: its message may hold words or a token."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
