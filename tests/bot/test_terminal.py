import io

from rich.console import Console

from bot.terminal import Terminal


def test_buttons_are_tapped_by_letter_or_label() -> None:
    screen = io.StringIO()
    terminal = Terminal(Console(file=screen, width=80))
    terminal.offer([[("Yes", "token-1"), ("No", "token-2")], [("[bold]Skip", "token-3")]])
    assert screen.getvalue() == "    [a] Yes   [b] No\n    [c] [bold]Skip\n"
    assert [terminal.tapped(line) for line in ("a", " B ", "[bold]Skip", "yes", "1", "", "d")] == [
        "token-1",
        "token-2",
        "token-3",
        None,
        None,
        None,
        None,
    ]


def test_the_latest_buttons_count() -> None:
    terminal = Terminal(Console(file=io.StringIO()))
    terminal.offer([[("Yes", "old")]])
    terminal.offer([[("Yes", "new")]])
    assert terminal.tapped("a") == "new"


def test_more_buttons_than_letters_can_be_tapped() -> None:
    terminal = Terminal(Console(file=io.StringIO()))
    terminal.offer([[(f"label {number}", str(number))] for number in range(60)])
    assert [terminal.tapped(line) for line in ("z", "aa", "bh")] == ["25", "26", "59"]


def test_what_is_said_is_shown_as_it_is() -> None:
    screen = io.StringIO()
    Terminal(Console(file=screen, width=80)).say("One [red]line\n\nand more")
    assert screen.getvalue() == "\n  One [red]line\n  \n  and more\n"
