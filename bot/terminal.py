"""A chat in a terminal: messages, buttons with a letter in front, typed lines. Knows nothing of what is said."""

import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from string import ascii_lowercase

from rich.console import Console


class Terminal:
    """A respondent's screen: shows what is said, and turns a typed line into a tap or words."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.buttons: list[tuple[str, str]] = []
        """What can be tapped now: labels, and what they carry back."""

    def say(self, text: str) -> None:
        """Show a message."""
        self._console.print()
        for line in text.splitlines() or [""]:
            self._console.print(f"  {line}", markup=False, highlight=False)

    def offer(self, rows: Iterable[Iterable[tuple[str, str]]]) -> None:
        """Show buttons, row by row, each with the letter that taps it: numbers are left for answers."""
        self.buttons = []
        for row in rows:
            shown = []
            for label, token in row:
                self.buttons.append((label, token))
                shown.append(f"[{_letter(len(self.buttons) - 1)}] {label}")
            self._console.print("    " + "   ".join(shown), markup=False, highlight=False)

    def tapped(self, line: str) -> str | None:
        """Return what the button carries that the line taps, by its letter or its whole label; None if it taps none."""
        wanted = line.strip()
        return next(
            (
                token
                for index, (label, token) in enumerate(self.buttons)
                if wanted == label or wanted.casefold() == _letter(index)
            ),
            None,
        )


def standard_input() -> Iterable[str]:
    """Return the lines of standard input, as UTF-8 whatever the locale; bytes that are no text become �."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin


def typed_lines(console: Console) -> Iterator[str]:
    """Yield what is typed, line by line, until the end of the input."""
    if not sys.stdin.isatty():
        yield from (line.rstrip("\n") for line in standard_input())
        return
    while True:
        try:
            yield console.input("\n> ")
        except EOFError:
            return


def _letter(index: int) -> str:
    """Return a, b ... z, then aa, ab ..."""
    more, last = divmod(index, len(ascii_lowercase))
    return (ascii_lowercase[more - 1] if more else "") + ascii_lowercase[last]
