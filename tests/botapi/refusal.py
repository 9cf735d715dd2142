"""What Telegram answers when it does not do what it was asked.

The descriptions are Telegram's own words, for a bot may decide by them. Knows nothing of the methods that refuse.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


class Refused(Exception):  # noqa: N818 - named by what happened, as Telegram's answer is
    """A call that Telegram refuses: HTTP status, description without its prefix, and `parameters` of the answer."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(f"{_PREFIX[status]}: {description}" if description else _PREFIX[status])
        self.status = status
        self.parameters = dict(parameters or {})

    @property
    def description(self) -> str:
        """The whole description, such as `Bad Request: chat not found`."""
        return str(self)


_PREFIX = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused call, kept for the checker.

    `repeat` is True where the very same call was carried out before: what a bot does that was killed, or whose answer
    was lost, between the call and remembering it. Anything else is a mistake of the bot.
    """

    method: str
    status: int
    description: str
    payload: Mapping[str, object]
    at: float
    repeat: bool = False
    parameters: Mapping[str, int] = field(default_factory=dict)


def bad_request(description: str) -> Refused:
    """Return the refusal of a call that is wrong in itself."""
    return Refused(400, description)


def too_many_requests(retry_after_s: int) -> Refused:
    """Return the refusal of a call that came too soon."""
    return Refused(429, f"retry after {retry_after_s}", {"retry_after": retry_after_s})
