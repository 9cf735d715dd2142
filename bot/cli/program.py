"""What all commands share: the program they register with, and how it speaks, fails and runs async work.

Commands exit with 0 on success, 1 on findings or when something went wrong, 2 on misuse.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from bot import checking
from bot.settings import Settings, SettingsError, load_settings
from dialogues.reading import read
from dialogues.script import Script

if TYPE_CHECKING:
    from nlp.encoder import Encoder

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Tuckshop: a council consults young people in a chat, and young people shape what is asked.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
console = Console()
errors = Console(stderr=True)


def fail(message: str, status: int = 1) -> NoReturn:
    """Say what went wrong, and exit."""
    errors.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(status)


def settings_or_exit() -> Settings:
    """Return the settings, or say which is wrong and exit with 2."""
    try:
        return load_settings()
    except SettingsError as error:
        fail(str(error), 2)


def encoder_or_exit() -> "Encoder":
    """Return the encoder of the settings, or say why it cannot be had and exit with 2."""
    from bot.encoding import encoder_of

    try:
        return encoder_of(settings_or_exit())
    except SettingsError as error:
        fail(str(error), 2)


def run(work: Coroutine[object, None, T]) -> T:
    """Run async work; what storage or Telegram cannot do is said in words."""
    from bot.telegram.errors import TelegramError
    from storage.errors import StorageError

    try:
        return asyncio.run(work)
    except* (StorageError, TelegramError, SettingsError) as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        fail(f"{error}", 2 if isinstance(error, SettingsError) else 1)


def script_or_exit(path: Path) -> tuple[Script, bytes]:
    """Return the script of a file, or show what is wrong with it and exit with 1."""
    findings = checking.check_file(path)
    if any(checked.finding.code == "no-file" for checked in findings):
        fail(f"{path}: {findings[0].finding.message}", 2)
    source = path.read_bytes()
    report = read(source)
    if report.script is None:
        show_findings([checking.Checked(str(path), finding) for finding in report.findings])
        raise typer.Exit(1)
    return report.script, source


def show_findings(found: Sequence[checking.Checked], where_to: Console = console) -> None:
    """Show what is wrong, where, and what to type instead."""
    for checked in found:
        finding = checked.finding
        colour = "red" if finding.severity == "error" else "yellow"
        where = escape(f"{checked.file}:{finding.line}")
        where_to.print(f"[bold]{where}[/bold] [{colour}]{finding.severity}[/{colour}] {finding.code}", soft_wrap=True)
        where_to.print(f"  {finding.message}\n  → {finding.fix}\n", markup=False, highlight=False, soft_wrap=True)
