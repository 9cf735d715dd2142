"""Watches what our own loggers say, in every test: ids, counts, and the kind and place of an error; never words.

A record may carry numbers, ids in hexadecimal digits, and what `bot.telegram.errors.place` makes of an error. Any other
text in it, an exception's traceback (its message may hold anything), or a message that was put together beforehand is
a leak, and the test in which it was logged fails.
"""

import logging
import re
from collections.abc import Iterator

OURS = ("bot", "dialogues", "nlp", "storage")
ID = re.compile(r"[0-9a-f-]{1,36}|[a-z]-\d+")
PLACE = re.compile(r"(?P<kind>\w+)( at [\w<>.-]+:\d+)?")


class LeakWatch(logging.Handler):
    """Collects what ought not to have been logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.leaks: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Look at a record."""
        self.leaks += [f"{record.name}:{record.lineno} {problem}" for problem in problems(record)]


def problems(record: logging.LogRecord) -> Iterator[str]:
    """Yield what a record holds beside ids, counts and places."""
    if record.exc_info or record.stack_info:
        yield "logs a traceback, which repeats an error's message"
    given = record.args if isinstance(record.args, tuple) else (record.args,)
    for argument in given:
        if not is_harmless(argument):
            yield f"logs {argument!r}"


def is_harmless(argument: object) -> bool:
    """Return whether it is a number, an id, or the kind and place of an error."""
    if argument is None or isinstance(argument, int | float):
        return True
    if not isinstance(argument, str):
        return False
    place = PLACE.fullmatch(argument)
    return bool(ID.fullmatch(argument)) or bool(place and place["kind"] in _kinds(BaseException))


def _kinds(error: type[BaseException]) -> set[str]:
    return {error.__name__}.union(*(_kinds(kind) for kind in error.__subclasses__()))
